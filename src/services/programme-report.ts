import type { Language } from '../domain/message.js';
import type { Region } from '../domain/place.js';
import { DAY, type DayText, dayOf, type Instant } from '../domain/time.js';
import {
  type EligibilityAnswer,
  type EligibilityFacts,
  type ExplainContext,
  evaluate,
  explain,
  inForce,
  PROGRAMMES,
  RULES,
  type Rule,
} from '../engines/eligibility/index.js';
import { renderPhrase } from '../i18n/translate.js';

/** A rule that nobody checked for longer than this is flagged. */
export const STALE_DAYS = 180;

/** The facts that staff see answered on the page: what people tell most, from nothing on. */
const SAMPLES: readonly (readonly [label: string, facts: EligibilityFacts])[] = [
  ['KTP saja', {}],
  ['BPJS aktif', { bpjs: 'active' }],
  ['BPJS aktif, iuran dibayar Pemda', { bpjs: 'active', payer: 'region' }],
  ['BPJS tidak aktif, mandiri, menunggak', { bpjs: 'inactive', payer: 'self', arrears: true }],
  ['Belum punya BPJS', { bpjs: 'none' }],
  ['Tidak tahu status BPJS', { bpjs: 'unknown' }],
  ['PBI dinonaktifkan', { bpjs: 'inactive', payer: 'state', cutOff: true }],
  ['Perusahaan tidak membayar', { bpjs: 'inactive', payer: 'employer' }],
  ['Langsung ke rumah sakit tanpa rujukan', { topic: 'hospital_direct' }],
  ['Darurat, belum punya BPJS', { bpjs: 'none', emergency: true }],
];

/** How old the last check of the rule is, in whole days on the day given. */
export function ageInDays(rule: Rule, on: DayText): number {
  return Math.floor((Date.parse(on) - Date.parse(rule.checkedOn)) / DAY);
}

/** The rules that can answer a KTP of the region: its own programme, its province's and the nation's. */
export function rulesOf(regionCode: string): readonly Rule[] {
  return PROGRAMMES.filter(({ id, regions }) => {
    if (regions.length > 0) return regions.includes(regionCode);
    return id !== 'gratispol' || regionCode.startsWith('64.');
  }).flatMap((programme) => programme.rules);
}

/**
 * The page of one region for the staff of its health office, in Markdown: every rule with its period, source, age and
 * grade, those unchecked for more than 180 days flagged, then the answers that the bot gives to usual sets of facts.
 */
export function programmePage(region: Region, now: Instant, isOpen: ExplainContext['isOpen']): string {
  const on = dayOf(now, region.zone);
  const rules = rulesOf(region.code);
  const stale = rules.filter((rule) => inForce(rule, on) && ageInDays(rule, on) > STALE_DAYS);
  const context: ExplainContext = { at: now, zone: region.zone, isOpen };
  return `${[
    `# ${region.name}: aturan berobat dengan KTP`,
    `Per ${on}. ${rules.length} aturan, ${stale.length} belum dicek lebih dari ${STALE_DAYS} hari.`,
    '| | aturan | hasil | berlaku | sumber | dicek | umur | tingkat |\n|---|---|---|---|---|---|---|---|\n' +
      rules.map((rule) => ruleRow(rule, on)).join('\n'),
    '## Jawaban bot',
    ...SAMPLES.map(([label, facts]) => {
      const answer = evaluate({ ktpRegion: region.code, ...facts }, RULES, on);
      return `### ${label}\n\n${answerText(answer, context, 'id')}`;
    }),
  ].join('\n\n')}\n`;
}

function ruleRow(rule: Rule, on: DayText): string {
  const age = ageInDays(rule, on);
  const flag = !inForce(rule, on) ? 'tidak berlaku' : age > STALE_DAYS ? '⚠ perlu dicek' : '';
  const period = `${rule.validFrom ?? '…'} – ${rule.validTo ?? '…'}`;
  const outcome = rule.outcome ?? 'tambahan';
  return `| ${[flag, rule.id, outcome, period, rule.source, rule.checkedOn, `${age} hari`, rule.grade].join(' | ')} |`;
}

/** What the bot would say, with the verdict and the chain of rules above it. */
export function answerText(answer: EligibilityAnswer, context: ExplainContext, language: Language): string {
  const verdict = [
    answer.region,
    answer.outcome,
    answer.programme,
    answer.asks === null ? null : `tanya ${answer.asks}`,
  ];
  const chain = answer.reasons.map(({ rule }) => rule.id).join(' + ');
  const text = explain(answer, context).map((phrase) => renderPhrase(phrase, language));
  return [`\`${verdict.filter((part) => part !== null).join(' · ')}\` (${chain})`, ...text].join('\n\n');
}

/** The answer to facts as staff type them ("bpjs=inactive payer=self"); throws RangeError for one that does not exist. */
export function factsFromWords(words: readonly string[]): EligibilityFacts {
  const facts: Record<string, string | boolean> = {};
  for (const word of words) {
    const [name, value] = word.split('=');
    if (name === undefined || value === undefined || !FACT_NAMES.has(name))
      throw new RangeError(`no such fact: ${word}`);
    facts[name] = value === 'yes' ? true : value === 'no' ? false : value;
  }
  return facts;
}

const FACT_NAMES = new Set<string>([
  'ktpRegion',
  'elsewhereInKaltim',
  'bpjs',
  'payer',
  'cutOff',
  'emergency',
  'who',
  'location',
  'arrears',
  'topic',
  'named',
]);
