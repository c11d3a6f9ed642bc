import type { Facility, ServiceKind } from '../../../domain/facility.js';
import { type Phrase, phrase } from '../../../domain/phrase.js';
import type { ChoiceDraft, ReplyDraft } from '../../../domain/reply.js';
import type { SearchMemory, SearchPlace } from '../../../domain/session.js';
import { type Instant, type Zone, zoneAbbreviation } from '../../../domain/time.js';
import type { Directory } from '../../../ports/directory.js';
import { MENU_CHOICE } from '../choices.js';
import { basisLines, facilityBlock, serviceName, sharedLines } from '../facility-lines.js';
import { askWhich, outsidePlace, placeOf } from '../place-answer.js';
import { type Found, type SearchResult, search, tier, traceOf } from '../search.js';
import type { Scene, SceneContext, SceneResult, Whereabouts } from '../turn.js';
import { whereabouts } from '../whereabouts.js';

const PAGE = 5;
/** When the nearest place that is surely open is farther than this, a nearer hospital is named too. */
const FAR_KM = 10;

/** "Puskesmas mana yang buka?": asks for a place when none is known, then lists what is open there. */
export const findFacility: Scene = {
  open: (context) => {
    const { words, session } = context;
    const services = servicesAsked(context);
    const at = askedInstant(context);
    if (words.time?.kind === 'unknown_feast') return unknownFeast(context, words.time.name);
    const asked = words.place;
    if (asked?.kind === 'outside') return outsidePlace(context, 'open_now', asked.name);
    const waiting = { scene: 'find_facility' as const, services, only24h: words.wants24h, at };
    if (asked?.kind === 'ambiguous') return askWhich(context, 'open_now', asked, waiting);
    const place = asked ? placeOf(asked) : words.followUp === 'near_me' ? null : (session.search?.place ?? null);
    if (place === null) return askPlace(context, waiting);
    return showList(context, { place, services, only24h: words.wants24h, at, offset: 0 });
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
    if (words.place.kind === 'ambiguous') return askWhich(context, 'open_now', words.place, changed);
    return showList(context, { ...changed, place: placeOf(words.place), offset: 0 });
  },
};

/** A hospital that is open, with no service named, means its emergency room: of nothing else does it tell hours. */
function servicesAsked({ words, turn }: SceneContext): readonly ServiceKind[] {
  const hospital = / (rumah sakit|rs|rsud) /.test(` ${turn.normal?.text ?? ''} `);
  return words.services.length === 0 && hospital && words.place?.kind !== 'facility' ? ['ugd'] : words.services;
}

/** The instant that the words name; null for now. */
export function askedInstant({ words }: SceneContext): Instant | null {
  return words.time?.kind === 'moment' && words.time.precision !== 'now' ? words.time.at : null;
}

function unknownFeast(context: SceneContext, name: string): SceneResult {
  return {
    intent: 'open_now',
    replies: [
      { type: 'text', paragraphs: [phrase('dialogue:find.unknown_feast', { name })], choices: [], askLocation: false },
    ],
    session: { awaiting: null, search: context.session.search },
  };
}

function askPlace(
  { contact, world }: SceneContext,
  waiting: { scene: 'find_facility'; services: readonly ServiceKind[]; only24h: boolean; at: Instant | null },
): SceneResult {
  const region = contact.regionCode === null ? null : world.directory.region(contact.regionCode);
  const question = region
    ? phrase('dialogue:find.ask_place_in', { region: region.name })
    : phrase('dialogue:find.ask_place');
  return {
    intent: 'open_now',
    replies: [{ type: 'text', paragraphs: [question], choices: [], askLocation: true }],
    session: { awaiting: waiting },
  };
}

