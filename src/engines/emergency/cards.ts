import type emergencyTexts from '../../../locales/id/emergency.json';
import {
  EMERGENCY_KINDS,
  type Emergency,
  type EmergencyKind,
  type EmergencyLevel,
  type EmergencyPerson,
} from '../../domain/emergency.js';
import type { PhraseKey } from '../../domain/phrase.js';
import { basisOf, type CardConflict, type CardSource, type SignOff } from './card-sources.js';

type CardTexts = typeof emergencyTexts.card;
export type CardId = keyof CardTexts;

/** How many of step1 … step6 the locale holds: a registry entry that counts wrongly does not compile. */
type StepsOf<T> = T extends { step6: string }
  ? 6
  : T extends { step5: string }
    ? 5
    : T extends { step4: string }
      ? 4
      : 3;
type DontsOf<T> = T extends { dont4: string } ? 4 : T extends { dont3: string } ? 3 : 2;
/** A card for both levels has a first line for each. */
type LevelsOf<T> = T extends { actUrgent: string } ? typeof BOTH : typeof NOW | typeof URGENT;

/**
 * Where help happens. `go`: set out when nobody answers. `after`: help on the spot comes first. `wait`: the person is not
 * moved. `birth`: on the spot once the head shows. `urgent`: an emergency unit today. `gentle`: without any pressure.
 */
export type Going = 'go' | 'after' | 'wait' | 'birth' | 'urgent' | 'gentle';

interface CardFacts {
  readonly kind: EmergencyKind;
  readonly persons: readonly EmergencyPerson[];
  readonly levels: readonly EmergencyLevel[];
  readonly steps: number;
  readonly donts: number;
  readonly going: Going;
}

interface CardEntry<Texts> extends CardFacts {
  readonly levels: LevelsOf<Texts>;
  readonly steps: StepsOf<Texts>;
  readonly donts: DontsOf<Texts>;
}

const ALL = ['adult', 'child', 'infant', 'pregnant'] as const;
const GROWN = ['adult', 'pregnant'] as const;
const YOUNG = ['child', 'infant'] as const;
const NOW = ['now'] as const;
const URGENT = ['urgent'] as const;
const BOTH = ['now', 'urgent'] as const;

function card<
  const Levels extends readonly ('now' | 'urgent')[],
  const Steps extends number,
  const Donts extends number,
>(kind: EmergencyKind, persons: readonly EmergencyPerson[], levels: Levels, steps: Steps, donts: Donts, going: Going) {
  return { kind, persons, levels, steps, donts, going };
}

/** Every card: for whom, at which level, how many steps and don'ts. The words: `card.<id>` of locales/<language>/emergency.json. */
const CARDS: { readonly [Id in CardId]: CardEntry<CardTexts[Id]> } = {
  unconscious_adult: card('unconscious', GROWN, NOW, 6, 4, 'after'),
  unconscious_child: card('unconscious', ['child'], NOW, 6, 4, 'after'),
  unconscious_infant: card('unconscious', ['infant'], NOW, 6, 4, 'after'),
  unconscious_faint: card('unconscious', ALL, URGENT, 5, 3, 'urgent'),
  breathing_adult: card('breathing', GROWN, BOTH, 6, 4, 'go'),
  breathing_child: card('breathing', YOUNG, BOTH, 6, 4, 'go'),
  choking_adult: card('choking', ['adult'], NOW, 6, 3, 'after'),
  choking_child: card('choking', ['child'], NOW, 6, 3, 'after'),
  choking_infant: card('choking', ['infant'], NOW, 6, 4, 'after'),
  choking_pregnant: card('choking', ['pregnant'], NOW, 6, 3, 'after'),
  choking_after: card('choking', ALL, URGENT, 5, 3, 'urgent'),
  bleeding: card('bleeding', ALL, NOW, 6, 4, 'go'),
  bleeding_urgent: card('bleeding', ALL, URGENT, 5, 4, 'urgent'),
  seizure_adult: card('seizure', ['adult'], NOW, 6, 4, 'go'),
  seizure_child: card('seizure', YOUNG, NOW, 6, 4, 'go'),
  seizure_pregnant: card('seizure', ['pregnant'], BOTH, 6, 4, 'go'),
  seizure_stopped: card('seizure', ['adult', 'child', 'infant'], URGENT, 6, 4, 'urgent'),
  stroke: card('stroke', ALL, BOTH, 6, 4, 'go'),
  heart: card('heart', ALL, BOTH, 6, 4, 'go'),
  allergy: card('allergy', ALL, BOTH, 6, 4, 'go'),
  burn: card('burn', ALL, BOTH, 6, 4, 'go'),
  snakebite: card('snakebite', ALL, BOTH, 6, 4, 'go'),
  animal_bite: card('animal_bite', ALL, URGENT, 6, 4, 'urgent'),
  animal_attack: card('animal_bite', ALL, NOW, 6, 4, 'go'),
  poisoning_adult: card('poisoning', GROWN, NOW, 6, 4, 'go'),
  poisoning_child: card('poisoning', YOUNG, NOW, 6, 4, 'go'),
  poisoning_food: card('poisoning', ALL, URGENT, 6, 4, 'urgent'),
  drowning: card('drowning', ALL, BOTH, 6, 4, 'after'),
  electric: card('electric', ALL, BOTH, 6, 3, 'after'),
  accident: card('accident', ALL, NOW, 6, 4, 'wait'),
  accident_urgent: card('accident', ALL, URGENT, 6, 4, 'urgent'),
  pregnancy: card('pregnancy', ALL, BOTH, 6, 4, 'go'),
  birth: card('birth', ALL, NOW, 6, 4, 'birth'),
  birth_urgent: card('birth', ALL, URGENT, 5, 4, 'urgent'),
  newborn: card('newborn', ALL, BOTH, 6, 4, 'go'),
  child: card('child', ALL, BOTH, 6, 4, 'go'),
  dengue: card('dengue', ALL, BOTH, 5, 4, 'go'),
  dehydration: card('dehydration', ALL, BOTH, 6, 3, 'go'),
  heatstroke: card('heatstroke', ALL, BOTH, 6, 4, 'go'),
  hypoglycemia: card('hypoglycemia', ALL, BOTH, 6, 4, 'go'),
  eye: card('eye', ALL, BOTH, 6, 4, 'go'),
  abdomen: card('abdomen', ALL, BOTH, 6, 4, 'go'),
  suicidal_now: card('suicidal', ALL, NOW, 6, 4, 'gentle'),
  suicidal_wish: card('suicidal', ALL, URGENT, 6, 4, 'gentle'),
  violence_now: card('violence', ALL, NOW, 6, 3, 'gentle'),
  violence_after: card('violence', ALL, URGENT, 6, 3, 'gentle'),
  other: card('other', ALL, BOTH, 6, 4, 'go'),
};

