import type { Emergency, EmergencyKind, EmergencyLevel, EmergencyPerson } from '../../domain/emergency.js';
import type { NormalText } from '../language/index.js';
import { type Findings, findingsOf } from './findings.js';
import * as causes from './judges/causes.js';
import * as illness from './judges/illness.js';
import type { Judge } from './judges/judge.js';
import * as mind from './judges/mind.js';
import * as mother from './judges/mother.js';
import { combine, type Opinion, type SecondJudge, secondOpinion } from './learned/index.js';
import { CIRCUMSTANCES } from './signs.js';

/**
 * In this order the kind is chosen when several fit (contract: suicidal, newborn, pregnancy or birth first, then the
 * cause, `child` only when nothing nearer fits).
 */
const ORDER: readonly Judge[] = [
  mind.suicidal,
  mother.newborn,
  mother.birth,
  mother.pregnancy,
  causes.snakebite,
  causes.electric,
  causes.drowning,
  causes.choking,
  causes.eye,
  causes.burn,
  mind.violence,
  causes.allergy,
  causes.poisoning,
  causes.animalBite,
  causes.accident,
  causes.heatstroke,
  illness.heart,
  illness.hypoglycemia,
  illness.stroke,
  illness.dengue,
  illness.dehydration,
  illness.seizure,
  illness.bleeding,
  illness.abdomen,
  illness.unconscious,
  illness.breathing,
  illness.child,
  illness.other,
];

/** Awareness, breath and blood: at risk, they make any cause a matter of this minute. */
const VITAL: readonly EmergencyKind[] = ['unconscious', 'breathing', 'bleeding', 'seizure'];

/** What a message is judged to be, with the names of the signs that were found. */
export interface Judgement {
  readonly emergency: Emergency | null;
  readonly signs: readonly string[];
}

/**
 * The emergency in a message, or null. Pure and quick; runs before everything else. The kind is the first of the order
 * among those at least `urgent` (else of those to `ask` about); its level becomes `now` where awareness, breath or blood
 * is at risk: whoever is unconscious after a dog's bite must be helped this minute.
 */
export function detect(normal: NormalText): Emergency | null {
  return judge(normal).emergency;
}

/** As `detect`, with the reasons; another second judge than the shipped one is for measuring what it would say. */
export function judge(normal: NormalText, second: SecondJudge = secondOpinion): Judgement {
  const f = findingsOf(normal);
  const person = personOf(f);
  const ruled = byRules(f);
  if (repeatsCard(f) || isHint(normal, f)) return { emergency: null, signs: f.signs };
  const core = withoutPlace(normal);
  const bare = core.tokens.filter(({ form }) => form !== 'saya').length <= BARE_WORDS;
  const rules = { emergency: ruled && { ...ruled, person }, person, signs: f.signs, bare, explained: isExplained(f) };
  return { emergency: combine(rules, graver(second, normal, core, ruled)), signs: f.signs };
}

/** No more words than these: the danger's name, perhaps with whose it is. */
const BARE_WORDS = 2;

/** One word that names no sign says too little for any opinion: "keluar" may be a birth, and is mostly the way out of a list. */
function isHint(normal: NormalText, f: Findings): boolean {
  return normal.tokens.length === 1 && f.signs.length === 0;
}

/** The message itself says why its alarming words mean no danger. */
function isExplained(f: Findings): boolean {
  const noFever = f.figures.celsius !== null && !f.any('fever') ? 1 : 0;
  if (f.any('fetal_active') && f.deniedSigns > 0) return true;
  return f.any('chain', 'veterinary') || (f.any('allwell', 'minor') && f.deniedSigns + noFever >= 2);
}

/** Our own card, sent back or forwarded, is no new emergency. */
function repeatsCard(f: Findings): boolean {
  return f.any('card_call') && f.any('card_guess') && !f.any('child', 'infant', 'adult', 'elderly', 'self');
}

/**
 * The opinion on a message; where the rules see danger, the gravest of the opinions on the whole, on it without the place
 * behind it ("depan puskesmas" says where it happened), and on it without what is asked about papers in the same breath.
 */
