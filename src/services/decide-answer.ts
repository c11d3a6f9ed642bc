import type { KeptAbout } from '../domain/kept-about.js';
import type { Instant } from '../domain/time.js';
import type { World } from '../engines/dialogue/index.js';
import { causeOf, type Log } from '../log.js';
import type { TurnStart } from '../ports/inbox.js';
import { type Conversed, converse, type Standing } from './converse.js';
import { answerLinkRequest, type LinkingParts, linkRequest } from './link-contacts.js';
import { answerWith, inTrouble, slowDown, withApology } from './plain-answers.js';
import type { TakenIn } from './take-in.js';
import { turnId } from './turn-id.js';

export interface DecidingParts {
  /** The data as it is now; a turn keeps the picture that it began with. */
  readonly world: () => World;
  readonly log: Log;
  /** For linking two channels of one person; left out: nobody can. */
  readonly linking?: Omit<LinkingParts, 'now'>;
  /** What else is kept of somebody who asks for it; left out: only what a turn begins with is told. */
  readonly kept?: (contactId: string) => Promise<KeptAbout>;
}

/** What is answered to a message, from where the talk stands. Nothing is written or sent, except for the code of a link. */
export async function decideAnswer(
  parts: DecidingParts,
  taken: TakenIn,
  start: TurnStart,
  now: Instant,
): Promise<Conversed> {
  if (taken.tooMany) return slowDown(start.facts, start.session, now);
  return (await linked(parts, taken, start, now)) ?? late(taken, await knowing(parts, taken, start, now), now);
}

/** The answer to "hubungkan", which needs the store before it can be decided; null when it is about something else. */
async function linked(
  parts: DecidingParts,
  { look }: TakenIn,
  start: TurnStart,
  now: Instant,
): Promise<Conversed | null> {
  const request = look.body.type === 'text' && look.emergency === null ? linkRequest(look.body.text) : null;
  if (request === null || !parts.linking) return null;
  const linking = { ...parts.linking, now: () => now };
  const text = await answerLinkRequest(linking, start.contactId, request, start.facts.language);
  return answerWith(text, start.facts, start.session, now);
}

/** A late answer begins with an apology, except in an emergency: there the first words are what to do. */
function late({ message, look }: TakenIn, decided: Conversed, now: Instant): Conversed {
  const urgent = look.emergency !== null || decided.trace.emergency !== null;
  return urgent ? decided : withApology(message, decided, now);
}

/** What is kept of a person is looked up only for who asks for it: then the same turn is decided again. */
async function knowing(parts: DecidingParts, taken: TakenIn, start: TurnStart, now: Instant): Promise<Conversed> {
  const decided = decide(parts, taken, start, now);
  if (!decided.wantsKept || !parts.kept) return decided;
  return decide(parts, taken, start, now, { kept: await parts.kept(start.contactId) });
}

/** A fault of ours must not leave a person without an answer: each further try has less to trip over. */
function decide(
  { world, log }: DecidingParts,
  { message, look }: TakenIn,
  start: TurnStart,
  now: Instant,
  kept: Pick<Standing, 'kept'> = {},
): Conversed {
  const { session, conversation } = start;
  const language = session === null ? (message.language ?? start.facts.language) : start.facts.language;
  const contact = { ...start.facts, language };
  const talk = conversation === undefined ? {} : { conversation };
  for (const standing of [
    { contact, session, ...talk, ...kept },
    { contact, session: null, ...talk },
  ]) {
    try {
      return converse(message, look, standing, world(), now);
    } catch (error) {
      log.error('turn could not be decided', { turn: turnId(message.id), ...causeOf(error) });
    }
  }
  return inTrouble(contact);
}