/** Runs the remembered or new search and shows one page of it. */
export function showList(context: SceneContext, memory: SearchMemory): SceneResult {
  const { turn, world } = context;
  const { directory } = world;
  const where = whereabouts(memory.place, directory);
  const zone = where.region?.zone ?? context.zone;
  const at = memory.at ?? turn.now;
  const result = search({ place: memory.place, services: memory.services, only24h: memory.only24h, at }, directory);
  const page = result.found.slice(memory.offset, memory.offset + PAGE);
  if (page.length === 0 && memory.offset > 0) return noMore(memory);
  const more = result.found.length > memory.offset + PAGE;
  const reply =
    memory.place.kind === 'facility'
      ? oneFacility(context, page, memory, at, zone)
      : list(context, result, page, more, memory, where, at, zone);
  const told = [...page, ...(memory.offset === 0 ? result.elsewhere : [])];
  const best = Math.min(3, ...told.map((found) => tier(found, at, directory)));
  return {
    intent: 'open_now',
    replies: [reply],
    session: { awaiting: null, search: memory },
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

function whenWords(memory: SearchMemory, at: Instant, zone: Zone): Phrase {
  return phrase(memory.at === null ? 'dialogue:find.now' : 'dialogue:find.then', {
    moment: { moment: at, zone, style: 'dayClock' },
    zone: zoneAbbreviation(zone),
  });
}

function whereWords(place: SearchPlace, where: Whereabouts): Phrase {
  const name = where.area?.name ?? '';
  if (place.kind === 'point') return phrase('dialogue:find.where_near');
  if (where.area?.level === 'kecamatan') return phrase('dialogue:find.where_kecamatan', { name });
  if (where.area?.level === 'kelurahan_desa') return phrase('dialogue:find.where_kelurahan', { name });
  return phrase('dialogue:find.where_area', { name });
}

function headline(
  page: readonly Found[],
  memory: SearchMemory,
  where: Whereabouts,
  at: Instant,
  zone: Zone,
  directory: Directory,
): Phrase {
  const words = { when: whenWords(memory, at, zone), where: whereWords(memory.place, where) };
  const [first] = page;
  if (!first) {
    return phrase(memory.only24h ? 'dialogue:find.none_24h' : 'dialogue:find.none_recorded', {
      where: where.area?.name ?? whereWords(memory.place, where),
    });
  }
  const best = tier(first, at, directory);
  const [asked] = memory.services;
  if (asked !== undefined && asked !== 'outpatient') {
    const service = serviceName(asked, null);
    if (best === 0) return phrase('dialogue:find.service_open', { service, ...words });
    return phrase(best === 3 ? 'dialogue:find.service_closed' : 'dialogue:find.service_unclear', { service, ...words });
  }
  if (best === 0) {
    const open = page.filter((found) => tier(found, at, directory) === 0);
    const assumed = open.filter((found) => found.services[0]?.answer.grade === 'assumed').length;
    if (assumed === 0) return phrase('dialogue:find.open', words);
    return phrase(assumed === open.length ? 'dialogue:find.open_assumed' : 'dialogue:find.open_mixed', words);
  }
  if (best === 1) {
    const unclear = first.services[0]?.answer.state === 'unknown';
    return phrase(unclear ? 'dialogue:find.ugd_open_unclear' : 'dialogue:find.ugd_open', words);
  }
  return phrase(best === 2 ? 'dialogue:find.unclear' : 'dialogue:find.closed', words);
}

function list(
  context: SceneContext,
  result: SearchResult,
  page: readonly Found[],
  more: boolean,
  memory: SearchMemory,
  where: Whereabouts,
  at: Instant,
  zone: Zone,
): ReplyDraft {
  const { directory } = context.world;
  const numbered = context.last;
  const shared = sharedLines(page, at, zone, directory);
  // Of a whole kabupaten a few names are shown; the way there is told once the kecamatan is known.
  const compact = memory.place.kind === 'area' && where.area?.level === 'kabupaten_kota' && more;
  const paragraphs: Phrase[] = [block([headline(page, memory, where, at, zone, directory), ...shared])];
  const heads: Phrase[] = [];
  page.forEach((found, index) => {
    const lines = facilityBlock(found, numbered ? index + 1 : null, at, zone, directory, { said: shared, compact });
    if (compact) heads.push(...lines);
    else paragraphs.push(block(lines));
  });
  if (compact) paragraphs.push(block(heads));
  if (memory.offset === 0) paragraphs.push(...elsewhereWords(result, memory, where, at, zone, directory));
  const basis = basisLines([...page, ...result.elsewhere], zone);
  if (basis.length > 0) paragraphs.push(block(basis));
  if (compact) {
    paragraphs.push(phrase('dialogue:find.narrow', { shown: page.length, count: result.found.length }));
  }
  return { type: 'text', paragraphs, choices: numbered ? listChoices(page, more) : [] };
}

/** Where to go when nothing asked about is open: an open emergency unit, else the nearest general hospital, told as not confirmed. */
function elsewhereWords(
  result: SearchResult,
  memory: SearchMemory,
  where: Whereabouts,
  at: Instant,
  zone: Zone,
  directory: Directory,
): readonly Phrase[] {
  const [nearest] = result.elsewhere;
  const words: Phrase[] = [];
  if (nearest) {
    words.push(
      phrase('dialogue:find.elsewhere'),
      ...result.elsewhere.map((found) => block(facilityBlock(found, null, at, zone, directory))),
    );
  }
  const anyOpen = result.found.some((found) => tier(found, at, directory) <= 1);
  const mayBeUrgent =
    memory.services.every((service) => service === 'outpatient' || service === 'ugd') &&
    result.found.every((found) => found.facility.kind !== 'hospital');
  if (anyOpen || !mayBeUrgent || where.point === null || (nearest?.km ?? FAR_KM) < FAR_KM) return words;
  const general = (facility: Facility) => facility.status === 'operating' && facility.scope === 'general';
  const [hospital] = directory.nearest(where.point, ['hospital'], 1, general, 100);
  if (hospital && (nearest?.km ?? Number.POSITIVE_INFINITY) > hospital.km) {
    words.push(
      phrase('dialogue:find.hospital_hint', {
        name: hospital.facility.name,
        distance: phrase('dialogue:find.hospital_distance', { distance: { km: hospital.km, approximate: true } }),
      }),
    );
  }
  return words;
}

function listChoices(page: readonly Found[], more: boolean): readonly ChoiceDraft[] {
  const choices: ChoiceDraft[] = page.map(({ facility }) => ({
    id: `facility:${facility.id}`,
    label: phrase('facility:page.title', { name: facility.name }),
    inText: true,
  }));
  if (more) choices.push({ id: 'more', label: phrase('dialogue:find.more') });
  return [...choices, MENU_CHOICE];
}

/** The answer to "is X open?": the facility alone, and where else to go when it is not. */
function oneFacility(
  context: SceneContext,
  page: readonly Found[],
  memory: SearchMemory,
  at: Instant,
  zone: Zone,
): ReplyDraft {
  const { directory } = context.world;
  const [found] = page;
  if (!found) return { type: 'text', paragraphs: [phrase('dialogue:info.ask_facility')], choices: [] };
  const [, ...lines] = facilityBlock(found, null, at, zone, directory);
  const paragraphs: Phrase[] = [
    block([
      phrase('facility:page.title', { name: found.facility.name }),
      phrase(memory.at === null ? 'dialogue:find.facility_now' : 'dialogue:find.facility_then', {
        moment: { moment: at, zone, style: 'dayClock' },
        zone: zoneAbbreviation(zone),
      }),
      ...lines,
    ]),
  ];
  const shown = [found];
  if (tier(found, at, directory) > 1) {
    const other = alternative(found, memory, at, directory);
    if (other) {
      shown.push(other);
      paragraphs.push(phrase('dialogue:find.elsewhere'), block(facilityBlock(other, null, at, zone, directory)));
    }
  }
  const basis = basisLines(shown, zone);
  if (basis.length > 0) paragraphs.push(block(basis));
  const choices: ChoiceDraft[] = [
    {
      id: `facility:${found.facility.id}`,
      label: phrase('dialogue:info.details'),
    },
    MENU_CHOICE,
  ];
  return { type: 'text', paragraphs, choices: context.last ? choices : [] };
}

/** The nearest other place that is open for the same service, or as an emergency unit. */
function alternative(found: Found, memory: SearchMemory, at: Instant, directory: Directory): Found | null {
  const { point } = whereabouts(memory.place, directory);
  if (point === null) return null;
  const service = memory.services[0] ?? 'outpatient';
  const other = (facility: Facility) => facility.id !== found.facility.id && facility.status === 'operating';
  for (const kind of service === 'outpatient' ? (['outpatient', 'ugd'] as const) : [service]) {
    const [near] = directory.nearestOpen(point, ['puskesmas', 'hospital'], kind, at, 1, 30, other);
    if (near) {
      const services = [{ service: kind, answer: directory.openAt(near.facility, kind, at) }];
      return { facility: near.facility, km: near.km, approximate: near.approximate, services };
    }
  }
  return null;
}

/** Lines set directly below each other. */
export function block(lines: readonly Phrase[]): Phrase {
  return phrase('facility:line.block', { lines });
}
