import { describe, expect, it } from 'vitest';
import { createVault } from '../../../src/channels/vault.js';
import { createAddresses } from '../../../src/channels/whatsapp/addresses.js';
import { createMemoryStore } from '../../../src/store/memory/index.js';

const NUMBER = '6281200000001@s.whatsapp.net';
const LID = '770077007@lid';

describe('a person whom the address book forgets', () => {
  it.each([
    ['at once', false],
    ['after a restart', true],
  ])('has no address any more, under either name, %s', async (_, restarts) => {
    const { credentials } = createMemoryStore();
    const vault = () => createVault(credentials, 'a key of the tests, made of nothing secret', () => 0);
    const first = createAddresses(vault());
    const contact = await first.contactOf(NUMBER, LID);
    const other = await first.contactOf('6281200000002@s.whatsapp.net', null);
    const book = restarts ? createAddresses(vault()) : first;
    expect(await book.addressOf(contact)).toBe(NUMBER);
    await book.forget(contact);
    await book.forget(contact);
    expect(await book.addressOf(contact)).toBeNull();
    expect(await book.addressOf(other)).toBe('6281200000002@s.whatsapp.net');
    expect(await credentials.keys('whatsapp/address/')).toHaveLength(2);
    // Who writes again is kept again.
    expect(await book.contactOf(NUMBER, null)).toBe(NUMBER);
    expect(await book.addressOf(NUMBER)).toBe(NUMBER);
  });
});
