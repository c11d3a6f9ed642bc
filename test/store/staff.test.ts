import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.js';
import { emptyStores } from '../fakes/stores.js';
import { staffContract } from './staff-contract.js';

const folder = mkdtempSync(join(tmpdir(), 'tanya-staff-'));
afterAll(() => rmSync(folder, { recursive: true }));

for (const [kind, open] of await emptyStores()) staffContract(`accounts in ${kind}`, open);

describe('the database file', () => {
  it('holds no password and no secret in the clear', async () => {
    const file = join(folder, 'clear.db');
    const store = await openStore(`file:${file}`);
    const staff = store.staff({ secret: 'a secret of the tests, and only of them', publicUrl: 'https://example.test' });
    const password = 'sangat-mudah-dicari';
    await staff.add({ email: 'a@example.test', name: 'A', password, role: 'admin', regions: [] });
    const { cookies } = await staff.signIn('a@example.test', password, { cookie: '', address: '192.0.2.1', agent: '' });
    expect(cookies.join()).toMatch(/__Secure-/);
    expect(cookies.join()).toMatch(/Secure;|; Secure/i);
    await store.close();
    expect(readFileSync(file).includes(password)).toBe(false);
  });
});