/** One rendered-to-be card: what a resident is told, and what staff are shown about it. */
export interface Card {
  /** `ask` for the question that tells an emergency from something else. */
  readonly id: CardId | 'ask';
  readonly emergency: Emergency;
  readonly title: PhraseKey;
  /** First line: what to do now; has the place {{numbers}}. */
  readonly act: PhraseKey;
  readonly steps: readonly PhraseKey[];
  readonly donts: readonly PhraseKey[];
  readonly going: Going;
  readonly sources: readonly CardSource[];
  readonly conflicts: readonly CardConflict[];
  readonly signOff: SignOff | null;
}

/** Kinds told without pressure, haste of tone or a word on money. */
const GENTLE_KINDS: readonly EmergencyKind[] = ['suicidal', 'violence'];

/** True for a suicidal crisis and for violence. */
export function isGentle(kind: EmergencyKind): boolean {
  return GENTLE_KINDS.includes(kind);
}

/**
 * The card for an emergency: for `ask` the one question of its kind, otherwise the guidance of its kind, level and person.
 * Every combination has one; staff pages show it with its sources and, while `signOff` is null, as "belum ditinjau klinisi".
 */
export function cardFor(emergency: Emergency): Card {
  if (emergency.level === 'ask') return askCard(emergency);
  const id = cardId(emergency.kind, emergency.level, emergency.person);
  const entry: CardFacts = CARDS[id];
  const key = (name: string) => `emergency:card.${id}.${name}` as PhraseKey;
  return {
    id,
    emergency,
    title: key('title'),
    act: key(emergency.level === 'urgent' && entry.levels.length === 2 ? 'actUrgent' : 'act'),
    steps: upTo(entry.steps).map((n) => key(`step${n}`)),
    donts: upTo(entry.donts).map((n) => key(`dont${n}`)),
    // A card that covers both levels sends out differently once it is not this very minute.
    going: emergency.level === 'urgent' && entry.going !== 'gentle' ? 'urgent' : entry.going,
    ...basisOf(id),
  };
}

/** Every card once per level, for the page that clinicians review; questions last. */
export function allCards(): readonly Card[] {
  const guidance = (Object.keys(CARDS) as CardId[]).flatMap((id) => {
    const { kind, persons, levels } = CARDS[id];
    return levels.map((level) => cardFor({ kind, level, person: persons[0] ?? 'adult' }));
  });
  const questions = EMERGENCY_KINDS.map((kind) => cardFor({ kind, level: 'ask', person: 'adult' }));
  return [...guidance, ...questions];
}

function askCard(emergency: Emergency): Card {
  return {
    id: 'ask',
    emergency,
    title: `emergency:ask.${emergency.kind}`,
    act: isGentle(emergency.kind) ? 'emergency:asking.gentle' : 'emergency:asking.plain',
    steps: [],
    donts: [],
    going: isGentle(emergency.kind) ? 'gentle' : 'urgent',
    sources: [],
    conflicts: [],
    signOff: null,
  };
}

function cardId(kind: EmergencyKind, level: EmergencyLevel, person: EmergencyPerson): CardId {
  const found = (Object.keys(CARDS) as CardId[]).find((id) => {
    const entry: CardFacts = CARDS[id];
    return entry.kind === kind && entry.levels.includes(level) && entry.persons.includes(person);
  });
  return found ?? 'other';
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
