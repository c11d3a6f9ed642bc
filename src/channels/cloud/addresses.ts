import { z } from 'zod';
import type { Vault } from '../vault.js';

/**
 * How Meta names one person: by a business-scoped id (ID.1349…), which is in every webhook since April 2026, and by the
 * telephone number, which disappears once its owner takes a username. One of the two is always there.
 */
export interface PersonIds {
  readonly scopedId: string | null;
  readonly number: string | null;
}

/** Keeps the ids of a person together, so that who writes under another one stays the same contact. */
export interface Addresses {
  /** The contact behind the ids of a message, kept for good. Calls are served one after the other. */
  contactOf(ids: PersonIds): Promise<string>;
  /** Meta told that a person has other ids from now on: a new telephone brings a new scoped id. Unknown people are passed over. */
  moved(before: PersonIds, now: PersonIds): Promise<void>;
  /**
   * A status of something sent told both ids of a person: fills in the one that is missing. What contradicts the book is
   * left to the person's next message, for a status may be old. Unknown people are passed over.
   */
  learn(pair: PersonIds): Promise<void>;
  /** Where to write to, the surest first; the contact's own name where nothing is kept. */
  addressesOf(contact: string): Promise<readonly string[]>;
  /** Removes the person from the book. */
  forget(contact: string): Promise<void>;
}

const MOST_PAIRS = 2_000;
const FOLDER = 'cloud/address';
const kept = z.object({ scopedId: z.string().nullable(), number: z.string().nullable() });

const contactName = (id: string) => `contact of ${id}`;
const idsName = (contact: string) => `ids of ${contact}`;

/**
 * The book lies sealed in the vault. Two contacts that turn out to be one person are handed to `samePerson` (kept,
 * dropped) before the book says so: after a crash in between it happens once more, which changes nothing. Nothing
 * of it is remembered here, because another process may serve the same number.
 */
