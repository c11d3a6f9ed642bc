import type { AskedFact } from '../../domain/eligibility.js';
import type { NormalText } from '../language/index.js';
import type { PlaceMention } from '../understanding/index.js';
import { bareAnswer } from './bare-answer.js';
import { type WordForms, wordForms } from './cues.js';
import type { EligibilityFacts, Patient, Topic } from './facts.js';
import { membershipFacts, says } from './membership.js';
import { wordsOfPatient } from './patient-clauses.js';
import { regionFacts } from './region-facts.js';
import { findRegions } from './region-names.js';
import { topicOf } from './topic.js';

/** The places that the place engine found in the message; it knows villages and typing errors that this one does not. */
export interface PlaceHint {
  readonly mentions: readonly PlaceMention[];
}

/**
 * The facts after a message: what it tells, over what was known. A fact that it does not touch stays. What the
 * question is about, and whether it is an emergency, stay only while an answer to a question of ours is awaited.
 * Identifiers are never read: the text that comes in is masked already.
 */
export function extractFacts(
  normal: NormalText,
  place: PlaceHint | null,
  previous: EligibilityFacts,
  asked: AskedFact | null,
): EligibilityFacts {
  const all = wordsOfPatient(wordForms(normal));
  const words = withoutNames(all);
  const membership = membershipTold(words);
  const told: EligibilityFacts = {
    ...membership,
    ...regionFacts(all, place?.mentions ?? [], { asked, statusTold: isLacking(membership, topicOf(words)) }),
    ...emergencyFact(words),
    ...patientFact(words),
    ...topicFact(words),
    ...(asked === null ? {} : bareAnswer(words, asked)),
  };
  return merged(asked === null ? withoutQuestion(previous) : previous, told);
}

/** The words with the regions' names blanked (not the hospitals'), so that no part of "Balikpapan" or "Kota Bangun" is read as a word. */
function withoutNames(words: readonly WordForms[]): readonly WordForms[] {
  const blank = new Set(
    findRegions(words).flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)),
  );
  return words.map((word, at) => (blank.has(at) && !says('hospitalNames', [word]) ? { ...word, forms: [] } : word));
}

function isLacking({ bpjs, payer }: EligibilityFacts, topic: Topic | null): boolean {
  const lacks = bpjs !== undefined && bpjs !== 'active';
  return lacks || payer === 'region' || topic === 'registration';
}

function emergencyFact(words: readonly WordForms[]): EligibilityFacts {
  if (says('emergencyNo', words)) return { emergency: false };
  const signs = says('emergencySigns', words) && !says('past', words);
  return signs || says('emergencyYes', words) ? { emergency: true } : {};
}

function patientFact(words: readonly WordForms[]): EligibilityFacts {
  const who: Patient | null = says('newborn', words)
    ? 'newborn'
    : says('child', words)
      ? 'child'
      : says('elderly', words)
        ? 'elderly'
        : null;
  return who === null ? {} : { who };
}

/** Who asks how to switch it on again has told that it is off. */
function membershipTold(words: readonly WordForms[]): EligibilityFacts {
  const facts = membershipFacts(words);
  return facts.bpjs === undefined && topicOf(words) === 'reactivation' ? { ...facts, bpjs: 'inactive' } : facts;
}

function topicFact(words: readonly WordForms[]): EligibilityFacts {
  // A bill from the emergency unit asks where else to go, whatever the words stand apart.
  const billed = says('igdWords', words) && says('billedWords', words);
  const found = topicOf(words);
  const baby =
    (found === null || found === 'registration' || found === 'benefit') &&
    says('babyWords', words) &&
    says('registerWords', words);
  const topic = baby ? 'newborn_registration' : (found ?? (billed ? 'hospital_direct' : null));
  return topic === null ? {} : { topic };
}

function withoutQuestion({
  topic: _topic,
  emergency: _emergency,
  named: _named,
  ...rest
}: EligibilityFacts): EligibilityFacts {
  return rest;
}

/** A new status makes what hung on the old one void: an active membership is neither cut off nor in arrears. */
function merged(previous: EligibilityFacts, told: EligibilityFacts): EligibilityFacts {
  if (told.bpjs === undefined || told.bpjs === previous.bpjs) return { ...previous, ...told };
  const { cutOff: _cutOff, arrears: _arrears, ...kept } = previous;
  return { ...kept, ...told };
}
