import { phrase } from '../../domain/phrase.js';
import type { ChoiceDraft } from '../../domain/reply.js';

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
