import type { Facility, ServiceKind } from '../../../domain/facility.js';
import { type Phrase, phrase } from '../../../domain/phrase.js';
import type { ReplyDraft } from '../../../domain/reply.js';
import { ANYTHING } from '../../../domain/session.js';
import { DAY, dayOf, type Instant, offsetOf, type Zone, zoneAbbreviation } from '../../../domain/time.js';
import type { Directory } from '../../../ports/directory.js';
import { MENU_CHOICE, reportChoice } from '../choices.js';
import { basisLines, hoursOf, mapLine, phoneLine, serviceLine, serviceName } from '../facility-lines.js';
import { block, plannedLine } from '../list-reply.js';
import { askWhich, outsidePlace } from '../place-answer.js';
import { lookFor, traceOf } from '../search.js';
import type { Scene, SceneContext, SceneResult } from '../turn.js';
import { regionOf } from '../whereabouts.js';
import { askedInstant, findFacility, showList } from './find-facility.js';

/** One facility's page: now, this week's hours, address, phone with its age, services, pin. */
export const facilityPage: Scene = {
  open: (context) => {
    const { words, session, world } = context;
    const asked = words.place;
    if (asked?.kind === 'outside') return outsidePlace(context, 'facility_info', asked.name);
    if (asked?.kind === 'ambiguous') return askWhich('facility_info', asked, { scene: 'facility_info' });
    if (asked?.kind === 'facility') return showFacility(context, asked.facility);
    if (words.asks.phone && words.services.includes('ambulance')) return tellNumbers(context);
    if (asked?.kind === 'area') return withinArea(context, asked.area.code);
    const remembered = session.subject === null ? null : world.directory.facility(session.subject);
    if (remembered) return showFacility(context, remembered);
    if (isServiceWithoutPlace(context)) return { ...findFacility.open(context), intent: 'facility_info' };
    const listed = listedBefore(context);
    if (words.services.length === 0 && listed.length > 0) return chooseAmong(context, listed);
    const memory = session.search?.place;
    if (memory?.kind === 'area') return withinArea(context, memory.code);
    return askFacility(context);
  },

  answer: (context) => {
    if (context.session.awaiting?.scene !== 'facility_info' || context.words.place === null) return null;
    return facilityPage.open(context);
  },
};

/** "Imunisasi di mana ya": whoever names no place looks for the service, and knows no name to tell. */
function isServiceWithoutPlace({ words, session }: SceneContext): boolean {
  const { asks, services } = words;
  return services.length > 0 && session.search === null && !asks.phone && !asks.event && !asks.doctors;
}

/** The facilities of the list that was answered last: "nomornya?" is of one of these. */
function listedBefore({ session, world }: SceneContext): readonly Facility[] {
  const ids = session.offered.filter((id) => id.startsWith('facility:')).map((id) => id.slice('facility:'.length));
  return ids.flatMap((id) => world.directory.facility(id) ?? []);
}

function askFacility({ contact, world, words }: SceneContext): SceneResult {
  const region = contact.regionCode === null ? null : world.directory.region(contact.regionCode);
  const paragraphs: Phrase[] = [...notRecorded(words), phrase('dialogue:info.ask_facility')];
  if (words.asks.phone) paragraphs.push(emergencyNumbers(region?.code ?? null, world.directory));
  return {
    intent: 'facility_info',
    replies: [{ type: 'text', paragraphs, choices: [MENU_CHOICE] }],
    session: { awaiting: { scene: 'facility_info' } },
  };
}

/** "Nomor ambulans?": the region's emergency numbers, without another question. */
function tellNumbers({ words, contact, world }: SceneContext): SceneResult {
  const code = words.place?.kind === 'area' ? words.place.area.code : contact.regionCode;
  const region = code === null ? null : regionOf(code, world.directory);
  return {
    intent: 'facility_info',
    replies: [
      {
        type: 'text',
        paragraphs: [emergencyNumbers(region?.code ?? null, world.directory)],
        choices: [MENU_CHOICE],
      },
    ],
    contact: region ? { regionCode: region.code } : {},
  };
}

/** A service asked about in an area is looked for; anything else needs to know which facility is meant. */
function withinArea(context: SceneContext, areaCode: string): SceneResult {
  const { services, asks } = context.words;
  if (services.length === 0 || asks.event || asks.doctors) return chooseWithin(context, areaCode);
  const sought = { ...ANYTHING, services, at: askedInstant(context) };
  const shown = showList(context, { ...sought, place: { kind: 'area', code: areaCode }, offset: 0 });
  return { ...shown, intent: 'facility_info' };
}

