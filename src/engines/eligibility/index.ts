export type { EligibilityAnswer, RuleHit } from './evaluate.js';
export { evaluate, inForce, viewOf } from './evaluate.js';
export type { BpjsStatus, EligibilityFacts, Patient, Payer, Topic } from './facts.js';
export { TOPICS } from './facts.js';
export type { FactView, Programme, Rule, RuleGrade } from './rule.js';
