import { type Phrase, type PhraseKey, phrase } from '../../domain/phrase.js';
import type { Instant, Zone } from '../../domain/time.js';
import { startOfDay } from '../../domain/time.js';
import { CONTACTS } from './contacts.js';
import type { EligibilityAnswer, RuleHit } from './evaluate.js';

/** What the explanation needs from outside: the moment, the resident's zone and the open-now engine's word. */
export interface ExplainContext {
  readonly at: Instant;
  readonly zone: Zone;
  /** True or false when the OSM hours text tells, null when it does not. */
  readonly isOpen: (hours: string, zone: Zone, at: Instant) => boolean | null;
}

const MOST_STEPS = 3;
const MOST_CONTACTS = 2;
const MOST_ADDITIONS = 2;

/**
 * The answer in words, one phrase a paragraph, answer first: what holds and why, where to go first, what to bring,
 * what would not be paid, who confirms it (and whether they can be reached now), and the rule's source and date.
 * Never promises: only the counter and BPJS see anybody's status.
 */
export function explain(answer: EligibilityAnswer, context: ExplainContext): Phrase[] {
  const [decisive, ...additions] = answer.reasons;
  if (decisive === undefined) return [];
  const law = additions.filter(({ rule }) => rule.text === 'jkn.emergency_law');
  const others = additions.filter(({ rule }) => rule.text !== 'jkn.emergency_law').slice(0, MOST_ADDITIONS);
  return [
    ...(decisive.rule.text.startsWith('jkn.emergency') ? [] : law.map(said)),
    said(decisive),
    ...others.map(said),
    ...[decisive, ...others].flatMap(noteOf),
    ...list('eligibility:part.steps', answer.steps.slice(0, MOST_STEPS), 'step'),
    ...list('eligibility:part.papers', answer.papers, 'paper'),
    // Nobody in danger should wonder whether the hospital is allowed.
    ...list('eligibility:part.excludes', answer.facts.emergency === true ? [] : answer.excludes, 'exclude'),
    // A question back claims nothing that anyone would have to confirm.
    ...(answer.outcome === 'ask' ? [] : [...confirm(answer, context), sourceOf(decisive, context.zone)]),
  ];
}

function said(hit: RuleHit): Phrase {
  return phrase(`eligibility:rule.${hit.rule.text}` as PhraseKey);
}

function noteOf({ rule }: RuleHit): readonly Phrase[] {
  return rule.officeNote === null
    ? []
    : [phrase('eligibility:part.officeNote', { note: rule.officeNote, source: rule.source })];
}

function list(title: PhraseKey, codes: readonly string[], kind: 'step' | 'paper' | 'exclude'): Phrase[] {
  if (codes.length === 0) return [];
  return [phrase(title, { items: codes.map((code) => phrase(`eligibility:${kind}.${code}` as PhraseKey)) })];
}

function confirm(answer: EligibilityAnswer, context: ExplainContext): Phrase[] {
  const contacts = reachable(answer.contacts, context).map((code) => contactLine(code, context));
  if (contacts.length === 0) return [];
  const differs = answer.reasons.some(({ rule }) => rule.grade === 'contradictory');
  return [phrase(differs ? 'eligibility:part.differs' : 'eligibility:part.confirm', { items: contacts })];
}

/** The first contact, for it knows best, and then those that can be reached now before those that cannot. */
function reachable([best, ...others]: readonly string[], context: ExplainContext): readonly string[] {
  if (best === undefined) return [];
  const closed = (code: string) => openNow(code, context) === false;
  return [best, ...others.filter((code) => !closed(code)), ...others.filter(closed)].slice(0, MOST_CONTACTS);
}

/** null where it is not known, or never in question. */
function openNow(code: string, context: ExplainContext): boolean | null {
  const contact = CONTACTS.get(code);
  if (!contact || contact.hours === null || contact.hours === '24/7') return null;
  return context.isOpen(contact.hours, contact.zone ?? context.zone, context.at);
}

/** A contact with whether it can be reached now; assumed hours are told as such. */
function contactLine(code: string, context: ExplainContext): Phrase {
  const name = phrase(`eligibility:contact.${code}` as PhraseKey);
  const open = openNow(code, context);
  if (open === null) return phrase('eligibility:contact_line.plain', { name });
  return phrase(open ? 'eligibility:contact_line.open' : 'eligibility:contact_line.closed', { name });
}

function sourceOf({ rule }: RuleHit, zone: Zone): Phrase {
  return phrase('eligibility:part.source', {
    source: rule.source,
    checked: { moment: startOfDay(rule.checkedOn, zone), zone, style: 'date' },
  });
}
