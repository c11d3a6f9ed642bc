export type { Contact } from './contacts.js';
export { CONTACTS } from './contacts.js';
export type { EligibilityAnswer, RuleHit } from './evaluate.js';
export { evaluate, inForce, viewOf } from './evaluate.js';
export type { ExplainContext } from './explain.js';
export { explain, papersToCopy } from './explain.js';
export type { PlaceHint } from './extract.js';
export { extractFacts } from './extract.js';
export type { BpjsStatus, EligibilityFacts, Patient, Payer, Topic } from './facts.js';
export { TOPICS } from './facts.js';
export { LONGEST_NOTE, writeRule } from './programme-file.js';
export type { Question } from './questions.js';
export { factsWithChoice, nextQuestion } from './questions.js';
export { PROGRAMMES, RULES } from './registry.js';
export type { FactView, Programme, Rule, RuleGrade } from './rule.js';
export type { ChangeableFact, VersionFault } from './versions.js';
export {
  CHANGEABLE_FACTS,
  FACT_WORDS,
  isProtected,
  RULE_CODES,
  readVersion,
  shippedRule,
  withVersions,
} from './versions.js';
