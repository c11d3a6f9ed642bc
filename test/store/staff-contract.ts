import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller, StaffAccounts } from '../../src/ports/staff.js';
import type { Store } from '../../src/ports/store.js';
import { authenticatorCode } from '../fakes/authenticator.js';

const PASSWORD = 'kata sandi percobaan';
const SETTINGS = { secret: 'a secret of the tests, and only of them', publicUrl: null };
const RINI = {
  email: 'rini@example.test',
  name: 'Rini',
  password: PASSWORD,
  role: 'editor',
  regions: ['64.02'],
} as const;

/** A browser: it keeps its cookies. */
function browser(address = '198.51.100.7') {
  const jar = new Map<string, string>();
  return {
    take: (cookies: readonly string[]) => {
      for (const line of cookies) {
        const [pair = ''] = line.split(';');
        const at = pair.indexOf('=');
        if (/max-age=0/i.test(line)) jar.delete(pair.slice(0, at));
        else jar.set(pair.slice(0, at), pair.slice(at + 1));
      }
    },
    caller: (): Caller => ({
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      address,
      agent: 'a browser of the tests',
    }),
  };
}

async function signedIn(staff: StaffAccounts, password = PASSWORD, address?: string) {
  const there = browser(address);
  const { result, cookies } = await staff.signIn(RINI.email, password, there.caller());
  there.take(cookies);
  return { result, cookies, ...there };
}

/** What every store must do with the accounts of staff. */
export function staffContract(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;
    let staff: StaffAccounts;
    beforeEach(async () => {
      store = await open();
      staff = store.staff(SETTINGS);
      await staff.add(RINI);
    });
    afterEach(() => store.close());

    it('lets in who has the password, and knows them by the cookie', async () => {
      const rini = await signedIn(staff);
      expect(rini.result).toBe('in');
      const visit = await staff.visit(rini.caller());
      expect(visit?.member).toMatchObject({ email: RINI.email, role: 'editor', regions: ['64.02'], active: true });
      expect(rini.cookies.join()).toMatch(/HttpOnly/i);
      expect(rini.cookies.join()).toMatch(/SameSite=Lax/i);
      expect(rini.cookies.join()).toMatch(/Path=\/console/i);
    });

    it('refuses a wrong password, an unknown address, an altered cookie and none', async () => {
      expect((await signedIn(staff, 'something else entirely')).result).toBe('refused');
      expect((await staff.signIn('nobody@example.test', PASSWORD, browser().caller())).result).toBe('refused');
      const rini = await signedIn(staff);
      const altered = rini.caller().cookie.replace(/session_token=(..)/, 'session_token=zz');
      expect(await staff.visit({ ...rini.caller(), cookie: altered })).toBeNull();
      expect(await staff.visit(browser().caller())).toBeNull();
    });

    it('stops a caller after ten tries a minute, whatever they try', async () => {
      const results: string[] = [];
      for (let each = 0; each < 12; each += 1) results.push((await signedIn(staff, `guess number ${each}`)).result);
      expect(results.slice(0, 10)).toEqual(Array(10).fill('refused'));
      expect(results.slice(10)).toEqual(['too_many', 'too_many']);
      expect((await signedIn(staff)).result).toBe('too_many');
      expect((await signedIn(staff, PASSWORD, '203.0.113.9')).result).toBe('in');
    });

    it('ends sessions: by signing out, one by one, all at once, with the account', async () => {
      const [first, second, third] = [await signedIn(staff), await signedIn(staff), await signedIn(staff)];
      await staff.signOut(first.caller());
      expect(await staff.visit(first.caller())).toBeNull();
      const sessions = await staff.sessions(second.caller());
      expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
      await staff.endSession(second.caller(), sessions.find(({ current }) => !current)?.id ?? '');
      expect(await staff.visit(third.caller())).toBeNull();
      const [member] = await staff.list();
      await staff.endSessions(member?.id ?? '');
      expect(await staff.visit(second.caller())).toBeNull();
      const fourth = await signedIn(staff);
      await staff.change(member?.id ?? '', { role: 'editor', regions: [], active: false });
      expect(await staff.visit(fourth.caller())).toBeNull();
      const fifth = await signedIn(staff);
      expect(await staff.visit(fifth.caller())).toBeNull();
    });

    it('does not end somebody else’s session', async () => {
      await staff.add({ ...RINI, email: 'other@example.test' });
      const rini = await signedIn(staff);
      const other = browser();
      other.take((await staff.signIn('other@example.test', PASSWORD, other.caller())).cookies);
      const [own] = await staff.sessions(rini.caller());
      await staff.endSession(other.caller(), own?.id ?? '');
      expect(await staff.visit(rini.caller())).not.toBeNull();
    });

    it('asks for the second factor once it is set up, and takes each emergency code once', async () => {
      const rini = await signedIn(staff);
      expect(await staff.beginSecondFactor(rini.caller(), 'not the password')).toBeNull();
      const setup = await staff.beginSecondFactor(rini.caller(), PASSWORD);
      expect((await staff.confirmSecondFactor(rini.caller(), '000000')).result).toBe(false);
      const confirmed = await staff.confirmSecondFactor(rini.caller(), authenticatorCode(setup?.secret ?? ''));
      expect(confirmed.result).toBe(true);
      rini.take(confirmed.cookies);
      expect((await staff.visit(rini.caller()))?.member.secondFactor).toBe(true);

      const again = await signedIn(staff);
      expect(again.result).toBe('code_needed');
      expect(await staff.visit(again.caller())).toBeNull();
      expect((await staff.enterCode('123456', again.caller())).result).toBe('refused');
      const entered = await staff.enterCode(authenticatorCode(setup?.secret ?? ''), again.caller());
      expect(entered.result).toBe('in');
      again.take(entered.cookies);
      expect(await staff.visit(again.caller())).not.toBeNull();

      const [spare = ''] = setup?.backupCodes ?? [];
      const third = await signedIn(staff);
      expect((await staff.enterCode(spare, third.caller())).result).toBe('in');
      const fourth = await signedIn(staff);
      expect((await staff.enterCode(spare, fourth.caller())).result).toBe('refused');
    });

    it('changes a password, ends the other sessions, and keeps no password readable', async () => {
      const [rini, elsewhere] = [await signedIn(staff), await signedIn(staff)];
      const next = 'sandi yang baru sekali';
      expect((await staff.changePassword(rini.caller(), 'wrong wrong wrong', next)).result).toBe('refused');
      expect((await staff.changePassword(rini.caller(), PASSWORD, 'short')).result).toBe('refused');
      const changed = await staff.changePassword(rini.caller(), PASSWORD, next);
      expect(changed.result).toBe('done');
      expect(await staff.visit(elsewhere.caller())).toBeNull();
      rini.take(changed.cookies);
      expect(await staff.visit(rini.caller())).not.toBeNull();
      expect((await signedIn(staff, PASSWORD)).result).toBe('refused');
      expect((await signedIn(staff, next)).result).toBe('in');
    });

    it('refuses a short password, an address that is taken or none', async () => {
      await expect(staff.add({ ...RINI, email: 'new@example.test', password: 'elevenchars' })).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
      await expect(staff.add({ ...RINI, email: 'RINI@example.test' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      await expect(staff.add({ ...RINI, email: 'no address' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    });
  });
}
