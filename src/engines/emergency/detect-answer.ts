import type { Emergency, EmergencyKind } from '../../domain/emergency.js';
import type { NormalText } from '../language/index.js';
import { worsened } from './answer.js';
import { byRules, judge } from './detect.js';
import { type Findings, findingsOf } from './findings.js';
import { type FollowUp, followUpsIn } from './follow-ups.js';

/** What any cause may lead to: named in an answer, it makes the cause graver instead of replacing it. */
const CONSEQUENCES: ReadonlySet<EmergencyKind> = new Set([
  'breathing',
  'seizure',
  'bleeding',
  'child',
  'dehydration',
  'abdomen',
  'other',
]);
/** Kinds that only say who or how bad: whatever names the danger itself stands in their place (contract: nothing nearer fits). */
const VAGUE: ReadonlySet<EmergencyKind> = new Set(['child', 'other']);
/** A convulsion is unconscious by nature, and so is who was found so: "tidak sadar" tells nothing new there. */
const UNAWARE_ALREADY: ReadonlySet<EmergencyKind> = new Set(['unconscious', 'newborn']);
const BIRTH: ReadonlySet<EmergencyKind> = new Set(['birth', 'pregnancy']);
/** Words that say no more than that it gets worse. */
const WORSE = /\b(makin|tambah|semakin|malah) (berat|buruk|sesak|lemas|banyak|besar|sakit|parah|pucat)\b|\bmemburuk\b/;
/** Awake or well again: the scene takes it for "yes, all is well". */
const WELL =
  /\b(sudah|masih|mulai) (sadar|siuman|bangun|membaik|baikan|enakan|napas|bernapas|normal|nangis)\b|\bbayi nangis\b/;
/** A fit of five minutes is for this minute, even if it is said to be over (facts: card 5). */
const LONG_FIT_MINUTES = 5;

/**
 * What a message written under a card that waits ("sadar? napas?") changes: the emergency to advise on now, the waiting
 * one itself where the message speaks of it and changes nothing ("belum ada yang angkat"), or null when it tells nothing
 * of it. Words are read in the light of the waiting card, and never lower it, except that a fit that stopped is no longer
 * for this minute. Another cause must be told by a sign of its own: the learned opinion alone is not enough here. Whoever
 * no longer wakes or breathes gets the card for that; another sign makes the waiting emergency graver and keeps its kind. A bare yes or no
 * is not read here (see `worsened`).
 */
export function detectAnswer(normal: NormalText, pending: Emergency): Emergency | null {
  const said = followUpsIn(normal, pending.kind);
  const findings = findingsOf(normal);
  return (
    ofBirth(said, findings, normal, pending) ??
    ofFit(said, findings, pending) ??
    ofSuicide(said, pending) ??
    raised(findings, pending) ??
    newDanger(normal, findings, pending) ??
    (WORSE.test(normal.text) ? worsened(pending) : null) ??
    stays(said, findings, normal, pending)
  );
}

/** One of these, told under a card that is not yet for this minute, makes it so (facts: cards 11, 16 to 18). */
const RAISES: Partial<Record<EmergencyKind, readonly string[]>> = {
  snakebite: ['ptosis', 'drowsy', 'breath_hard', 'bleed_any', 'vision_blur'],
  newborn: ['not_feeding', 'cannot_drink', 'weak_cry', 'limp_baby', 'drowsy', 'weak'],
};

function raised(findings: Findings, pending: Emergency): Emergency | null {
  if (pending.level === 'now') return null;
  if (findings.any(...(RAISES[pending.kind] ?? []))) return { ...pending, level: 'now' };
  if (pending.kind === 'burn' && pending.level === 'ask' && findings.any('burn_grave', 'infant'))
    return worsened(pending);
  return null;
}

/** Under a card on birth this is the child's head, with or without "sudah". */
const HEAD_SEEN = /^(?!.*\btidak\b).*\bkepala (bayi |sudah |mulai )*(lihat|keluar|nongol|tampak)\b/;

/** Mother and child are two from the first cry that does not come. */
function ofBirth(
  said: ReadonlySet<FollowUp>,
  findings: Findings,
  { text }: NormalText,
  pending: Emergency,
): Emergency | null {
  if (!BIRTH.has(pending.kind)) return null;
  if (said.has('baby') && said.has('baby_bad')) return { kind: 'newborn', level: 'now', person: 'infant' };
  if (said.has('bleeding_on') || findings.any('bleed_heavy', 'pad_soaked')) return { ...pending, level: 'now' };
  return findings.any('just_born', 'crowning', 'contractions_close') || HEAD_SEEN.test(text)
    ? { ...pending, kind: 'birth', level: 'now' }
    : null;
}

function ofFit(said: ReadonlySet<FollowUp>, findings: Findings, pending: Emergency): Emergency | null {
  if (pending.kind !== 'seizure') return null;
  const long = (findings.figures.minutes ?? 0) >= LONG_FIT_MINUTES;
  const stopped = said.has('stopped') && !said.has('lasting') && !findings.is('unaware');
  if (stopped && !long) return pending.level === 'now' ? { ...pending, level: 'urgent' } : pending;
  return said.has('going_on') || long || findings.any('blue') || (said.has('stopped') && findings.is('unaware'))
    ? { ...pending, level: 'now' }
    : null;
}

function ofSuicide(said: ReadonlySet<FollowUp>, pending: Emergency): Emergency | null {
  if (pending.kind !== 'suicidal') return null;
  if (said.has('taken')) return { ...pending, level: 'now' };
  return said.has('despair') ? pending : null;
}

/** What the message tells by itself, as far as its own signs carry it. */
function newDanger(normal: NormalText, findings: Findings, pending: Emergency): Emergency | null {
  const ruled = byRules(findings);
  const judged = judge(normal).emergency;
  if (judged === null || ruled === null || ruled.level === 'ask') return null;
  // Beside a sure danger a doubt about the rules' own sign is no reason for another question.
  const emergency = judged.level === 'ask' ? { ...judged, level: ruled.level } : judged;
  const person = emergency.person === 'adult' ? pending.person : emergency.person;
  const kind = ruled.kind === emergency.kind || ruled.kind === pending.kind ? ruled.kind : emergency.kind;
  if (kind === 'unconscious') {
    if (!UNAWARE_ALREADY.has(pending.kind)) return { ...emergency, kind, person };
    return emergency.level === 'now' ? { ...pending, level: 'now' } : pending;
  }
  if (VAGUE.has(pending.kind) && !VAGUE.has(kind)) {
    return { kind, level: pending.level === 'now' ? 'now' : emergency.level, person };
  }
  if (kind === pending.kind || CONSEQUENCES.has(kind)) {
    const graver = { kind: pending.kind, level: emergency.level, person };
    return pending.level === 'now' || graver.level === pending.level ? { ...pending, person } : graver;
  }
  return { ...emergency, kind, person };
}

/** The message speaks of the emergency that waits; a sign of danger answers a question that still stood. */
function stays(
  said: ReadonlySet<FollowUp>,
  findings: Findings,
  { text }: NormalText,
  pending: Emergency,
): Emergency | null {
  if (pending.level === 'ask' && said.has('warning')) return worsened(pending);
  if (WELL.test(text) && !said.has('hindrance')) return null;
  // Hours, papers and money are asked about beside the emergency.
  if (findings.any('service')) return null;
  const ruled = byRules(findings);
  const ofIt = ruled !== null && (ruled.kind === pending.kind || CONSEQUENCES.has(ruled.kind));
  return said.size > 0 || ofIt ? pending : null;
}
