import type { NormalText } from '../language/index.js';
import { decideIntents } from './intent/decide.js';
import { findSigns, SIGN_WORDS } from './intent/signs.js';
import { asksOf, followUpOf, ordinalOf, yesNoOf } from './intent/small-words.js';
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
  const sober = withoutWildGuesses(normal);
  const found = findServices(sober);
  const services = found.map((one) => one.service);
  const mentions = findPlaces(normal.raw, world, services.length > 0);
  const place = placeAsked(mentions);
  const time = findTime(normal, world);
  const signs = findSigns(sober);
  return {
    intents: decideIntents({ normal: sober, signs, place, services: found, time }),
    place,
    mentions,
    services,
    time,
    wants24h: signs.has('round_the_clock'),
    wantsOpenOnly: signs.has('open_only'),
    asks: asksOf(signs),
    ordinal: ordinalOf(sober),
    followUp: followUpOf(signs),
    yesNo: yesNoOf(sober),
  };
}

/**
 * Normalising reads misspelt words as words of illness, since there a miss costs most; here such a guess counts
 * only where it is one slip from a word that these finders look for, or a name or greeting would become an illness.
 */
function withoutWildGuesses(normal: NormalText): NormalText {
  if (!normal.tokens.some((token) => token.guessed)) return normal;
  const tokens = normal.tokens.map((token) => {
    const typed = token.raw.toLowerCase();
    return token.guessed && !isBelievable(typed, token.form) ? { ...token, form: typed } : token;
  });
  return { ...normal, tokens, text: tokens.map((token) => token.form).join(' ') };
}

function isBelievable(typed: string, form: string): boolean {
  return (SERVICE_WORDS.has(form) || SIGN_WORDS.has(form)) && slips(typed, form) <= 1;
}
