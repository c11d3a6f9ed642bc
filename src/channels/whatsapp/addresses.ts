import { isHostedLidUser, isLidUser } from '@whiskeysockets/baileys';
import type { Vault } from '../vault.js';

const FOLDER = 'whatsapp/address';
const REMEMBERED = 5000;

/**
 * Keeps a person's two addresses together: WhatsApp names the same person now by number, now by LID. Also the guard that
 * nobody is written to who did not write first: who is not in here has no address.
 */
export interface Addresses {
  /** The contact behind an address that wrote, kept for good with the address to answer to. */
  contactOf(jid: string, alt: string | null): Promise<string>;
  /** Who wrote, while the store cannot say under which contact: a name that lasts as long as this process. */
  withoutBook(jid: string, alt: string | null): string;
  /** Where to write to a contact: the address that it wrote from last; null when it never wrote. */
  addressOf(contact: string): Promise<string | null>;
  /** Lets go of a contact: who writes again is somebody new. */
  forget(contact: string): Promise<void>;
}

/**
 * Two contacts that turn out to be one person, because a message at last names both addresses, are handed to `samePerson`
 * (kept, dropped) before the book says so: after a crash in between it happens once more, which changes nothing. A number
 * that comes with another LID than before has another owner, who is somebody new.
 */
export function createAddresses(
  vault: Vault,
  samePerson: (contact: string, other: string) => Promise<void> = async () => undefined,
): Addresses {
  /** Contact by address, and address by contact, as last written: most messages need no look at the store. */
  const contacts = new Map<string, string>();
  const answers = new Map<string, string>();

  /** The contact behind each of the addresses, null where nobody is known by it. */
  async function known(jids: readonly string[]): Promise<readonly (string | null)[]> {
    const unheld = jids.filter((jid) => !contacts.has(jid)).map((jid) => `contact of ${jid}`);
    const found = unheld.length > 0 ? await vault.get(FOLDER, unheld) : new Map<string, string>();
    return jids.map((jid) => contacts.get(jid) ?? found.get(`contact of ${jid}`) ?? null);
  }

  /** Where the contact wrote from, by the name under which the book holds it. */
  function addressesOf(contact: string): Promise<ReadonlyMap<string, string>> {
    return vault.get(FOLDER, [`address of ${contact}`, `other address of ${contact}`]);
  }

  /** False when the contact goes by another LID: then its number has another owner by now. */
  async function mayBe(contact: string, lid: string | null): Promise<boolean> {
    const lids = [contact, ...(await addressesOf(contact)).values()].filter(isLid);
    return lid === null || lids.length === 0 || lids.includes(lid);
  }

  /** What the book says of somebody who is part of the contact from now on, or whose number the contact has. */
  async function without(other: string, number: string, contact: string | null): Promise<Map<string, string | null>> {
    const known = await addressesOf(other);
    for (const [jid, of] of contacts) if (of === other) contacts.delete(jid);
    answers.delete(other);
    const lid = [other, ...known.values()].find(isLid) ?? null;
    const changes = new Map<string, string | null>();
    if (contact !== null) for (const jid of known.values()) changes.set(`contact of ${jid}`, contact);
    for (const [name, jid] of known) if (contact !== null || jid === number) changes.set(name, null);
    if (contact === null && lid !== null) changes.set(`address of ${other}`, lid);
    return changes;
  }

  function remember(contact: string, jid: string, alt: string | null): void {
    for (const map of [contacts, answers]) if (map.size > REMEMBERED) map.clear();
    contacts.set(jid, contact);
    if (alt !== null) contacts.set(alt, contact);
    answers.set(contact, jid);
  }

  return {
    async contactOf(jid, alt) {
      const [byJid = null, byAlt = null] = await known(alt === null ? [jid] : [jid, alt]);
      const isAsHeld = byJid !== null && contacts.get(jid) === byJid && answers.get(byJid) === jid;
      if (isAsHeld && (alt === null || contacts.get(alt) === byJid)) return byJid;
      const lid = [jid, alt].find((each) => each !== null && isLid(each)) ?? null;
      const [isByJid, isByAlt] = [
        byJid !== null && (await mayBe(byJid, lid)),
        byAlt !== null && (await mayBe(byAlt, lid)),
      ];
      const contact = (isByJid ? byJid : null) ?? (isByAlt ? byAlt : null) ?? preferred(jid, alt);
      const changes = new Map<string, string | null>();
      for (const [other, isSame, number] of [
        [byJid, isByJid, jid],
        [byAlt, isByAlt, alt ?? ''],
      ] as const) {
        if (other === null || other === contact) continue;
        if (isSame) await samePerson(contact, other);
        for (const change of await without(other, number, isSame ? contact : null)) changes.set(...change);
      }
      changes.set(`contact of ${jid}`, contact).set(`address of ${contact}`, jid);
      if (alt !== null) changes.set(`contact of ${alt}`, contact).set(`other address of ${contact}`, alt);
      await vault.put(FOLDER, changes);
      remember(contact, jid, alt);
      return contact;
    },
    withoutBook(jid, alt) {
      const contact = contacts.get(jid) ?? preferred(jid, alt);
      if (answers.size > REMEMBERED) answers.clear();
      answers.set(contact, jid);
      return contact;
    },
    async addressOf(contact) {
      const held = answers.get(contact);
      if (held !== undefined) return held;
      const name = `address of ${contact}`;
      const jid = (await vault.get(FOLDER, [name])).get(name) ?? null;
      if (jid !== null) answers.set(contact, jid);
      return jid;
    },
    async forget(contact) {
      const own = [`address of ${contact}`, `other address of ${contact}`];
      const addresses = [contact, ...(await vault.get(FOLDER, own)).values()];
      const names = [...own, ...addresses.map((each) => `contact of ${each}`)];
      await vault.put(FOLDER, new Map(names.map((name) => [name, null])));
      answers.delete(contact);
      for (const [jid, of] of contacts) if (of === contact) contacts.delete(jid);
    },
  };
}

/** A new person is kept under the LID where it is known: it outlives a change of number, and it is no phone number. */
function preferred(jid: string, alt: string | null): string {
  return isLid(jid) || alt === null || !isLid(alt) ? jid : alt;
}

function isLid(jid: string): boolean {
  return Boolean(isLidUser(jid) || isHostedLidUser(jid));
}
