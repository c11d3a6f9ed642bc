import { readFileSync } from 'node:fs';
import { type EligibilityFacts, evaluate, extractFacts, PROGRAMMES, RULES } from '../src/engines/eligibility/index.js';
import { readProgramme } from '../src/engines/eligibility/programme-file.js';
import { normalise } from '../src/engines/language/index.js';
import { chance } from './country.js';
import { ms, percentile, timed } from './figures.js';

const CALLS = 50_000;
const ON = '2026-11-23';
const PICKS = {
  ktpRegion: ['64.02', '64.74', '64.71', '35.14', 'elsewhere', 'unknown', undefined],
  bpjs: ['active', 'inactive', 'none', 'unknown', undefined],
  payer: ['state', 'region', 'self', 'employer', undefined],
  topic: ['general', 'hospital_direct', 'class_upgrade', 'traffic_accident', undefined],
} as const;
const QUESTION = 'ktp kukar bpjs nunggak, mau periksa batuk malam ini, puskesmas mana yg buka';

/** One evaluation of all rules, and reading the facts of a message; beside it, the rules read from their files each time. */
export function benchEligibility(print: (line: string) => void): void {
  const random = chance(3);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const facts = Array.from({ length: 1_000 }, () => {
    const drawn = Object.entries(PICKS).map(([name, values]) => [name, pick<string | undefined>(values)] as const);
    return Object.fromEntries(drawn.filter(([, value]) => value !== undefined)) as EligibilityFacts;
  });
  const ask = (call: number) => evaluate(facts[call % facts.length] ?? {}, RULES, ON);
  timed(5_000, ask);
  show(`evaluate ${RULES.length} rules`, timed(CALLS, ask));
  const normal = normalise(QUESTION);
  const read = () => extractFacts(normal, null, {}, null);
  timed(500, read);
  show('facts of a message', timed(5_000, read));
  show(
    '  its words alone (normalise)',
    timed(5_000, () => normalise(QUESTION)),
  );
  const files = PROGRAMMES.map(({ id }) => `src/engines/eligibility/rules/${id}.json`);
  const naive = timed(20, (call) => {
    const rules = files.flatMap((file) => readProgramme(JSON.parse(readFileSync(file, 'utf8'))).rules);
    evaluate(facts[call] ?? {}, rules, ON);
  });
  show('rules read anew for each answer', naive);

  function show(name: string, samples: readonly number[]): void {
    print(`${name.padEnd(36)} p50 ${ms(percentile(samples, 50))}  p99 ${ms(percentile(samples, 99))}`);
  }
}
