import type { Emergency, EmergencyKind, EmergencyLevel, EmergencyPerson } from '../../../domain/emergency.js';
import { likeliest, type Opinion } from './opinion.js';

/** What the rules found: the emergency or null, whose body it is, and the names of all signs. */
export interface RuleFinding {
  readonly emergency: Emergency | null;
  readonly person: EmergencyPerson;
  readonly signs: readonly string[];
  /** The message is hardly more than the name of the danger: "kecelakaan", "keracunan di jalan poros". */
  readonly bare?: boolean;
  /** The rules are silent because the message says itself that nobody is ill: a drill, an animal, warning signs denied. */
  readonly explained?: boolean;
}

/**
 * From which probability of danger the two together alarm (`now` or `urgent`) or ask, by what the rules say alone. Where
 * the rules alarm too, the opinion must be sure of calm to turn the alarm into a question, and very sure to silence it;
 * where they are silent, nothing happens below `ask`. Chosen by cross-validation (bench/learned.ts);
 * what was ever moved by a held-out total is owned up to in docs/understanding.md. `explained` is for silent rules where the
 * message itself says why nobody is ill.
 */
export const THRESHOLDS: Readonly<
  Record<EmergencyLevel | 'silent' | 'explained', { readonly alarm: number; readonly ask: number }>
> = {
  now: { alarm: 0.46, ask: 0.03 },
  urgent: { alarm: 0.52, ask: 0.09 },
  ask: { alarm: 0.72, ask: 0.15 },
  silent: { alarm: 0.82, ask: 0.55 },
  explained: { alarm: 0.95, ask: 0.8 },
};

/** An alarm is `now` from this probability on, by what the rules say alone. */
const NOW_FROM: Readonly<Record<EmergencyLevel | 'silent', number>> = {
  now: 0.27,
  urgent: 0.73,
  ask: 0.5,
  silent: 0.5,
};

/** The rules' kind is believed unless another one is this much likelier, in log-odds. */
const RULES_KIND_ADVANTAGE = 2;

/** Danger signs that leave little to interpret. Two of them in an alarm of the rules are never silenced. */
const SURE_SIGNS = new Set(
  (
    'unaware no_breath gasping breath_severe blue bleed_heavy amputated open_fracture seizure face_droop one_sided ' +
    'slurred chest_pain poison_taken overdose suicide_act snake_bite choke drown shock_electric'
  ).split(' '),
);
const NEVER_SILENCED_FROM = 2;

/**
 * The emergency on which rules and learned opinion agree, or null. Pure. Without an opinion the rules decide; and it is
 * never more silent than a question where the rules say `now` on two sure signs.
 */
export function combine(rules: RuleFinding, opinion: Opinion | null): Emergency | null {
  if (opinion === null) return rules.emergency;
  const level = isOnlyACry(rules, opinion)
    ? 'ask'
    : (levelOf(rules, opinion) ?? (isSure(rules) || isBare(rules) ? 'ask' : null));
  return level === null ? null : { kind: kindOf(rules.emergency, opinion), level, person: rules.person };
}

function levelOf({ emergency, explained }: RuleFinding, { p, pNow }: Opinion): EmergencyLevel | null {
  const said = emergency?.level ?? 'silent';
  const { alarm, ask } = THRESHOLDS[said === 'silent' && explained === true ? 'explained' : said];
  if (p >= alarm) return pNow >= NOW_FROM[said] ? 'now' : 'urgent';
  return p >= ask ? 'ask' : null;
}

/** "Tolong, gawat!" and no more: what it is must be asked. */
function isOnlyACry({ emergency, signs }: RuleFinding, { kind }: Opinion): boolean {
  return emergency?.level === 'ask' && emergency.kind === 'other' && kind === 'other' && signs.includes('help_vague');
}

/** One or two words that name a danger, and nothing that says why: a question costs less than silence. */
function isBare({ emergency, bare, signs }: RuleFinding): boolean {
  return bare === true && emergency !== null && !signs.includes('service');
}

function isSure({ emergency, signs }: RuleFinding): boolean {
  return emergency?.level === 'now' && signs.filter((sign) => SURE_SIGNS.has(sign)).length >= NEVER_SILENCED_FROM;
}

function kindOf(emergency: Emergency | null, { kinds }: Opinion): EmergencyKind {
  if (emergency === null) return likeliest(kinds);
  const believed = new Map(kinds);
  believed.set(emergency.kind, (kinds.get(emergency.kind) ?? 0) + RULES_KIND_ADVANTAGE);
  return likeliest(believed);
}
