import type { FacilityKind, ServiceKind } from '../../../domain/facility.js';
import { phrase } from '../../../domain/phrase.js';
import {
  ANYTHING,
  type Awaiting,
  type SearchMemory,
  type SearchPlace,
  type Session,
  type Sought,
} from '../../../domain/session.js';
import type { Instant } from '../../../domain/time.js';
import { MENU_CHOICE } from '../choices.js';
import { facilityReply, listReply } from '../list-reply.js';
import { askWhich, outsidePlace, placeOf } from '../place-answer.js';
import { search, tier, traceOf } from '../search.js';
import type { Scene, SceneContext, SceneResult } from '../turn.js';
import { whereabouts } from '../whereabouts.js';

const PAGE = 5;

/** "Puskesmas mana yang buka?": asks for a place when none is known, then lists what is open there. */
export const findFacility: Scene = {
  open: (context) => {
    const { words, session } = context;
    const services = servicesAsked(context);
    const at = askedInstant(context);
    const asked = words.place;
    if (words.time?.kind === 'unknown_feast') return unknownFeast(context, words.time.name);
    if (asked?.kind === 'outside') return outsidePlace(context, 'open_now', asked.name);
    const kinds = kindsAsked(context);
    const waiting = { scene: 'find_facility' as const, services, kinds, only24h: words.wants24h, at };
    if (asked?.kind === 'ambiguous') return askWhich('open_now', asked, waiting);
    const place = asked ? placeOf(asked) : words.followUp === 'near_me' ? null : placeBefore(session, words.wants24h);
    if (place === null) return askPlace(context, waiting);
    return showList(context, { place, services, kinds, only24h: words.wants24h, at, offset: 0 });
  },

  answer: (context) => {
    const { session, words } = context;
    const waiting = session.awaiting;
    if (waiting?.scene !== 'find_facility' || words.place === null) return null;
    if (words.place.kind === 'outside') return outsidePlace(context, 'open_now', words.place.name);
    const changed = {
      ...waiting,
      services: words.services.length > 0 ? words.services : waiting.services,
      only24h: words.wants24h || waiting.only24h,
      at: askedInstant(context) ?? waiting.at,
    };
    if (words.place.kind === 'ambiguous') return askWhich('open_now', words.place, changed);
    return showList(context, { ...changed, place: placeOf(words.place), offset: 0 });
  },
};

/** Without a place the question is about the facility just shown, else about where was searched before. */
function placeBefore({ subject, search }: Session, wantsList: boolean): SearchPlace | null {
  if (subject !== null && !wantsList) return { kind: 'facility', id: subject };
  return search?.place ?? null;
}

/** A hospital that is open, with no service named, means its emergency room: of nothing else does it tell hours. */
function servicesAsked(context: SceneContext): readonly ServiceKind[] {
  const { words } = context;
  const hospital =
    words.services.length === 0 && words.place?.kind !== 'facility' && kindsAsked(context).includes('hospital');
  return hospital ? ['ugd'] : words.services;
}

/** "Rumah sakit mana": only hospitals. Of private clinics nothing is recorded; a puskesmas is the nearest to what is meant. */
function kindsAsked({ words }: SceneContext): readonly FacilityKind[] {
  return words.kinds.map((kind) => (kind === 'clinic' ? 'puskesmas' : kind));
}

/** The instant that the words name; null for now. */
export function askedInstant({ words }: SceneContext): Instant | null {
  return words.time?.kind === 'moment' && words.time.precision !== 'now' ? words.time.at : null;
}

/** The date is asked for, and what it was asked of is kept, so that "20 Maret" alone is an answer. */
function unknownFeast(context: SceneContext, name: string): SceneResult {
  const { words, session } = context;
  const asked = words.place;
  const place = asked?.kind === 'area' || asked?.kind === 'facility' ? placeOf(asked) : session.search?.place;
  const memory = { services: words.services, kinds: kindsAsked(context), only24h: words.wants24h, at: null };
  return {
    intent: 'open_now',
    replies: [
      {
        type: 'text',
        paragraphs: [phrase('dialogue:find.unknown_feast', { name })],
        choices: [MENU_CHOICE],
      },
    ],
    session: place
      ? { awaiting: null, search: { ...memory, place, offset: 0 } }
      : { awaiting: { scene: 'find_facility', ...memory } },
  };
}

function askPlace(
  { contact, world }: SceneContext,
  waiting: Extract<Awaiting, { scene: 'find_facility' }>,
): SceneResult {
  const region = contact.regionCode === null ? null : world.directory.region(contact.regionCode);
  const question = region
    ? phrase('dialogue:find.ask_place_in', { region: region.name })
    : phrase('dialogue:find.ask_place');
  return {
    intent: 'open_now',
    replies: [{ type: 'text', paragraphs: [question], choices: [MENU_CHOICE], askLocation: true }],
    session: { awaiting: waiting },
  };
}

/** What was asked for before its place was known, at that place; without such a question, whatever is open. */
export function showAt(context: SceneContext, place: SearchPlace): SceneResult {
  const { awaiting } = context.session;
  const { services, kinds, only24h, at }: Sought = awaiting?.scene === 'find_facility' ? awaiting : ANYTHING;
  return showList(context, { place, services, kinds, only24h, at, offset: 0 });
}

/** Runs the remembered or new search and shows one page of it. */
export function showList(context: SceneContext, memory: SearchMemory): SceneResult {
  const { turn, world } = context;
  const { directory } = world;
  const where = whereabouts(memory.place, directory);
  const zone = where.region?.zone ?? context.zone;
  const at = memory.at ?? turn.now;
  const result = search({ ...memory, at }, directory);
  const page = result.found.slice(memory.offset, memory.offset + PAGE);
  if (page.length === 0 && memory.offset > 0) return noMore(memory);
  const more = result.found.length > memory.offset + PAGE;
  const list = { result, page, more, memory, where, at, zone };
  const reply = memory.place.kind === 'facility' ? facilityReply(context, list) : listReply(context, list);
  const beyond = [...result.elsewhere, ...(result.hospital ? [result.hospital] : [])];
  const told = [...page, ...(memory.offset === 0 ? beyond : [])];
  const best = Math.min(3, ...told.map(tier));
  return {
    intent: 'open_now',
    replies: [reply],
    session: {
      awaiting: null,
      search: memory.place.kind === 'facility' ? (context.session.search ?? memory) : memory,
      subject: memory.place.kind === 'facility' ? memory.place.id : null,
    },
    contact: where.region ? { regionCode: where.region.code } : {},
    facilities: traceOf(told),
    events: [
      {
        kind: 'question_answered',
        intent: 'open_now',
        areaCode: where.area?.code ?? null,
        service: memory.services[0] ?? null,
        found: best <= 1 ? 'open' : best === 2 ? 'unknown' : 'none',
      },
    ],
  };
}

function noMore(memory: SearchMemory): SceneResult {
  return {
    intent: 'open_now',
    replies: [{ type: 'text', paragraphs: [phrase('dialogue:find.no_more')], choices: [MENU_CHOICE] }],
    session: { search: { ...memory, offset: 0 } },
  };
}
