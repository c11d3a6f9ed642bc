import { z } from 'zod';
import type { ProgrammeId } from '../../domain/eligibility.js';
import type { Programme, Rule } from './rule.js';

const FACTS = [
  'ktp',
  'bpjs',
  'payer',
  'cutOff',
  'emergency',
  'who',
  'location',
  'away',
  'arrears',
  'topic',
  'named',
] as const;

/** So much of an office's own words fits beside an answer on a telephone's screen. */
export const LONGEST_NOTE = 200;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const condition = z.partialRecord(z.enum(FACTS), z.array(z.string()).min(1)).readonly();
const codes = z.array(z.string()).readonly();

const ruleFile = z.strictObject({
  id: z.string(),
  rank: z.int().min(1).optional(),
  kind: z.enum(['decides', 'adds']).default('decides'),
  when: condition,
  unless: condition.default({}),
  outcome: z.enum(['covered', 'likely', 'needs_step', 'not_covered', 'ask']).nullable().default(null),
  noProgramme: z.boolean().default(false),
  asks: z.array(z.enum(['ktp', 'bpjs', 'payer', 'where'])).default([]),
  text: z.string().optional(),
  papers: codes.default([]),
  steps: codes.default([]),
  contacts: codes.default([]),
  excludes: codes.default([]),
  validFrom: day.nullable().default(null),
  validTo: day.nullable().default(null),
  source: z.string().min(1),
  checkedOn: day,
  grade: z.enum(['confirmed', 'published', 'contradictory']),
  officeNote: z.string().min(1).max(LONGEST_NOTE).nullable().default(null),
});

const programmeFile = z.strictObject({
  id: z.enum(['kukar', 'bontang', 'balikpapan', 'pasuruan', 'gratispol', 'jkn']),
  regions: codes,
  rules: z.array(ruleFile).min(1),
});

/**
 * A rule of a programme from its written form, with what may be left out filled in: its text is called like the rule. A
 * deciding rule must name its rank and outcome, an adding one neither.
 * @throws ZodError naming the place of every fault, RangeError for a rule that is neither deciding nor adding.
 */
export function readRule(content: unknown, programme: ProgrammeId): Rule {
  return completed(ruleFile.parse(content), programme);
}

/** The written form of a rule: what `readRule` reads. */
export function writeRule({ programme: _, rank, ...rule }: Rule): object {
  return rule.kind === 'decides' ? { ...rule, rank } : rule;
}

/**
 * A programme from its file's content.
 * @throws ZodError naming the place of every fault.
 */
export function readProgramme(content: unknown): Programme {
  const file = programmeFile.parse(content);
  return { ...file, rules: file.rules.map((rule) => completed(rule, file.id)) };
}

function completed({ rank, text, ...rule }: z.infer<typeof ruleFile>, programme: ProgrammeId): Rule {
  const decides = rule.kind === 'decides';
  if (decides !== (rank !== undefined) || decides !== (rule.outcome !== null)) {
    throw new RangeError(`${rule.id}: a deciding rule has a rank and an outcome, an adding one has neither`);
  }
  return { ...rule, programme, rank: rank ?? 0, text: text ?? rule.id };
}
