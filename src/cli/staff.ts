/**
 * `npm run -s staff -- add EMAIL --role ROLE [--region CODE]… [--name NAME]` and `… reset EMAIL`: accounts for the
 * console. The password comes from standard input, never from an argument, which others on the machine could read.
 */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { loadEnvironment, readConfig } from '../config.js';
import { isRole, ROLES } from '../domain/staff.js';
import { AppError } from '../errors.js';
import type { StaffAccounts } from '../ports/staff.js';
import type { Store } from '../ports/store.js';
import { openFilledStore } from '../running/filled-store.js';
import { secretKey } from '../running/secret-key.js';
import { runCommand } from './run-command.js';

const USAGE = `npm run -s staff -- add EMAIL --role ${ROLES.join('|')} [--region CODE]… [--name NAME]
npm run -s staff -- reset EMAIL       a new password; also drops the second factor
npm run -s staff -- list
  The password is read from standard input: one line of at least twelve characters.
`;

async function main(words: readonly string[]): Promise<number | null> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      region: { type: 'string', multiple: true },
      name: { type: 'string' },
    },
  });
  const [command, email = ''] = positionals;
  const role = values.role ?? '';
  const adds = command === 'add' && isRole(role) && email !== '';
  if (!adds && !(command === 'reset' && email !== '') && command !== 'list') return null;
  const config = readConfig(loadEnvironment());
  const store = await openFilledStore(config);
  try {
    const staff = store.staff({ secret: secretKey(config), publicUrl: config.publicUrl });
    if (command === 'list') return await list(staff);
    if (command === 'reset') return await reset(store, staff, email);
    const regions = values.region ?? [];
    await checkRegions(store, regions);
    const password = await readPassword();
    const member = await staff.add({
      email,
      name: values.name ?? email,
      password,
      role: isRole(role) ? role : 'viewer',
      regions,
    });
    await store.data.note(
      { what: 'staff', subject: member.email, before: null, after: JSON.stringify({ role: member.role, regions }) },
      { who: 'staff command', at: Date.now() },
    );
    process.stdout.write(
      `${member.email}: ${member.role}, ${regions.length === 0 ? 'every region' : regions.join(', ')}\n`,
    );
    return 0;
  } finally {
    await store.close();
  }
}

async function list(staff: StaffAccounts): Promise<number> {
  for (const { email, role, regions, active, secondFactor } of await staff.list()) {
    const words = [
      role,
      regions.join(' ') || 'every region',
      active ? '' : 'closed',
      secondFactor ? 'second factor' : '',
    ];
    process.stdout.write(`${email}: ${words.filter((word) => word !== '').join(', ')}\n`);
  }
  return 0;
}

async function reset(store: Store, staff: StaffAccounts, email: string): Promise<number> {
  const member = (await staff.list()).find((each) => each.email === email.trim().toLowerCase());
  if (!member) throw new AppError('NOT_FOUND', `there is no account ${email}`);
  await staff.resetPassword(member.id, await readPassword(), true);
  await store.data.note(
    { what: 'staff', subject: member.email, before: null, after: 'a new password was set' },
    { who: 'staff command', at: Date.now() },
  );
  process.stdout.write(`${member.email}: new password, second factor removed\n`);
  return 0;
}

async function checkRegions(store: Store, codes: readonly string[]): Promise<void> {
  const { regions } = await store.data.snapshot();
  const unknown = codes.filter((code) => !regions.some((region) => region.code === code));
  if (unknown.length === 0) return;
  const known = regions.map(({ code, name }) => `${code} ${name}`).join('; ');
  throw new AppError('INPUT_INVALID', `there is no region ${unknown.join(', ')}; there are ${known}`);
}

/** The first line of standard input; typed on a terminal, it is not shown. */
async function readPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = process.stdin.isTTY
    ? createInterface({ input: process.stdin, output: silent, terminal: true })
    : createInterface({ input: process.stdin });
  if (process.stdin.isTTY) process.stderr.write('Password (not shown): ');
  try {
    for await (const line of reader) return line.trim();
    return '';
  } finally {
    reader.close();
    if (process.stdin.isTTY) process.stderr.write('\n');
  }
}

await runCommand(USAGE, main);
