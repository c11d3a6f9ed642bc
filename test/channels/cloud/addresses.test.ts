import { beforeEach, describe, expect, it } from 'vitest';
import { type Addresses, createAddresses, type PersonIds } from '../../../src/channels/cloud/addresses.js';
import { createVault } from '../../../src/channels/vault.js';
import { type MemoryCredentials, memoryCredentials } from '../../fakes/credential-store.js';

const ids = (scopedId: string | null, number: string | null): PersonIds => ({ scopedId, number });
const NUMBER = ids(null, '62811');
const SCOPED = ids('ID.1', null);
const BOTH = ids('ID.1', '62811');

let store: MemoryCredentials;
let book: Addresses;
let merged: string[];

beforeEach(() => {
  store = memoryCredentials();
  merged = [];
  book = open();
});

/** The book of another process, or of the same one after a restart. */
function open(): Addresses {
  return createAddresses(
    createVault(store, 'kunci-rahasia', () => 0),
    async (contact, other) => {
      merged.push(`${other} into ${contact}`);
    },
  );
}

describe('one person', () => {
  it.each<[string, readonly PersonIds[], string, readonly string[], readonly string[]]>([
    ['by number', [NUMBER, NUMBER], '62811', ['62811'], []],
    ['by scoped id', [SCOPED, SCOPED], 'ID.1', ['ID.1'], []],
    ['by both at once', [BOTH, SCOPED, NUMBER], 'ID.1', ['ID.1', '62811'], ['62811 into ID.1']],
    ['by number, then by both', [NUMBER, BOTH, SCOPED], '62811', ['ID.1', '62811'], []],
    ['by scoped id, then by both', [SCOPED, BOTH, NUMBER], 'ID.1', ['ID.1', '62811'], ['62811 into ID.1']],
  ])('%s', async (_, order, contact, addresses, joined) => {
    for (const each of order) expect(await open().contactOf(each)).toBe(contact);
    expect(await book.addressesOf(contact)).toEqual(addresses);
    expect(merged).toEqual(joined);
  });

  it('by number and by scoped id apart, until a message has both: two contacts become one', async () => {
    expect([await book.contactOf(NUMBER), await book.contactOf(SCOPED)]).toEqual(['62811', 'ID.1']);
    expect(await book.contactOf(BOTH)).toBe('ID.1');
    expect(merged).toEqual(['62811 into ID.1']);
    expect([await book.contactOf(NUMBER), await book.addressesOf('ID.1')]).toEqual(['ID.1', ['ID.1', '62811']]);
  });

  it('is told to be joined again when the book could not be written', async () => {
    await book.contactOf(NUMBER);
    await book.contactOf(SCOPED);
    store.failNextPut();
    await expect(book.contactOf(BOTH)).rejects.toThrow();
    expect(await book.contactOf(BOTH)).toBe('ID.1');
    expect(merged).toEqual(['62811 into ID.1', '62811 into ID.1']);
  });

  it('many messages at once make one contact', async () => {
    const contacts = await Promise.all([NUMBER, BOTH, SCOPED, NUMBER, BOTH].map((each) => book.contactOf(each)));
    expect(new Set(contacts)).toEqual(new Set(['62811']));
  });

  it('has an address also when nothing is kept of it', async () => {
    expect(await book.addressesOf('ID.9')).toEqual(['ID.9']);
  });

  it('is forgotten whole, and met anew', async () => {
    await book.contactOf(BOTH);
    await book.forget('ID.1');
    expect(store.rows.size).toBe(0);
    await book.forget('ID.1');
    expect(await book.contactOf(NUMBER)).toBe('62811');
  });
});

describe('a number with another owner', () => {
  it('is another person: it goes with the new scoped id, and the former owner is still reached', async () => {
    await book.contactOf(BOTH);
    merged.length = 0;
    expect(await book.contactOf(ids('ID.2', '62811'))).toBe('ID.2');
    expect(merged).toEqual([]);
    expect(await book.addressesOf('ID.1')).toEqual(['ID.1']);
    expect(await book.contactOf(NUMBER)).toBe('ID.2');
    expect(await book.contactOf(SCOPED)).toBe('ID.1');
  });

  it('is not taken for the former owner who goes by it', async () => {
    await book.contactOf(NUMBER);
    await book.contactOf(BOTH);
    await book.moved(BOTH, ids('ID.7', '62877'));
    expect(await book.contactOf(NUMBER)).toBe('62811~2');
    expect(await book.contactOf(ids('ID.7', null))).toBe('62811');
    expect(merged).toEqual([]);
  });
});