function emergencyNumbers(regionCode: string | null, directory: Directory): Phrase {
  const region = regionCode === null ? null : directory.region(regionCode);
  if (!region) return phrase('dialogue:info.emergency_number_any');
  const numbers = region.emergencyNumbers.filter((each) => each.confidence !== 'low').map((each) => each.number);
  return phrase('dialogue:info.emergency_numbers', { region: region.name, numbers: numbers.join(', ') });
}

/** What no data of ours tells is said before anything is asked: a posyandu's day, a doctor's hours. */
function notRecorded({ asks }: SceneContext['words']): readonly Phrase[] {
  if (asks.event) return [phrase('facility:page.event')];
  return asks.doctors ? [phrase('facility:page.doctors')] : [];
}

function chooseWithin(context: SceneContext, areaCode: string): SceneResult {
  const { directory } = context.world;
  const facilities = directory.within(areaCode, ['puskesmas']).slice(0, 8);
  if (facilities.length === 0) {
    // A village without one belongs to a puskesmas of its kecamatan.
    const around = directory.area(areaCode)?.parentCode ?? null;
    return around === null ? askFacility(context) : chooseWithin(context, around);
  }
  const chosen = chooseAmong(context, facilities);
  return facilities.length === 1 ? chosen : { ...chosen, contact: regionChange(areaCode, directory) };
}

function chooseAmong(context: SceneContext, facilities: readonly Facility[]): SceneResult {
  const [only, second] = facilities;
  if (only && !second) return showFacility(context, only);
  const paragraphs: Phrase[] = [...notRecorded(context.words), phrase('dialogue:info.choose')];
  return {
    intent: 'facility_info',
    replies: [
      {
        type: 'text',
        paragraphs,
        choices: [
          ...facilities.map((facility) => ({
            id: `facility:${facility.id}`,
            label: phrase('facility:page.title', { name: facility.name }),
          })),
          MENU_CHOICE,
        ],
      },
    ],
    session: { awaiting: { scene: 'facility_info' } },
  };
}

function regionChange(code: string, directory: Directory): { regionCode?: string } {
  const region = regionOf(code, directory);
  return region ? { regionCode: region.code } : {};
}

/** The page itself, as text and, where a point is recorded, as a pin. */
export function showFacility(context: SceneContext, facility: Facility): SceneResult {
  const { directory } = context.world;
  const zone = directory.region(facility.regionCode)?.zone ?? context.zone;
  const at = askedInstant(context) ?? context.turn.now;
  const asked = { services: context.words.services, only24h: false, at };
  const found = lookFor(facility, { km: null, approximate: false }, asked, directory);
  const hours = [
    block([
      phrase('facility:page.today', {
        day: { moment: at, zone, style: 'day' },
        clock: { moment: at, zone, style: 'clock' },
        zone: zoneAbbreviation(zone),
      }),
      ...nowLines(
        facility,
        found.services.map(({ service }) => service),
        at,
        zone,
        directory,
      ),
    ]),
    ...weekBlock(facility, context.turn.now, zone, directory),
  ];
  const paragraphs = [
    phrase('facility:page.title', { name: facility.name }),
    ...askedFirst(context, {
      hours,
      contact: [block(contactLines(facility))],
      services: servicesBlock(facility, at, context),
    }),
    block(basisLines([found], zone)),
  ];
  const replies: ReplyDraft[] = [
    { type: 'text', paragraphs, choices: context.last ? [MENU_CHOICE, reportChoice(facility.id)] : [] },
  ];
  if (facility.point) {
    replies.push({
      type: 'place',
      facility: facility.id,
      lat: facility.point.lat,
      lng: facility.point.lng,
      title: facility.name,
      address: facility.address ?? '',
    });
  }
  return {
    intent: 'facility_info',
    replies,
    session: {
      awaiting: null,
      subject: facility.id,
      search: context.session.search ?? {
        ...ANYTHING,
        place: { kind: 'facility', id: facility.id },
        offset: 0,
      },
    },
    contact: regionChange(facility.regionCode, directory),
    events: context.contact.consent === 'granted' ? [{ kind: 'facility_asked', facilityId: facility.id }] : [],
    facilities: traceOf([found]),
  };
}

interface PageParts {
  readonly hours: readonly Phrase[];
  readonly contact: readonly Phrase[];
  readonly services: readonly Phrase[];
}

