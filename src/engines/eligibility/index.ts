export { CONTACTS } from './contacts.js';
export type { EligibilityAnswer } from './evaluate.js';
export { evaluate, inForce } from './evaluate.js';
export type { ExplainContext } from './explain.js';
export { explain } from './explain.js';
export { extractFacts } from './extract.js';
export type { EligibilityFacts } from './facts.js';
export { TOPICS } from './facts.js';
export { LONGEST_NOTE, writeRule } from './programme-file.js';
export { factsWithChoice, nextQuestion } from './questions.js';
export { PROGRAMMES, RULES } from './registry.js';
export type { Rule } from './rule.js';
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
