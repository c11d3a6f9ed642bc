import { phrase } from '../../domain/phrase.js';
import type { ChoiceDraft, ReplyDraft } from '../../domain/reply.js';

/** The way back that every list ends with. */
export const MENU_CHOICE: ChoiceDraft = { id: 'menu', label: phrase('dialogue:menu.back') };

/** "Info salah?" below an answer: about one facility, or (null) about one of those just listed. It stands last. */
export function reportChoice(facilityId: string | null): ChoiceDraft {
  return { id: facilityId === null ? 'report' : `report:${facilityId}`, label: phrase('reports:choice') };
}

/** What the main menu offers, in the order of its numbers. */
export const MENU_CHOICES: readonly ChoiceDraft[] = [
  { id: 'menu:open', label: phrase('dialogue:menu.open') },
  { id: 'menu:eligibility', label: phrase('dialogue:menu.eligibility') },
  { id: 'menu:emergency', label: phrase('dialogue:menu.emergency') },
  { id: 'menu:announcements', label: phrase('dialogue:menu.announcements') },
  { id: 'menu:office', label: phrase('dialogue:menu.office') },
  { id: 'menu:privacy', label: phrase('dialogue:menu.privacy') },
  { id: 'menu:language', label: phrase('dialogue:menu.language') },
];

/** The number of a choice, written alone: "2", "2.", "2)". Null for any other text. */
export function typedNumber(text: string): number | null {
  const digits = /^\s*(\d{1,2})\s*[.)]?\s*$/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The same replies with nothing to choose: of several answers to one message only one may number its choices. */
export function withoutChoices(replies: readonly ReplyDraft[]): readonly ReplyDraft[] {
  return replies.map((reply) => (reply.type === 'text' ? { ...reply, choices: [], askLocation: false } : reply));
}
