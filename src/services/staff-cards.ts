import { createHash } from 'node:crypto';
import { phrase } from '../domain/phrase.js';
import type { StaffMember } from '../domain/staff.js';
import type { DayText } from '../domain/time.js';
import { allCards, type Card } from '../engines/emergency/index.js';
import { AppError } from '../errors.js';
import { renderPhrase } from '../i18n/translate.js';
import type { CardSignOff } from '../ports/sign-offs.js';
import { authorOf, type Desk } from './staff-desk.js';

/** A card as clinicians read it, with their agreement to exactly these words, if they gave it. */
export interface CardPage {
  readonly id: string;
  readonly level: string;
  readonly title: string;
  readonly act: string;
  readonly steps: readonly string[];
  readonly donts: readonly string[];
  readonly sources: Card['sources'];
  readonly conflicts: Card['conflicts'];
  readonly wordsHash: string;
  readonly signOff: CardSignOff | null;
  /** Somebody agreed to an earlier wording. */
  readonly signedBefore: boolean;
}

/** Every card with its words, sources and agreements; a card for both levels comes twice. */
export async function cardPages(desk: Pick<Desk, 'store'>): Promise<readonly CardPage[]> {
  const signOffs = await desk.store.signOffs.all();
  return CARDS.map((card) => {
    const own = signOffs.filter(({ cardId }) => cardId === card.id);
    const signOff = own.find(({ wordsHash }) => wordsHash === card.wordsHash) ?? null;
    return { ...card, signOff, signedBefore: signOff === null && own.length > 0 };
  });
}

/** How many cards nobody has agreed to as they are worded now. */
export async function openCards(desk: Pick<Desk, 'store'>): Promise<number> {
  return (await cardPages(desk)).filter(({ signOff }) => signOff === null).length;
}

/** Records that a clinician agreed to a card. Throws NOT_FOUND when the words are not those that were read. */
export async function signCard(
  desk: Desk,
  member: StaffMember,
  card: { readonly id: string; readonly wordsHash: string },
  by: { readonly signer: string; readonly profession: string; readonly signedOn: DayText },
): Promise<void> {
  if (!CARDS.some(({ id, wordsHash }) => id === card.id && wordsHash === card.wordsHash)) {
    throw new AppError('NOT_FOUND', 'the card has other words by now');
  }
  const author = authorOf(desk, member);
  const recorded = { recordedBy: author.who, recordedAt: author.at };
  await desk.store.signOffs.put({ cardId: card.id, wordsHash: card.wordsHash, ...by, ...recorded });
  await desk.store.data.note(
    { what: 'card_sign_offs', subject: card.id, before: null, after: JSON.stringify(by) },
    author,
  );
}

/** The words of the cards do not change while the server runs. */
const CARDS = allCards().map((card): Omit<CardPage, 'signOff' | 'signedBefore'> => {
  const say = (key: Card['title']) => renderPhrase(phrase(key, { numbers: '…', number: '…' }), 'id');
  const words = {
    title: say(card.title),
    act: say(card.act),
    steps: card.steps.map(say),
    donts: card.donts.map(say),
  };
  const { kind, level } = card.emergency;
  const wordsHash = createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 16);
  // The questions share one id; each is a page of its own.
  const id = card.id === 'ask' ? `ask-${kind}` : `${card.id}-${level}`;
  return { id, level, ...words, sources: card.sources, conflicts: card.conflicts, wordsHash };
});