/** The answer first: of "nomornya?" the telephone, of "layanannya apa saja?" the services, else the hours. */
function askedFirst({ words }: SceneContext, { hours, contact, services }: PageParts): readonly Phrase[] {
  const { asks, intents } = words;
  if (!intents.includes('open_now')) {
    if (asks.phone || asks.address || asks.map) return [...contact, ...hours, ...services];
    if (asks.services || asks.doctors || asks.event) return [...services, ...hours, ...contact];
  }
  return [...hours, ...contact, ...services];
}

function nowLines(
  facility: Facility,
  services: readonly ServiceKind[],
  at: Instant,
  zone: Zone,
  directory: Directory,
): readonly Phrase[] {
  const shown = new Set<ServiceKind>(services);
  if (directory.statements(facility, 'ugd', at).some((each) => each.standing !== 'planned')) shown.add('ugd');
  return [...shown].map((service) =>
    serviceLine(facility, service, directory.openAt(facility, service, at), at, zone, directory),
  );
}

/** Hours of outpatient care, and of the counter where they are recorded, for the next seven days; days alike on one line. */
export function weekBlock(facility: Facility, now: Instant, zone: Zone, directory: Directory): readonly Phrase[] {
  if (facility.status !== 'operating') return [];
  return (['outpatient', 'registration'] as const).flatMap((service) => {
    const stated = directory
      .statements(facility, service, now)
      .some((statement) => statement.standing === 'active' && statement.hours !== null);
    if (!stated && (service === 'registration' || facility.kind !== 'puskesmas')) return [];
    const days = Array.from({ length: 7 }, (_, ahead) => {
      const at = now + ahead * DAY;
      return { at, hours: hoursOf(directory.dayPlan(facility, service, dayOf(at, zone)), zone) };
    });
    return [
      phrase(stated ? 'facility:page.week' : 'facility:page.week_assumed', {
        service: serviceName(service, facility),
        days: daysAlike(days).map(({ first, last, hours }) =>
          phrase(first === last ? 'facility:page.day' : 'facility:page.days', {
            day: { moment: first, zone, style: 'weekday' },
            last: { moment: last, zone, style: 'weekday' },
            hours,
          }),
        ),
      }),
    ];
  });
}

interface DayHours {
  readonly at: Instant;
  readonly hours: Phrase;
}

/** Runs of days with the same hours. */
function daysAlike(days: readonly DayHours[]): readonly { first: Instant; last: Instant; hours: Phrase }[] {
  const runs: { first: Instant; last: Instant; hours: Phrase }[] = [];
  for (const { at, hours } of days) {
    const run = runs.at(-1);
    if (run && JSON.stringify(renderable(run.hours)) === JSON.stringify(renderable(hours))) run.last = at;
    else runs.push({ first: at, last: at, hours });
  }
  return runs;
}

/** Hours without their date, so that 07.30 today equals 07.30 tomorrow. */
function renderable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renderable);
  if (typeof value !== 'object' || value === null) return value;
  if ('moment' in value && 'zone' in value) return (Number(value.moment) + offsetOf(value.zone as Zone)) % DAY;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renderable(each)]));
}

function contactLines(facility: Facility): readonly Phrase[] {
  const lines: Phrase[] = [
    facility.address === null
      ? phrase('facility:page.address_unknown')
      : phrase('facility:page.address', { address: facility.address }),
    phoneLine(facility) ?? phrase('facility:page.phone_unknown'),
  ];
  const map = mapLine(facility);
  if (map) lines.push(map);
  if (map && facility.coordConfidence === 'low') lines.push(phrase('facility:line.point_disputed'));
  return lines;
}

function servicesBlock(facility: Facility, at: Instant, { words, world }: SceneContext): readonly Phrase[] {
  const named = (given: boolean): readonly Phrase[] => {
    const services = facility.services.filter(
      (each) => each.standing !== 'planned' && each.service !== 'registration' && (each.hours !== 'off') === given,
    );
    return [...new Set(services.map((each) => each.service))].map((service) => serviceName(service, facility));
  };
  const [given, absent] = [named(true), named(false)];
  const lines: Phrase[] = [
    given.length > 0
      ? phrase('facility:page.services', { list: { list: given } })
      : phrase('facility:page.services_none'),
  ];
  // Hours "off" are how the data says that a service is known not to be given.
  if (absent.length > 0) lines.push(phrase('facility:page.services_absent', { list: { list: absent } }));
  if (words.asks.doctors) lines.push(phrase('facility:page.doctors'));
  if (words.asks.event) lines.push(phrase('facility:page.event'));
  lines.push(...plannedLine(facility, at, world.directory));
  return [block(lines)];
}
