import { isHouseMisspelt, type NormalText, type Token } from '../language/index.js';
import { commandSpelt } from './intent/bare-command.js';
import { consentSaid } from './intent/consent.js';
import { decideIntents, isBeyond } from './intent/decide.js';
import { erasesOf } from './intent/erases.js';
import { findSigns, SIGN_WORDS } from './intent/signs.js';
import { asksOf, followUpOf, ordinalOf, yesNoOf } from './intent/small-words.js';
import { kindsOf } from './kinds.js';
import type { PlaceFound } from './place/choose.js';
import { findPlaces, placeAsked } from './place/find.js';
import { slips } from './place/spelling.js';
import { findServices, SERVICE_WORDS } from './services.js';
import { findTime } from './time/find.js';
import type { Understanding, UnderstandingWorld } from './types.js';

export { NOTHING_UNDERSTOOD } from './nothing.js';
export { buildGazetteer, type Gazetteer } from './place/gazetteer.js';
export type * from './types.js';

/**
 * Reads one message: which place, time and services it names, and what it wants. Takes the normalised
 * message and the world to read it against; deterministic, never throws, whatever the message holds.
 */
export function understand(normal: NormalText, world: UnderstandingWorld): Understanding {
  const sober = readSoberly(normal);
  const found = findServices(sober);
  const services = found.map((one) => one.service);
  const placesFound = findPlaces(normal.raw, world, services.length > 0).filter(
    ({ from, to }) => !isCommandAt(normal, from, to),
  );
  const mentions = placesFound.map(({ mention }) => mention);
  const place = placeAsked(mentions);
  const time = findTime(normal, world);
  const signs = findSigns(withoutNames(sober, placesFound));
  const evidence = { normal: sober, signs, place, services: found, time };
  const intents = decideIntents(evidence);
  return {
    intents,
    place,
    mentions,
    services,
    kinds: kindsOf(sober),
    time,
    wants24h: signs.has('round_the_clock'),
    wantsOpenOnly: signs.has('open_only'),
    asks: asksOf(signs),
    ordinal: ordinalOf(sober),
    followUp: followUpOf(signs),
    yesNo: yesNoOf(sober),
    consent: consentSaid(evidence, intents),
    erases: erasesOf(signs, sober),
    beyond: isBeyond(evidence, intents),
  };
}

/** "Langgannan" is near to the name of a village, but it is the word that the bot teaches. */
function isCommandAt({ tokens }: NormalText, from: number, to: number): boolean {
  return tokens.some((token) => token.start < to && from < token.end && commandSpelt(token.raw.toLowerCase()) !== null);
}

/** A name says nothing else: "handil bau" complains of no smell. Its words stay in their places, but mean nothing. */
function withoutNames(normal: NormalText, places: readonly PlaceFound[]): NormalText {
  if (places.length === 0) return normal;
  const isName = ({ start, end }: Token): boolean => places.some(({ from, to }) => start < to && from < end);
  const tokens = normal.tokens.map((token) => (isName(token) ? { ...token, form: NAME } : token));
  return { ...normal, tokens, text: tokens.map((token) => token.form).join(' ') };
}

/** Stands for the words of a name; no pattern holds it. */
const NAME = '~';

/**
 * Normalising reads misspelt words as words of illness, since there a miss costs most; here such a guess counts
 * only where it is one slip from a word that these finders look for, or a name or greeting would become an illness.
 */
function readSoberly(normal: NormalText): NormalText {
  if (normal.tokens.every((token) => soberForm(token) === token.form)) return normal;
  const tokens = normal.tokens.map((token) => ({ ...token, form: soberForm(token) }));
  return { ...normal, tokens, text: tokens.map((token) => token.form).join(' ') };
}

function soberForm(token: Token): string {
  const typed = token.raw.toLowerCase();
  if (isHouseMisspelt(typed)) return 'puskesmas';
  const command = token.guessed || token.form === typed ? commandSpelt(typed) : null;
  if (command !== null) return command;
  return token.guessed && !isBelievable(typed, token.form) ? typed : token.form;
}

function isBelievable(typed: string, form: string): boolean {
  return (SERVICE_WORDS.has(form) || SIGN_WORDS.has(form)) && slips(typed, form) <= 1;
}
