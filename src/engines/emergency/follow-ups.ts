import type { EmergencyKind } from '../../domain/emergency.js';
import { compilePhrases, isNegated, match, type NormalText } from '../language/index.js';
import followUps from './lexicon/follow-ups.json' with { type: 'json' };
import { standardised } from './signs.js';

/** What is said while a card waits, each meant only in the light of the card's kind; lexicon/follow-ups.json. */
export type FollowUp =
  | 'hindrance'
  | 'what_to_do'
  | 'lasting'
  | 'stopped'
  | 'going_on'
  | 'taken'
  | 'despair'
  | 'bleeding_on'
  | 'baby'
  | 'baby_bad'
  | 'of_the_cause'
  | 'warning';

/** Read without regard to a negation before them: they speak of what is missing. */
const BOOK = compilePhrases(
  followUps.map(({ sign, kinds, say }) => ({ id: `${sign} ${kinds}`, say: say.map(standardised) })),
);
/** A denied one of these says the contrary; the others hold their own negations. */
const DENIABLE: ReadonlySet<string> = new Set<FollowUp>(['taken', 'going_on', 'warning', 'bleeding_on']);

/** Which of the follow-ups a message holds that belong to a waiting card of this kind. Pure. */
export function followUpsIn(normal: NormalText, kind: EmergencyKind): ReadonlySet<FollowUp> {
  const found = new Set<FollowUp>();
  for (const { id, span } of match(BOOK, normal)) {
    const [sign = '', ...kinds] = id.split(' ');
    if (!kinds.includes('*') && !kinds.includes(kind)) continue;
    if (DENIABLE.has(sign) && isNegated(normal, span)) continue;
    found.add(sign as FollowUp);
  }
  return found;
}
