import { type Cues, compileCues, findCues, hasCue, type WordForms } from './cues.js';
import type { BpjsStatus, EligibilityFacts, Payer } from './facts.js';
import lexicon from './lexicon/cues.json' with { type: 'json' };

type CueList = Exclude<keyof typeof lexicon, 'about' | 'source' | 'same' | 'asTyped'>;

const NO_CUES = new Set(['same', 'asTyped']);

const CUES = Object.fromEntries(
  Object.entries(lexicon)
    .filter((entry): entry is [CueList, string[]] => !NO_CUES.has(entry[0]) && Array.isArray(entry[1]))
    .map(([name, patterns]) => [name, compileCues(patterns)]),
) as Readonly<Record<CueList, Cues>>;

/** True when the message holds a cue of the list. */
export function says(list: CueList, words: readonly WordForms[]): boolean {
  return hasCue(CUES[list], words);
}

/**
 * What is told of the membership. An expression that holds the word "aktif" without telling that it is so ("tidak
 * aktif", "cara mengaktifkan", "aktif apa tidak") is taken out before "aktif" alone counts.
 */
function bpjsOf(words: readonly WordForms[]): BpjsStatus | null {
  const isLater = says('activeLater', words);
  if (says('reactivated', words) && !isLater) return 'active';
  if (says('cutOff', words)) return 'inactive';
  const surely = says('surelyInactive', words);
  if (says('bpjsUnknown', words) && !(surely && says('lostTrack', words))) return 'unknown';
  if (says('bpjsInactive', words) && (surely || !says('noArrears', words))) return 'inactive';
  if (says('bpjsNone', words) && !says('noArrears', words) && !says('facilityWithout', words)) return 'none';
  if (isActive(words)) return isLater ? 'inactive' : 'active';
  if (says('bpjsUnpaid', words) && !says('noArrears', words)) return 'inactive';
  return fromAnywhere(words);
}

/** When no expression stands close together: a word of trouble in a message that speaks of a membership. */
function fromAnywhere(words: readonly WordForms[]): BpjsStatus | null {
  const isAboutMembership = says('membershipWords', words) || says('payerRegion', words);
  if (isAboutMembership && says('anyRegular', words)) return 'active';
  if (isAboutMembership && says('anyInactive', words) && !says('noArrears', words)) return 'inactive';
  if (isPaidByEmployer(words) && says('anyEmployerFault', words)) return 'inactive';
  if (isAboutMembership && says('anyNone', words) && !says('ktpLacking', words)) return 'none';
  if (isAboutMembership && says('anyActive', words) && !says('notAState', words)) return 'active';
  // Who has just lost the job has lost the employer's membership with it.
  return says('jobLost', words) ? 'inactive' : null;
}

function isActive(words: readonly WordForms[]): boolean {
  const taken = [
    ...findCues(CUES.notAState, words),
    ...findCues(CUES.bpjsInactive, words),
    ...findCues(CUES.bpjsUnpaid, words),
  ];
  return findCues(CUES.bpjsActive, words).some(
    (span) => !taken.some((other) => other.from <= span.from && span.to <= other.to),
  );
}

/** Who pays, as told; a wish ("agar dibayar pemkot") tells nothing yet. */
function payerOf(words: readonly WordForms[]): Payer | null {
  if (says('payerSelf', words) && !says('employerPays', words)) return 'self';
  if (isPaidByEmployer(words)) return 'employer';
  if (says('payerRegion', words) && !isWished(words)) return 'region';
  return says('payerState', words) && !isWished(words) ? 'state' : null;
}

function isPaidByEmployer(words: readonly WordForms[]): boolean {
  if (says('formerEmployer', words)) return false;
  if (says('workWords', words) && says('leftUnregistered', words)) return true;
  const other = findCues(CUES.notEmployer, words);
  return findCues(CUES.payerEmployer, words).some(
    (span) => !other.some((not) => not.from <= span.from && span.from < not.to),
  );
}

function isWished(words: readonly WordForms[]): boolean {
  const [paid] = [...findCues(CUES.payerRegion, words), ...findCues(CUES.payerState, words)];
  const wishes = findCues(CUES.wishes, words);
  return paid !== undefined && wishes.some((wish) => wish.from < paid.from && paid.from - wish.to <= 5);
}

/** "ditanggung ga kalo pakai bpjs" asks, and "ditolak igd" is the facility's doing: neither speaks of the membership. */
function withoutMisleading(words: readonly WordForms[]): readonly WordForms[] {
  const blank = new Set([
    ...findCues(CUES.questionTag, words).map(({ from }) => from + 1),
    ...findCues(CUES.refusedAtDoor, words).map(({ from }) => from),
  ]);
  return blank.size === 0 ? words : words.map((word, at) => (blank.has(at) ? { ...word, forms: [] } : word));
}

/** The facts about membership that the message tells; none that it does not. */
export function membershipFacts(all: readonly WordForms[]): EligibilityFacts {
  const words = withoutMisleading(all);
  const bpjs = bpjsOf(words);
  const told = payerOf(words);
  // A membership that the state pays falls inactive only by being cut off.
  const cutOff = bpjs === 'inactive' && (says('cutOff', words) || told === 'state');
  const payer = cutOff ? 'state' : told;
  return {
    ...(bpjs === null ? {} : { bpjs }),
    ...(payer === null ? {} : { payer }),
    ...(cutOff ? { cutOff } : {}),
    ...(bpjs === 'inactive' && says('arrears', words) ? { arrears: true } : {}),
  };
}
