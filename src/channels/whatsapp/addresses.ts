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

export function createAddresses(vault: Vault): Addresses {
  /** Contact by address, and address by contact, as last written: most messages need no look at the store. */
  const contacts = new Map<string, string>();
  const answers = new Map<string, string>();

  async function known(jid: string, alt: string | null): Promise<string | null> {
    const held = contacts.get(jid) ?? (alt === null ? undefined : contacts.get(alt));
    if (held !== undefined) return held;
    const names = [jid, ...(alt === null ? [] : [alt])].map((each) => `contact of ${each}`);
    const found = await vault.get(FOLDER, names);
    return names.map((name) => found.get(name)).find((contact) => contact !== undefined) ?? null;
  }

  function remember(contact: string, jid: string, alt: string | null): void {
    for (const map of [contacts, answers]) if (map.size > REMEMBERED) map.clear();
    contacts.set(jid, contact);
    if (alt !== null) contacts.set(alt, contact);
    answers.set(contact, jid);
  }

  return {
    async contactOf(jid, alt) {
      const contact = (await known(jid, alt)) ?? preferred(jid, alt);
      const isAsHeld = contacts.get(jid) === contact && answers.get(contact) === jid;
      if (isAsHeld && (alt === null || contacts.get(alt) === contact)) return contact;
      const changes = new Map([
        [`contact of ${jid}`, contact],
        [`address of ${contact}`, jid],
      ]);
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
  const isLid = (each: string) => Boolean(isLidUser(each) || isHostedLidUser(each));
  return isLid(jid) || alt === null || !isLid(alt) ? jid : alt;
}
