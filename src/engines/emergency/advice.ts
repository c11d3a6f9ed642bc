import type { Emergency, EmergencyKind } from '../../domain/emergency.js';
import { type Phrase, type PhraseKey, phrase } from '../../domain/phrase.js';
import type { ChoiceDraft, PlaceReply } from '../../domain/reply.js';
import type { Instant } from '../../domain/time.js';
import type { FacilityTrace } from '../../domain/trace.js';
import type { Directory } from '../../ports/directory.js';
import { type Card, cardFor, type Going, isGentle } from './cards.js';
import { type Destination, destinationsFor, type EmergencyPlace, isMeasured, isPlaced } from './destination.js';
import { destinationWords } from './destination-words.js';
import { numbersFor, numberWords } from './numbers.js';

/** One emergency reply before its language is chosen, with what staff, traces and the dialogue need of it. */
export interface EmergencyAdvice {
  readonly card: Card;
  readonly paragraphs: readonly Phrase[];
  readonly choices: readonly ChoiceDraft[];
  /** True when the place is not known closely enough; the text then invites to send it. */
  readonly askLocation: boolean;
  /** Which answer the one question of the reply waits for. */
  readonly asks: Question['asks'];
  /** Pins of the destinations, in their order. */
  readonly places: readonly PlaceReply[];
  readonly destinations: readonly Destination[];
  readonly facilities: readonly FacilityTrace[];
  readonly numbers: readonly string[];
}

/** `worse`: yes means danger (the questions of `ask`); `well`: yes means that all is well; `place`: where are you? */
export interface Question {
  readonly asks: 'worse' | 'well' | 'place';
  readonly words: Phrase;
}

const YES_ID = 'emergency:yes';
const NO_ID = 'emergency:no';

const YES_NO: readonly ChoiceDraft[] = [
  { id: YES_ID, label: phrase('emergency:choice.yes') },
  { id: NO_ID, label: phrase('emergency:choice.no') },
];

/** Their words already say that the person is awake: without a place, the place is the better question. */
const PLACE_FIRST: readonly EmergencyKind[] = [
  'stroke',
  'heart',
  'breathing',
  'burn',
  'snakebite',
  'animal_bite',
  'pregnancy',
  'newborn',
  'child',
  'dengue',
  'dehydration',
  'eye',
  'abdomen',
];

/**
 * The whole reply to an emergency: what to do now and the number, the steps, what not to do, where to go, one question,
 * and only then that money can wait. Pure; with nothing known of the place it does not touch the directory.
 * `now` decides which emergency units are open. With `again` the steps were just sent: what not to do and the way to go are said once more.
 */
export function adviseEmergency(
  emergency: Emergency,
  place: EmergencyPlace,
  directory: Directory,
  now: Instant,
  again = false,
): EmergencyAdvice {
  const card = cardFor(emergency);
  const numbers = numbersFor(place.region);
  const asking = emergency.level === 'ask';
  const destinations = asking ? [] : destinationsFor(emergency, place, directory, now);
  const placed = isPlaced(place);
  const question = questionFor(emergency, placed);
  const act = phrase(card.act, { numbers: numberWords(numbers) });
  return {
    card,
    paragraphs: asking
      ? [act, question.words]
      : [
          act,
          ...(again ? [] : [stepLines(card)]),
          dontLines(card),
          destinationLines(card.going, destinations, !placed && question.asks !== 'place', directory),
          question.words,
          phrase(isGentle(emergency.kind) ? 'emergency:close.gentle' : 'emergency:close.plain'),
        ],
    choices: question.asks === 'place' ? [] : YES_NO,
    askLocation: !asking && !placed,
    asks: question.asks,
    places: destinations.flatMap(pin),
    destinations,
    facilities: destinations.map(traceOf),
    numbers,
  };
}

/** What is said after an answer that calms: "yes, awake" to a card, "no" to a question that asks for danger. */
export function afterAnswer({ level }: Emergency, { region }: EmergencyPlace): Phrase {
  const key = level === 'ask' ? 'emergency:after.calm' : 'emergency:after.steady';
  return phrase(key, { numbers: numberWords(numbersFor(region)) });
}

/** Exactly one question: that of the kind for `ask`; safety; the place while it is missing; worse? awake and breathing? */
function questionFor({ kind, level }: Emergency, placed: boolean): Question {
  if (level === 'ask') return { asks: 'worse', words: phrase(`emergency:ask.${kind}`) };
  if (isGentle(kind)) return { asks: 'well', words: phrase('emergency:question.safe') };
  const placeFirst = level === 'urgent' || PLACE_FIRST.includes(kind);
  if (!placed && placeFirst) return { asks: 'place', words: phrase('emergency:question.place') };
  if (level === 'urgent') return { asks: 'worse', words: phrase('emergency:question.worse') };
  const key = kind === 'unconscious' ? 'emergency:question.breathing' : 'emergency:question.awake';
  return { asks: 'well', words: phrase(key) };
}

function stepLines({ steps }: Card): Phrase {
  const lines = steps.map((key, index) => phrase('emergency:layout.step', { n: index + 1, text: phrase(key) }));
  return phrase('emergency:layout.lines', { lines });
}

function dontLines({ donts, emergency }: Card): Phrase {
  const key = isGentle(emergency.kind) ? 'emergency:layout.dontsCompanion' : 'emergency:layout.donts';
  return phrase(key, { donts: donts.map((dont) => phrase('emergency:layout.dont', { text: phrase(dont) })) });
}

const WITH_PLACES: Readonly<Record<Going, PhraseKey>> = {
  go: 'emergency:destination.go',
  after: 'emergency:destination.after',
  wait: 'emergency:destination.wait',
  birth: 'emergency:destination.birth',
  urgent: 'emergency:destination.urgent',
  gentle: 'emergency:destination.gentle',
};

const WITHOUT_PLACES: Readonly<Record<Going, PhraseKey>> = {
  go: 'emergency:destination.noneGo',
  after: 'emergency:destination.noneAfter',
  wait: 'emergency:destination.noneWait',
  birth: 'emergency:destination.noneBirth',
  urgent: 'emergency:destination.noneUrgent',
  gentle: 'emergency:destination.noneGentle',
};

function destinationLines(
  going: Going,
  destinations: readonly Destination[],
  invitePlace: boolean,
  directory: Directory,
): Phrase {
  const invite = invitePlace ? [phrase('emergency:destination.sendPlace')] : [];
  const lead = phrase((destinations.some(isMeasured) ? WITH_PLACES : WITHOUT_PLACES)[going]);
  return phrase('emergency:layout.lines', { lines: [lead, ...destinationWords(destinations, directory), ...invite] });
}

/** A pin only where the facility's own point is known and its distance was measured. */
function pin(found: Destination): readonly PlaceReply[] {
  const { facility } = found;
  if (facility.point === null || !isMeasured(found)) return [];
  return [
    {
      type: 'place',
      facility: facility.id,
      ...facility.point,
      title: facility.name,
      address: facility.address ?? '',
    },
  ];
}

function traceOf({ facility, answer, km }: Destination): FacilityTrace {
  return {
    id: facility.id,
    name: facility.name,
    service: 'ugd',
    state: answer.state,
    grade: answer.grade,
    until: answer.until,
    distanceKm: km === null ? null : Math.round(km * 100) / 100,
  };
}
