import { randomUUID } from 'node:crypto';
import type { Instant } from '../../domain/time.js';
import type { SendRecord } from '../../ports/channel.js';
import type { Letter, Letters, NumberedLetter } from '../../ports/letters.js';

export interface MailboxParts {
  readonly letters: Letters;
  readonly now: () => Instant;
}

/** Hands letters to an open page, with the number up to which it certainly has everything. */
export type Hand = (letters: readonly Letter[], cursor: number) => void;

/** A page that is connected to this process. */
export interface OpenPage {
  /** Up to here it certainly has everything: with this number it goes on at any process. */
  cursor(): number;
  close(): void;
}

interface Page {
  readonly contact: string;
  readonly hand: Hand;
  /** What it was handed beyond `after`, with their numbers. */
  readonly had: Map<string, number>;
  after: number;
}

/** A letter is certainly to be seen this long after its number was given; in milliseconds. */
const SETTLED_MS = 10_000;

/**
 * Letters lie in the store, so that a page may fetch them from any process; this hands them to the pages that are
 * connected here. All pages together ask the store with one question a look, however many they are.
 */
export function createMailbox({ letters, now }: MailboxParts) {
  const pages = new Set<Page>();
  /** Who posts a message at this moment and takes what goes past the store with the answer to that call. */
  const callers = new Set<{ readonly contact: string; readonly take: (letter: Letter) => void }>();
  let looking: Promise<void> | null = null;
  /** Whose letters are to be looked for next. */
  const wanted = new Set<string>();
  /** Below `low` nothing can appear any more: it was the highest number seen ten seconds and more ago. */
  let low = 0;
  let next = { number: 0, since: now() };
  let highest = 0;

  function handOver(page: Page, found: readonly NumberedLetter[]): void {
    const news = found.filter(({ id, number }) => number > page.after && !page.had.has(id));
    for (const { id, number } of news) page.had.set(id, number);
    const urgentFirst = [...news.filter(({ urgent }) => urgent), ...news.filter(({ urgent }) => !urgent)];
    if (news.length > 0) page.hand(urgentFirst, page.after);
  }

  async function look(contacts: ReadonlySet<string>): Promise<void> {
    const asking = [...pages].filter(({ contact }) => contacts.has(contact));
    if (asking.length === 0) return;
    const readers = new Map<string, number>();
    for (const { contact, after } of asking) readers.set(contact, Math.min(after, readers.get(contact) ?? after));
    const found = await letters.after(readers, now());
    const byContact = new Map<string, NumberedLetter[]>();
    for (const letter of found) byContact.set(letter.contact, [...(byContact.get(letter.contact) ?? []), letter]);
    for (const page of asking) if (pages.has(page)) handOver(page, byContact.get(page.contact) ?? []);
    highest = Math.max(highest, ...found.map(({ number }) => number));
    advance(asking);
  }

  function advance(asked: readonly Page[]): void {
    if (now() - next.since >= SETTLED_MS) {
      low = next.number;
      next = { number: highest, since: now() };
    }
    for (const page of asked) {
      if (page.after >= low) continue;
      page.after = low;
      for (const [id, number] of page.had) if (number <= low) page.had.delete(id);
    }
  }

  async function lookUntilDone(): Promise<void> {
    try {
      while (wanted.size > 0) {
        const contacts = new Set(wanted);
        wanted.clear();
        await look(contacts);
      }
    } finally {
      looking = null;
    }
  }

  /** One look at a time; who comes meanwhile is served by the next one. Throws when the store cannot be asked. */
  async function lookFor(contacts: Iterable<string>): Promise<void> {
    for (const contact of contacts) wanted.add(contact);
    if (wanted.size > 0) looking ??= lookUntilDone();
    await looking;
  }

  /** For one person alone, who has something new or is; a failed look is made up for by the next tick. */
  const lookNow = (contact: string) => void lookFor([contact]).catch(() => undefined);

  /** Past the store: to whoever of this person can be reached from this very process. */
  function handPast(contact: string, letter: Letter): boolean {
    const here = [...pages].filter((page) => page.contact === contact && !page.had.has(letter.id));
    for (const page of here) {
      page.had.set(letter.id, Number.POSITIVE_INFINITY);
      page.hand([letter], page.after);
    }
    const calling = [...callers].filter((caller) => caller.contact === contact);
    for (const { take } of calling) take(letter);
    return here.length + calling.length > 0;
  }

  return {
    look: () => lookFor([...pages].map(({ contact }) => contact)),
    /** Throws when the store does not take it. */
    put: async (contact: string, payload: string, { id, urgent }: SendRecord): Promise<string> => {
      await letters.put(contact, { id, urgent, payload }, now());
      lookNow(contact);
      return id;
    },
    /** For what cannot wait for the store, or is on no record; null when it reached nobody, and the store either. */
    putPast: async (contact: string, payload: string): Promise<string | null> => {
      const letter = { id: `past/${randomUUID()}`, urgent: true, payload };
      const handed = handPast(contact, letter);
      const stored = letters.put(contact, letter, now()).then(
        () => {
          lookNow(contact);
          return true;
        },
        () => false,
      );
      return handed || (await stored) ? letter.id : null;
    },
    /** Every letter beyond the cursor (0: all that are kept), now and from now on. */
    open: (contact: string, after: number, hand: Hand): OpenPage => {
      const page: Page = { contact, hand, had: new Map(), after };
      pages.add(page);
      lookNow(contact);
      return { cursor: () => page.after, close: () => void pages.delete(page) };
    },
    /** Takes what goes past the store to this person from now on, until the function returned is called. */
    call: (contact: string, take: (letter: Letter) => void): (() => void) => {
      const caller = { contact, take };
      callers.add(caller);
      return () => void callers.delete(caller);
    },
  };
}

export type Mailbox = ReturnType<typeof createMailbox>;