function graver(second: SecondJudge, normal: NormalText, core: NormalText, ruled: Verdict | null): Opinion | null {
  const whole = second(normal);
  if (whole === null || ruled === null) return whole;
  const told = withoutPapers(normal, ruled);
  return [core, told]
    .filter((part) => part !== normal)
    .map((part) => second(part))
    .reduce((gravest, each) => (each !== null && gravest !== null && each.p > gravest.p ? each : gravest), whole);
}

/**
 * The message without the clauses that only ask about papers, hours and costs; the same message when it has none, or when
 * the rest is no longer a matter of this minute by the rules. People ask both in one breath, and the papers must not
 * outweigh the danger.
 */
function withoutPapers(normal: NormalText, ruled: Verdict): NormalText {
  if (ruled.level !== 'now') return normal;
  const clauses = clausesOf(normal);
  if (clauses.length < 2) return normal;
  const kept = clauses.filter((clause) => !asksForPapers(clause));
  if (kept.length === 0 || kept.length === clauses.length) return normal;
  const tokens = kept.flatMap((clause) => clause.tokens);
  const told = { raw: kept.map(({ raw }) => raw).join(', '), tokens, text: tokens.map(({ form }) => form).join(' ') };
  return byRules(findingsOf(told))?.level === 'now' ? told : normal;
}

function asksForPapers(clause: NormalText): boolean {
  const { signs } = findingsOf(clause);
  return signs.includes('service') && signs.every((sign) => CIRCUMSTANCES.has(sign));
}

/** The parts of a message between its pauses. */
function clausesOf({ raw, tokens }: NormalText): readonly NormalText[] {
  const clauses: NormalText[] = [];
  let from = 0;
  tokens.forEach((token, at) => {
    if (!token.boundary && at < tokens.length - 1) return;
    const part = tokens.slice(from, at + 1);
    clauses.push({
      raw: raw.slice(part[0]?.start ?? 0, token.end),
      tokens: part,
      text: part.map(({ form }) => form).join(' '),
    });
    from = at + 1;
  });
  return clauses;
}

const WHERE = new Set(['di', 'depan', 'dekat', 'samping', 'seberang', 'belakang']);
/** A place name behind "di" is so many words at most. */
const LONGEST_PLACE = 6;

/** The message without the place at its end ("… di depan puskesmas Anu"); the same message when it names none there. */
function withoutPlace(normal: NormalText): NormalText {
  const { tokens } = normal;
  const from = tokens.findIndex(
    (token, at) => at > 0 && WHERE.has(token.form) && tokens.length - at - 1 <= LONGEST_PLACE,
  );
  if (from < 0 || tokens.slice(from).some((token) => ASKS.has(token.form)) || normal.raw.includes('?')) return normal;
  const kept = tokens.slice(0, from);
  const raw = normal.raw.slice(0, kept[kept.length - 1]?.end ?? 0);
  return { raw, tokens: kept, text: kept.map(({ form }) => form).join(' ') };
}

/** With one of these the end of a message is a question, not a place. */
const ASKS = new Set([
  'mana',
  'apa',
  'berapa',
  'bagaimana',
  'kapan',
  'tidak',
  'buka',
  'bisa',
  'gratis',
  'bayar',
  'bpjs',
]);

interface Verdict {
  readonly kind: EmergencyKind;
  readonly level: EmergencyLevel;
}

/** What the judges say, in their order. */
export function byRules(f: Findings): Verdict | null {
  let best: Verdict | null = null;
  let lifeAtRisk = false;
  for (const { kind, judge: ask } of ORDER) {
    const level = ask(f);
    if (level === null) continue;
    if (level === 'now' && VITAL.includes(kind)) lifeAtRisk = true;
    if (best === null || (best.level === 'ask' && level !== 'ask')) best = { kind, level };
  }
  return best !== null && lifeAtRisk ? { ...best, level: 'now' } : best;
}

const YEAR = 365;

/** Whose body it is, for the variant of the card: years of age where they are named, else the words. */
function personOf(f: Findings): EmergencyPerson {
  const age = f.figures.ageDays;
  if (age !== null) return age < YEAR ? 'infant' : age < 13 * YEAR ? 'child' : f.any('pregnant') ? 'pregnant' : 'adult';
  if (f.any('infant', 'newborn_age')) return f.any('pregnant') ? 'pregnant' : 'infant';
  if (f.any('pregnant')) return 'pregnant';
  return f.any('child') && !f.any('elderly') ? 'child' : 'adult';
}