export function createAddresses(
  vault: Vault,
  samePerson: (contact: string, other: string) => Promise<void>,
): Addresses {
  let turn: Promise<unknown> = Promise.resolve();
  /** Pairs that statuses told: three of them come for each message, and need to be looked up once. */
  const filledIn = new Set<string>();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  }

  async function contactsBehind(ids: readonly (string | null)[]): Promise<readonly (string | null)[]> {
    const names = ids.flatMap((id) => (id === null ? [] : [contactName(id)]));
    const found = names.length > 0 ? await vault.get(FOLDER, names) : new Map<string, string>();
    return ids.map((id) => (id === null ? null : (found.get(contactName(id)) ?? null)));
  }

  async function idsOf(contact: string): Promise<PersonIds | null> {
    const text = (await vault.get(FOLDER, [idsName(contact)])).get(idsName(contact));
    return text === undefined ? null : kept.parse(JSON.parse(text));
  }

  /** Joins what is known of `other` to `contact`; what follows says which ids count from now on. */
  async function join(contact: string, other: string, changes: Map<string, string | null>): Promise<void> {
    await samePerson(contact, other);
    const ids = await idsOf(other);
    for (const id of [ids?.scopedId, ids?.number]) if (id) changes.set(contactName(id), contact);
    changes.set(idsName(other), null);
  }

  /** The number has another owner by now. */
  async function takeNumberFrom(contact: string, changes: Map<string, string | null>): Promise<void> {
    const ids = await idsOf(contact);
    if (ids) changes.set(idsName(contact), JSON.stringify({ ...ids, number: null }));
  }

  /** A contact from before this book goes by the number itself. */
  async function takeUp(contact: string, number: string): Promise<void> {
    if ((await idsOf(number)) === null) await samePerson(contact, number);
  }

  /** A name for somebody new: the id itself, unless a former owner of the number goes by it. */
  async function newName(id: string): Promise<string> {
    for (let name = id, count = 2; ; name = `${id}~${count}`, count += 1) if ((await idsOf(name)) === null) return name;
  }

  async function write(contact: string, ids: PersonIds, changes: Map<string, string | null>): Promise<void> {
    for (const id of [ids.scopedId, ids.number]) if (id !== null) changes.set(contactName(id), contact);
    changes.set(idsName(contact), JSON.stringify(ids));
    await vault.put(FOLDER, changes);
  }

  async function withScopedId(scopedId: string, number: string | null): Promise<string> {
    const [byScopedId = null, byNumber = null] = await contactsBehind([scopedId, number]);
    const changes = new Map<string, string | null>();
    const known = byScopedId === null ? null : await idsOf(byScopedId);
    // An id that was given up since: a message that took long on its way.
    if (byScopedId !== null && known !== null && known.scopedId !== null && known.scopedId !== scopedId)
      return byScopedId;
    if (byScopedId !== null && (number === null || byNumber === byScopedId)) return byScopedId;
    const ownerOfNumber = byNumber === null ? null : await idsOf(byNumber);
    const wroteByNumberAlone = byNumber !== null && (ownerOfNumber === null || ownerOfNumber.scopedId === null);
    const contact = byScopedId ?? (wroteByNumberAlone ? byNumber : await newName(scopedId));
    if (wroteByNumberAlone && byNumber !== contact) await join(contact, byNumber, changes);
    else if (byNumber !== null && byNumber !== contact) await takeNumberFrom(byNumber, changes);
    else if (number !== null && contact !== number) await takeUp(contact, number);
    await write(contact, { scopedId, number: number ?? known?.number ?? null }, changes);
    return contact;
  }

  /** True when the book says so afterwards. */
  async function fillIn(scopedId: string, number: string): Promise<boolean> {
    const [byScopedId = null, byNumber = null] = await contactsBehind([scopedId, number]);
    if (byScopedId === byNumber) return byScopedId !== null;
    const known = byScopedId === null ? null : await idsOf(byScopedId);
    const owner = byNumber === null ? null : await idsOf(byNumber);
    const anotherNumber = known !== null && known.number !== null && known.number !== number;
    const gaveUpId = known !== null && known.scopedId !== scopedId;
    if (anotherNumber || gaveUpId || (owner !== null && owner.scopedId !== null)) return false;
    await withScopedId(scopedId, number);
    return true;
  }

  async function withNumber(number: string): Promise<string> {
    const [known = null] = await contactsBehind([number]);
    if (known !== null) return known;
    const contact = await newName(number);
    await write(contact, { scopedId: null, number }, new Map());
    return contact;
  }

  async function move(before: PersonIds, now: PersonIds): Promise<void> {
    const [byScopedId, byNumber, newScoped, newNumber] = await contactsBehind([
      before.scopedId,
      before.number,
      now.scopedId,
      now.number,
    ]);
    const contact = byScopedId ?? byNumber ?? null;
    if (contact === null || (now.scopedId === null && now.number === null)) return;
    const changes = new Map<string, string | null>();
    // The number may soon be somebody else's; a scoped id never is.
    if (before.number !== null && before.number !== now.number) changes.set(contactName(before.number), null);
    if (newScoped && newScoped !== contact) await join(contact, newScoped, changes);
    if (newNumber && newNumber !== contact && newNumber !== newScoped) {
      const owner = await idsOf(newNumber);
      if (owner === null || owner.scopedId === null) await join(contact, newNumber, changes);
      else await takeNumberFrom(newNumber, changes);
    }
    await write(contact, now, changes);
  }

  return {
    contactOf: ({ scopedId, number }) =>
      inTurn(() => (scopedId === null ? withNumber(number ?? '') : withScopedId(scopedId, number))),
    learn: async ({ scopedId, number }) => {
      if (scopedId === null || number === null) return;
      const pair = `${scopedId} ${number}`;
      if (filledIn.has(pair)) return;
      if (!(await inTurn(() => fillIn(scopedId, number)))) return;
      if (filledIn.size >= MOST_PAIRS) filledIn.clear();
      filledIn.add(pair);
    },
    moved: (before, now) => inTurn(() => move(before, now)),
    async addressesOf(contact) {
      const ids = await idsOf(contact);
      const addresses = [ids?.scopedId, ids?.number].filter((id): id is string => typeof id === 'string');
      return addresses.length > 0 ? addresses : [contact];
    },
    forget: (contact) =>
      inTurn(async () => {
        filledIn.clear();
        const ids = await idsOf(contact);
        const names = [ids?.scopedId, ids?.number].flatMap((id) => (id ? [contactName(id)] : []));
        await vault.put(FOLDER, new Map([...names, idsName(contact)].map((name) => [name, null])));
      }),
  };
}
