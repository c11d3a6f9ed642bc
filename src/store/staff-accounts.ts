import type { BetterAuthOptions } from 'better-auth';
import { isRole, type StaffMember } from '../domain/staff.js';
import { AppError } from '../errors.js';
import { type Caller, SHORTEST_PASSWORD, type StaffAccounts, type StaffSettings, type Step } from '../ports/staff.js';
import { createAccountTries } from './account-tries.js';
import type { StaffAuth } from './staff-auth.js';
import { AUTH_BASE, callerHeaders } from './staff-caller.js';
import { opensSecondFactors, resealSecondFactors } from './staff-secrets.js';

const LONGEST_PASSWORD = 128;

/** A record of the library's, as it comes back. */
interface MemberRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role?: unknown;
  readonly regions?: unknown;
  readonly active?: unknown;
  readonly twoFactorEnabled?: unknown;
}

/**
 * Accounts of staff over better-auth; its own HTTP handler is asked, so that its rate limits count every try. The library
 * weighs 25 MB and takes half a second to load, so that is left until somebody comes to the console.
 */
export function createStaffAccounts(
  settings: StaffSettings,
  database: () => Promise<NonNullable<BetterAuthOptions['database']>>,
): StaffAccounts {
  let loading: Promise<StaffAuth> | null = null;
  const load = async () => (await import('./staff-auth.js')).staffAuth(settings, await database());
  const auth = () => {
    loading ??= load();
    return loading;
  };
  const context = async () => (await auth()).$context;
  const tries = createAccountTries(async () => (await context()).adapter, Date.now);
  const post = async (path: string, body: object, caller: Caller): Promise<Answer> => {
    const request = new Request(`${AUTH_BASE}${path}`, {
      method: 'POST',
      headers: callerHeaders(caller),
      body: JSON.stringify(body),
    });
    const response = await (await auth()).handler(request);
    const json: unknown = await response.json().catch(() => null);
    return { status: response.status, body: json, cookies: response.headers.getSetCookie() };
  };
  const visit = async (caller: Caller) => {
    if (!caller.cookie.includes('tanya.session_token=')) return null;
    const found = await (await auth()).api.getSession({ headers: callerHeaders(caller) });
    const member = found && memberOf(found.user);
    return found && member?.active ? { member, sessionId: found.session.id } : null;
  };
  const sessionsOf = async (caller: Caller) => {
    const visitor = await visit(caller);
    if (!visitor) return [];
    const rows = await (await context()).internalAdapter.listSessions(visitor.member.id);
    return rows
      .filter((row) => row.expiresAt.getTime() > Date.now())
      .map((row) => ({ row, current: row.id === visitor.sessionId }))
      .sort((a, b) => b.row.createdAt.getTime() - a.row.createdAt.getTime());
  };
  const rowOf = async (id: string): Promise<MemberRow> => {
    const row = await (await context()).internalAdapter.findUserById(id);
    if (!row) throw new AppError('NOT_FOUND', 'there is no such account');
    return row as MemberRow;
  };

  return {
    add: async ({ email, name, password, role, regions }) => {
      checkPassword(password);
      const { internalAdapter, password: passwords } = await context();
      const address = email.trim().toLowerCase();
      if (!/^[^\s@<>]+@[^\s@<>]+$/.test(address)) throw invalid('the e-mail address');
      if (await internalAdapter.findUserByEmail(address))
        throw invalid('the e-mail address: there is an account with it');
      const fields = { role, regions: JSON.stringify(regions), active: true };
      const user = await internalAdapter.createUser(
        { email: address, name, emailVerified: true, ...fields },
        { method: 'email-password' },
      );
      const hash = await passwords.hash(password);
      await internalAdapter.linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: hash,
      });
      return memberOf(user as MemberRow);
    },
    list: async () => {
      const { adapter } = await context();
      const rows = await adapter.findMany<MemberRow>({ model: 'user', limit: 10_000 });
      return rows.map(memberOf).sort((a, b) => (a.email < b.email ? -1 : 1));
    },
    change: async (id, { role, regions, active }) => {
      await rowOf(id);
      const { internalAdapter } = await context();
      await internalAdapter.updateUser(id, { role, regions: JSON.stringify(regions), active });
      if (!active) await internalAdapter.deleteUserSessions(id);
      return memberOf(await rowOf(id));
    },
    resetPassword: async (id, password, dropSecondFactor) => {
      checkPassword(password);
      await rowOf(id);
      const { internalAdapter, adapter, password: passwords } = await context();
      await internalAdapter.updatePassword(id, await passwords.hash(password));
      await internalAdapter.deleteUserSessions(id);
      if (!dropSecondFactor) return;
      await internalAdapter.updateUser(id, { twoFactorEnabled: false });
      await adapter.deleteMany({ model: 'twoFactor', where: [{ field: 'userId', value: id }] });
    },
    endSessions: async (id) => (await context()).internalAdapter.deleteUserSessions(id),

    visit,
    signIn: async (email, password, caller) => {
      if (await tries.spent(email)) return { result: 'too_many', cookies: [] };
      const answer = await post('/sign-in/email', { email, password }, caller);
      if (answer.status === 429) return { result: 'too_many', cookies: [] };
      if (answer.status !== 200) {
        await tries.count(email);
        return { result: 'refused', cookies: [] };
      }
      if (hasField(answer.body, 'twoFactorRedirect')) return { result: 'code_needed', cookies: answer.cookies };
      return { result: 'in', cookies: answer.cookies };
    },
    enterCode: async (code, caller) => {
      const digits = code.replaceAll(/\s/g, '');
      const path = /^\d{6}$/.test(digits) ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code';
      const answer = await post(path, { code: digits }, caller);
      if (answer.status === 429) return { result: 'too_many', cookies: [] };
      return answer.status === 200
        ? { result: 'in', cookies: answer.cookies }
        : { result: 'refused', cookies: answer.cookies };
    },
    signOut: async (caller) => ({ result: null, cookies: (await post('/sign-out', {}, caller)).cookies }),
    sessions: async (caller) =>
      (await sessionsOf(caller)).map(({ row, current }) => ({
        id: row.id,
        begun: row.createdAt.getTime(),
        ends: row.expiresAt.getTime(),
        agent: row.userAgent ?? null,
        current,
      })),
    endSession: async (caller, id) => {
      const found = (await sessionsOf(caller)).find(({ row }) => row.id === id);
      if (found) await (await context()).internalAdapter.deleteSession(found.row.token);
    },
    changePassword: async (caller, currentPassword, newPassword) => {
      if (newPassword.length < SHORTEST_PASSWORD) return { result: 'refused', cookies: [] };
      const body = { currentPassword, newPassword, revokeOtherSessions: true };
      const answer = await post('/change-password', body, caller);
      if (answer.status === 429) return { result: 'too_many', cookies: [] };
      return { result: answer.status === 200 ? 'done' : 'refused', cookies: answer.cookies };
    },
    beginSecondFactor: async (caller, password) => {
      const { status, body } = await post('/two-factor/enable', { password, method: 'totp' }, caller);
      if (status !== 200 || !hasField(body, 'totpURI') || !hasField(body, 'backupCodes')) return null;
      const uri = String(body.totpURI);
      const secret = new URL(uri).searchParams.get('secret') ?? '';
      return { uri, secret, backupCodes: Array.isArray(body.backupCodes) ? body.backupCodes.map(String) : [] };
    },
    confirmSecondFactor: async (caller, code) =>
      done(await post('/two-factor/verify-totp', { code: code.replaceAll(/\s/g, '') }, caller)),
    dropSecondFactor: async (caller, password) => done(await post('/two-factor/disable', { password }, caller)),
    opensSecondFactors: async () => opensSecondFactors((await context()).adapter, settings.secret),
    resealSecondFactors: async (previous) => resealSecondFactors((await context()).adapter, previous, settings.secret),
  };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly cookies: readonly string[];
}

function done({ status, cookies }: Answer): Step<boolean> {
  return { result: status === 200, cookies };
}

function hasField<Name extends string>(
  value: unknown,
  name: Name,
): value is Record<string, unknown> & Record<Name, unknown> {
  return typeof value === 'object' && value !== null && name in value;
}

function checkPassword(password: string): void {
  if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD) {
    throw invalid(`the password: it needs ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`);
  }
}

function invalid(what: string): AppError {
  return new AppError('INPUT_INVALID', `not taken: ${what}`);
}

/** A role that is not known may do the least. */
function memberOf(row: MemberRow): StaffMember {
  const role = String(row.role);
  const regions: unknown = typeof row.regions === 'string' ? JSON.parse(row.regions) : null;
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: isRole(role) ? role : 'viewer',
    regions: Array.isArray(regions) ? regions.map(String) : [],
    active: row.active === true && Array.isArray(regions),
    secondFactor: row.twoFactorEnabled === true,
  };
}