describe('a person with another telephone', () => {
  it.each<[string, PersonIds, PersonIds, readonly string[]]>([
    ['number and scoped id', BOTH, ids('ID.2', '62822'), ['ID.2', '62822']],
    ['the scoped id alone is told', SCOPED, ids('ID.2', null), ['ID.2']],
    ['the number alone is told', NUMBER, ids(null, '62822'), ['62822']],
  ])('stays the same contact: %s', async (_, before, now, addresses) => {
    const contact = await book.contactOf(BOTH);
    merged.length = 0;
    await book.moved(before, now);
    await open().moved(before, now);
    expect(await book.contactOf(now)).toBe(contact);
    expect(await book.addressesOf(contact)).toEqual(addresses);
    expect(merged).toEqual([]);
  });

  it('a message that was long on its way does not bring the old id back', async () => {
    await book.contactOf(SCOPED);
    await book.moved(SCOPED, ids('ID.2', null));
    expect(await book.contactOf(SCOPED)).toBe('ID.1');
    expect(await book.addressesOf('ID.1')).toEqual(['ID.2']);
  });

  it('who wrote from the new one before Meta told of it becomes one with the former', async () => {
    await book.contactOf(SCOPED);
    expect(await book.contactOf(ids('ID.2', '62822'))).toBe('ID.2');
    merged.length = 0;
    await book.moved(SCOPED, ids('ID.2', '62822'));
    expect(merged).toEqual(['ID.2 into ID.1']);
    expect(await book.contactOf(ids('ID.2', '62822'))).toBe('ID.1');
  });

  it('takes over a number from somebody else without becoming them', async () => {
    await book.contactOf(BOTH);
    await book.contactOf(ids('ID.5', '62855'));
    merged.length = 0;
    await book.moved(BOTH, ids('ID.2', '62855'));
    expect(merged).toEqual([]);
    expect([await book.addressesOf('ID.1'), await book.addressesOf('ID.5')]).toEqual([['ID.2', '62855'], ['ID.5']]);
  });

  it('of whom nobody knows is passed over', async () => {
    await book.moved(BOTH, ids('ID.2', null));
    expect(store.rows.size).toBe(0);
  });
});

describe('a status that tells both ids', () => {
  const OTHER_ID = ids('ID.2', '62811');
  const OTHER_NUMBER = ids('ID.1', '62822');
  it.each<[string, readonly PersonIds[], PersonIds, string, readonly string[], readonly string[]]>([
    ['adds the scoped id to who wrote by number', [NUMBER], BOTH, '62811', ['ID.1', '62811'], []],
    ['adds the number to who wrote by scoped id', [SCOPED], BOTH, 'ID.1', ['ID.1', '62811'], ['62811 into ID.1']],
    ['joins who wrote by each', [NUMBER, SCOPED], BOTH, 'ID.1', ['ID.1', '62811'], ['62811 into ID.1']],
    ['changes nothing where both are known', [BOTH], BOTH, 'ID.1', ['ID.1', '62811'], ['62811 into ID.1']],
    ['takes no number from its owner', [BOTH], OTHER_ID, 'ID.1', ['ID.1', '62811'], ['62811 into ID.1']],
    ['brings no number back that was given up', [BOTH], OTHER_NUMBER, 'ID.1', ['ID.1', '62811'], ['62811 into ID.1']],
    ['is passed over for somebody unknown', [], BOTH, 'ID.1', ['ID.1'], []],
    ['is passed over with one id alone', [NUMBER], SCOPED, '62811', ['62811'], []],
  ])('%s', async (_, wrote, pair, contact, addresses, joined) => {
    for (const each of wrote) await open().contactOf(each);
    await book.learn(pair);
    await book.learn(pair);
    expect(await open().addressesOf(contact)).toEqual(addresses);
    expect(merged).toEqual(joined);
  });

  it('counts anew for somebody who was forgotten and writes again', async () => {
    await book.contactOf(NUMBER);
    await book.learn(BOTH);
    await book.forget('62811');
    await book.learn(BOTH);
    expect(store.rows.size).toBe(0);
    await book.contactOf(NUMBER);
    await book.learn(BOTH);
    expect(await book.addressesOf('62811')).toEqual(['ID.1', '62811']);
  });
});
