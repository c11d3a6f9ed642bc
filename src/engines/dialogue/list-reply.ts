import type { Facility } from '../../domain/facility.js';
import { type Phrase, phrase } from '../../domain/phrase.js';
import type { ChoiceDraft, ReplyDraft } from '../../domain/reply.js';
import type { SearchMemory, SearchPlace } from '../../domain/session.js';
import { dayOf, type Instant, type Zone, zoneAbbreviation } from '../../domain/time.js';
import type { Directory } from '../../ports/directory.js';
import { MENU_CHOICE, reportChoice } from './choices.js';
import { basisLines, facilityBlock, hoursOf, serviceName, sharedLines } from './facility-lines.js';
import { type Found, lookFor, type SearchResult, tier } from './search.js';
import type { SceneContext, Whereabouts } from './turn.js';
import { whereabouts } from './whereabouts.js';

/** One page of a search, with the moment and the zone it is told in. */
export interface ListPage {
  readonly result: SearchResult;
  readonly page: readonly Found[];
  readonly more: boolean;
  readonly memory: SearchMemory;
  readonly where: Whereabouts;
  readonly at: Instant;
  readonly zone: Zone;
}

/** Lines set directly below each other. */
export function block(lines: readonly Phrase[]): Phrase {
  return phrase('facility:line.block', { lines });
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

/** The answer in one line: what is open, how surely, when and where. */
function headline({ page, memory, where, at, zone }: ListPage): Phrase {
  const words = { when: whenWords(memory, at, zone), where: whereWords(memory.place, where) };
  const [first] = page;
  if (!first) {
    return phrase(memory.only24h ? 'dialogue:find.none_24h' : 'dialogue:find.none_recorded', {
      where: where.area?.name ?? whereWords(memory.place, where),
    });
  }
  const open = page.filter((found) => tier(found) === 0);
  const assumed = open.filter((found) => found.services[0]?.answer.grade === 'assumed').length;
  const best = Math.min(...page.map(tier));
  const [asked] = memory.services;
  if (asked !== undefined && asked !== 'outpatient') {
    const service = serviceName(asked, null);
    if (best === 0) {
      const allAssumed = assumed === open.length;
      return phrase(allAssumed ? 'dialogue:find.service_open_assumed' : 'dialogue:find.service_open', {
        service,
        ...words,
      });
    }
    return phrase(best === 3 ? 'dialogue:find.service_closed' : 'dialogue:find.service_unclear', { service, ...words });
  }
  if (best === 0) {
    if (assumed === 0) return phrase('dialogue:find.open', words);
    const onlyAssumed = page.every((found) => tier(found) !== 1) && assumed === open.length;
    return phrase(onlyAssumed ? 'dialogue:find.open_assumed' : 'dialogue:find.open_mixed', words);
  }
  if (best === 1) {
    const unclear = page.some((found) => tier(found) === 1 && found.services[0]?.answer.state === 'unknown');
    return phrase(unclear ? 'dialogue:find.ugd_open_unclear' : 'dialogue:find.ugd_open', words);
  }
  return phrase(best === 2 ? 'dialogue:find.unclear' : 'dialogue:find.closed', words);
}

/** A page of a list: the headline, what holds for all, each facility, where else to go, and what it all rests on. */
export function listReply(context: SceneContext, list: ListPage): ReplyDraft {
  const { result, page, more, memory, where, at, zone } = list;
  const { directory } = context.world;
  const numbered = context.last;
  const ofRegion = memory.place.kind === 'area' && where.area?.level === 'kabupaten_kota';
  // Beside another answer a whole kabupaten is told by names alone: the way there belongs to the kecamatan.
  const compact = ofRegion && more && !numbered;
  const shared = sharedLines(page, at, zone, directory);
  const blocks = page.map((found, index) =>
    facilityBlock(found, numbered ? index + 1 : null, at, zone, directory, { said: shared, compact }),
  );
  const paragraphs: Phrase[] = [
    block([headline(list), ...shared]),
    ...(compact ? [block(blocks.flat())] : blocks.map(block)),
    ...(memory.offset === 0 ? elsewhereWords(list, directory) : []),
    block(basisLines([...page, ...result.elsewhere], zone)),
  ];
  if (ofRegion && more) {
    paragraphs.push(phrase('dialogue:find.narrow', { shown: page.length, count: result.found.length }));
  }
  return { type: 'text', paragraphs, choices: numbered ? listChoices(page, more) : [] };
}

/** Where to go when nothing asked about is open: what is open elsewhere, and a hospital told as not confirmed. */
function elsewhereWords({ result, at, zone }: ListPage, directory: Directory): readonly Phrase[] {
  const words: Phrase[] = [];
  if (result.elsewhere.length > 0) {
    words.push(
      phrase('dialogue:find.elsewhere'),
      ...result.elsewhere.map((found) => block(facilityBlock(onlyOpen(found), null, at, zone, directory))),
    );
  }
  const { hospital } = result;
  if (hospital?.km != null) {
    const distance = { km: hospital.km, approximate: true };
    words.push(
      phrase('dialogue:find.hospital_hint', {
        name: hospital.facility.name,
        distance: phrase('dialogue:find.hospital_distance', { distance }),
      }),
    );
  }
  return words;
}

/** Elsewhere is named for what is open there; the rest would only be long. */
function onlyOpen(found: Found): Found {
  return { ...found, services: found.services.filter(({ answer }) => answer.state === 'open') };
}

function listChoices(page: readonly Found[], more: boolean): readonly ChoiceDraft[] {
  const choices: ChoiceDraft[] = page.map(({ facility }) => ({
    id: `facility:${facility.id}`,
    label: phrase('facility:page.title', { name: facility.name }),
    inText: true,
  }));
  if (more) choices.push({ id: 'more', label: phrase('dialogue:find.more') });
  const [only, second] = page;
  if (!only) return [...choices, MENU_CHOICE];
  return [...choices, MENU_CHOICE, reportChoice(second ? null : only.facility.id)];
}

/** The answer to "is X open?": the facility alone, today's hours when they were asked for, and where else to go when it is not. */
export function facilityReply(context: SceneContext, { page, memory, at, zone }: ListPage): ReplyDraft {
  const { words, world } = context;
  const { directory } = world;
  const [found] = page;
  if (!found) return { type: 'text', paragraphs: [phrase('dialogue:info.ask_facility')], choices: [MENU_CHOICE] };
  const { facility } = found;
  const [, ...lines] = facilityBlock(found, null, at, zone, directory);
  const paragraphs: Phrase[] = [
    block([
      phrase('facility:page.title', { name: facility.name }),
      phrase(memory.at === null ? 'dialogue:find.facility_now' : 'dialogue:find.facility_then', {
        moment: { moment: at, zone, style: 'dayClock' },
        zone: zoneAbbreviation(zone),
      }),
      ...lines,
      ...(words.asks.hours ? dayLine(found, { at, now: context.turn.now, zone }, directory) : []),
      ...(words.wants24h ? plannedLine(facility, at, directory) : []),
    ]),
  ];
  const shown = [found];
  const other = tier(found) > 1 ? alternative(found, memory, at, directory) : null;
  if (other) {
    shown.push(other);
    paragraphs.push(phrase('dialogue:find.elsewhere'), block(facilityBlock(other, null, at, zone, directory)));
  }
  paragraphs.push(block(basisLines(shown, zone)));
  const details = { id: `facility:${facility.id}`, label: phrase('dialogue:info.details') };
  return { type: 'text', paragraphs, choices: context.last ? [details, MENU_CHOICE, reportChoice(facility.id)] : [] };
}

/** The hours of the day that was asked about; another day than today is named. */
function dayLine(
  found: Found,
  { at, now, zone }: { readonly at: Instant; readonly now: Instant; readonly zone: Zone },
  directory: Directory,
): readonly Phrase[] {
  const service = found.services[0]?.service ?? 'outpatient';
  const stretches = directory.dayPlan(found.facility, service, dayOf(at, zone));
  // Where nothing is sure, the state above has said so already.
  if (!stretches.some(({ state }) => state === 'open')) return [];
  const hours = hoursOf(stretches, zone);
  if (dayOf(at, zone) === dayOf(now, zone)) return [phrase('facility:line.today', { hours })];
  return [phrase('facility:line.that_day', { day: { moment: at, zone, style: 'day' }, hours })];
}

/** A plan for round-the-clock care is told as a plan, to whoever asks for it. */
export function plannedLine(facility: Facility, at: Instant, directory: Directory): readonly Phrase[] {
  const planned = (['outpatient', 'ugd'] as const).some((service) =>
    directory.statements(facility, service, at).some((statement) => statement.standing === 'planned'),
  );
  return planned ? [phrase('facility:line.planned_24h')] : [];
}

/** The nearest other place that is open for the same service, or as an emergency unit. */
function alternative(found: Found, memory: SearchMemory, at: Instant, directory: Directory): Found | null {
  const { point } = whereabouts(memory.place, directory);
  if (point === null) return null;
  const service = memory.services[0] ?? 'outpatient';
  const other = (facility: Facility) => facility.id !== found.facility.id && facility.status === 'operating';
  for (const kind of service === 'outpatient' ? (['outpatient', 'ugd'] as const) : [service]) {
    const [near] = directory.nearestOpen(point, ['puskesmas', 'hospital'], kind, at, 1, 30, other);
    if (near) return lookFor(near.facility, near, { services: [kind], only24h: false, at }, directory);
  }
  return null;
}
