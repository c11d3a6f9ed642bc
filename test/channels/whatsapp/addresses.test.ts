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

describe('a person who was met under each address apart', () => {
  it.each([
    ['at once', false],
    ['after a restart', true],
  ])('is one contact from the message on that names both, %s', async (_, restarts) => {
    const { credentials } = createMemoryStore();
    const joined: string[][] = [];
    const open = () =>
      createAddresses(
        createVault(credentials, 'a key of the tests, made of nothing secret', () => 0),
        async (...both) => {
          joined.push(both);
        },
      );
    const first = open();
    expect([await first.contactOf(NUMBER, null), await first.contactOf(LID, null)]).toEqual([NUMBER, LID]);
    const book = restarts ? open() : first;
    expect(await book.contactOf(LID, NUMBER)).toBe(LID);
    expect(joined).toEqual([[LID, NUMBER]]);
    // Nobody is written to twice: the contact that was dropped has no address any more.
    expect([await book.addressOf(LID), await book.addressOf(NUMBER)]).toEqual([LID, null]);
    expect([await book.contactOf(NUMBER, null), await book.contactOf(NUMBER, LID)]).toEqual([LID, LID]);
    expect(joined).toHaveLength(1);
  });

  it('is joined again when the book could not be written', async () => {
    const { credentials } = createMemoryStore();
    let fails = false;
    const put: typeof credentials.put = async (changes, at) => {
      if (fails) throw new Error('the store is down');
      return credentials.put(changes, at);
    };
    const joined: string[][] = [];
    const vault = createVault({ ...credentials, put }, 'a key of the tests, made of nothing secret', () => 0);
    const book = createAddresses(vault, async (...both) => {
      joined.push(both);
    });
    await book.contactOf(NUMBER, null);
    await book.contactOf(LID, null);
    fails = true;
    await expect(book.contactOf(NUMBER, LID)).rejects.toThrow('the store is down');
    fails = false;
    expect(await book.contactOf(NUMBER, LID)).toBe(NUMBER);
    expect(joined).toEqual([
      [NUMBER, LID],
      [NUMBER, LID],
    ]);
  });
});

describe('a number that comes with another LID', () => {
  it.each([
    ['writes by it', [NUMBER, '880088008@lid']],
    ['writes by the LID', ['880088008@lid', NUMBER]],
  ] as const)(
    'has another owner, who is somebody new and %s; the former one is still reached',
    async (_, [jid, alt]) => {
      const { credentials } = createMemoryStore();
      const joined: string[][] = [];
      const vault = createVault(credentials, 'a key of the tests, made of nothing secret', () => 0);
      const book = createAddresses(vault, async (...both) => {
        joined.push(both);
      });
      expect(await book.contactOf(NUMBER, LID)).toBe(LID);
      expect(await book.contactOf(jid, alt)).toBe('880088008@lid');
      expect([joined, await book.addressOf('880088008@lid'), await book.addressOf(LID)]).toEqual([[], jid, LID]);
      expect([await book.contactOf(LID, null), await book.contactOf(NUMBER, null)]).toEqual([LID, '880088008@lid']);
    },
  );
});
