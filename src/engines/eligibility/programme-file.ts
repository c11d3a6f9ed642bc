import { z } from 'zod';
import type { Programme } from './rule.js';

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
});

const programmeFile = z.strictObject({
  id: z.enum(['kukar', 'bontang', 'balikpapan', 'pasuruan', 'gratispol', 'jkn']),
  regions: codes,
  rules: z.array(ruleFile).min(1),
});

/**
 * A programme from its file's content, with what the file may leave out filled in: a rule's text is called like
 * the rule. A deciding rule must name its rank and outcome, an adding one neither.
 * @throws ZodError naming the place of every fault.
 */
export function readProgramme(content: unknown): Programme {
  const file = programmeFile.parse(content);
  return {
    ...file,
    rules: file.rules.map(({ rank, text, ...rule }) => {
      const decides = rule.kind === 'decides';
      if (decides !== (rank !== undefined) || decides !== (rule.outcome !== null)) {
        throw new RangeError(`${rule.id}: a deciding rule has a rank and an outcome, an adding one has neither`);
      }
      return { ...rule, programme: file.id, rank: rank ?? 0, text: text ?? rule.id };
    }),
  };
}
