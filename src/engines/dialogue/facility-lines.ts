import type { Facility, Grade, OpenAnswer, Provenance, ServiceKind } from '../../domain/facility.js';
import { type MomentParam, type Phrase, type PhraseKey, phrase } from '../../domain/phrase.js';
import { CONFIRMED_BY_FACILITY } from '../../domain/report.js';
import { DAY, dayOf, HOUR, type Instant, MINUTE, wallClock, type Zone } from '../../domain/time.js';
import type { DayStretch, Directory } from '../../ports/directory.js';
import type { Found, FoundService } from './search.js';

const SOON = HOUR;
const SATURDAY = 6;
/** Enough changes to reach the next working day from any Saturday or row of holidays. */
const CHANGES_AHEAD = 8;

/** A clock time when it is on the same local day, else the day with it. */
function moment(at: Instant, now: Instant, zone: Zone): { moment: Instant; zone: Zone; style: 'clock' | 'dayClock' } {
  return { moment: at, zone, style: dayOf(at, zone) === dayOf(now, zone) ? 'clock' : 'dayClock' };
}

/** The name of the service as residents say it; a hospital's emergency unit is its IGD. */
export function serviceName(service: ServiceKind, facility: Facility | null): Phrase {
  return service === 'ugd' && facility?.kind === 'hospital'
    ? phrase('facility:igd')
    : phrase(`facility:service.${service}`);
}

function closedWords(
  facility: Facility,
  service: ServiceKind,
  answer: OpenAnswer,
  at: Instant,
  zone: Zone,
  directory: Directory,
): Phrase {
  const assumed = answer.grade === 'assumed';
  // Special hours close every evening and open again: only a closure lasts until its end.
  if (answer.because === 'exception' && answer.exception?.hours === null) {
    return phrase('facility:state.closed_exception', {
      reason: answer.exception.reason,
      until: moment(answer.exception.to, at, zone),
    });
  }
  if (answer.basis?.hours === 'off') return phrase('facility:state.not_given');
  let change = answer.until;
  let unclear: Instant | null = null;
  for (let step = 0; change !== null && step < CHANGES_AHEAD; step++) {
    const then = directory.openAt(facility, service, change);
    if (then.state === 'open') break;
    if (then.state === 'unknown') unclear ??= change;
    change = then.until;
  }
  if (change !== null && answer.holiday) {
    return phrase(assumed ? 'facility:state.closed_holiday_assumed' : 'facility:state.closed_holiday', {
      holiday: answer.holiday.name,
      until: moment(change, at, zone),
    });
  }
  if (unclear !== null && (change === null || dayOf(unclear, zone) !== dayOf(change, zone))) {
    const until = { moment: unclear, zone, style: 'day' as const };
    return phrase(assumed ? 'facility:state.closed_assumed_then_unclear' : 'facility:state.closed_then_unclear', {
      until,
    });
  }
  if (change === null) return phrase(assumed ? 'facility:state.closed_assumed' : 'facility:state.closed');
  if (answer.exception) {
    const until = moment(change, at, zone);
    return phrase('facility:state.closed_special', { until, reason: answer.exception.reason });
  }
  return phrase(assumed ? 'facility:state.closed_assumed_until' : 'facility:state.closed_until', {
    until: moment(change, at, zone),
  });
}

function openWords(answer: OpenAnswer, at: Instant, zone: Zone): Phrase {
  if (answer.until === null) {
    return phrase(answer.basis?.hours?.startsWith('24/7') ? 'facility:state.open_24h' : 'facility:state.open');
  }
  const until = moment(answer.until, at, zone);
  if (answer.exception) return phrase('facility:state.open_exception', { until, reason: answer.exception.reason });
  const assumed = answer.grade === 'assumed';
  if (!assumed && answer.basis?.hours?.startsWith('24/7')) return phrase('facility:state.open_24h');
  if (answer.until - at <= SOON) {
    const minutes = Math.max(1, Math.round((answer.until - at) / MINUTE));
    return phrase(assumed ? 'facility:state.open_soon_assumed' : 'facility:state.open_soon_closing', {
      minutes,
      until,
    });
  }
  if (assumed) return phrase('facility:state.open_assumed', { until });
  return phrase('facility:state.open_until', { until });
}

function unknownWords(facility: Facility, service: ServiceKind, answer: OpenAnswer, at: Instant, zone: Zone): Phrase {
  switch (answer.because) {
    case 'saturday_unclear':
      return phrase('facility:state.unknown_saturday');
    case 'joint_leave_unclear':
      return phrase('facility:state.unknown_joint_leave', { holiday: answer.holiday?.name ?? '' });
    case 'calendar_missing':
      return phrase('facility:state.unknown_calendar', { year: wallClock(at, zone).year });
    case 'contested':
      return phrase('facility:state.unknown_contested');
    case 'planned':
      return phrase('facility:state.planned');
    case 'unconfirmed_facility':
      return phrase('facility:state.unknown_facility');
    case 'exception':
      return phrase('facility:state.unknown_exception', { reason: answer.exception?.reason ?? '' });
    case 'hours':
      // The statement itself leaves this hour open; on a Saturday that is the usual doubt.
      return phrase(
        service === 'outpatient' && wallClock(at, zone).weekday === SATURDAY
          ? 'facility:state.unknown_saturday'
          : 'facility:state.unknown_hours',
      );
    default:
      return service === 'ugd' && facility.kind === 'hospital' && facility.scope === 'general'
        ? phrase('facility:state.unknown_igd')
        : phrase('facility:state.unknown_no_hours');
  }
}

/** What is said of a service at the moment, without its name: "buka sampai 14.00". */
function stateWords(
  facility: Facility,
  service: ServiceKind,
  answer: OpenAnswer,
  at: Instant,
  zone: Zone,
  directory: Directory,
): Phrase {
  if (answer.state === 'open') return openWords(answer, at, zone);
  if (answer.state === 'closed') return closedWords(facility, service, answer, at, zone, directory);
  return unknownWords(facility, service, answer, at, zone);
}

/** "UGD: buka 24 jam." */
export function serviceLine(
  facility: Facility,
  service: ServiceKind,
  answer: OpenAnswer,
  at: Instant,
  zone: Zone,
  directory: Directory,
): Phrase {
  return phrase('facility:line.service', {
    service: serviceName(service, facility),
    state: stateWords(facility, service, answer, at, zone, directory),
  });
}

/** The phone with its age, as a line; null when none is recorded. */
export function phoneLine(facility: Facility): Phrase | null {
  if (facility.phone === null) return null;
  return facility.phoneAsOf === null
    ? phrase('facility:line.phone_fresh', { phone: facility.phone })
    : phrase('facility:line.phone', { phone: facility.phone, year: facility.phoneAsOf.slice(0, 4) });
}

/** A link that any phone opens in its map; null when no point is recorded. */
export function mapLine(facility: Facility): Phrase | null {
  if (facility.point === null) return null;
  const { lat, lng } = facility.point;
  return phrase('facility:line.map', { url: `https://maps.google.com/?q=${lat},${lng}` });
}

/** When the registration counter closes today, if that is recorded and the clinic itself may be open. */
function registrationLine(facility: Facility, at: Instant, zone: Zone, directory: Directory): Phrase | null {
  const stretches = directory.dayPlan(facility, 'registration', dayOf(at, zone));
  const last = stretches.findLast((stretch) => stretch.state === 'open');
  if (!last || directory.openAt(facility, 'outpatient', at).state === 'closed') return null;
  const until = { moment: last.to, zone, style: 'clock' as const };
  return phrase(at < last.to ? 'facility:line.registration' : 'facility:line.registration_closed', { until });
}

/** What is said of a facility's services: what is open is the answer and goes first, what is closed explains it. */
function stateLines(found: Found, at: Instant, zone: Zone, directory: Directory): readonly Phrase[] {
  const line = ({ service, answer }: FoundService) => serviceLine(found.facility, service, answer, at, zone, directory);
  const asked = found.services.map(line);
  return [...(asked.length > 1 ? asked.reverse() : asked), ...found.also.map(line)];
}

/** Lines that hold for every facility of a list of several, to be said once above it. */
export function sharedLines(page: readonly Found[], at: Instant, zone: Zone, directory: Directory): readonly Phrase[] {
  const [first, ...others] = page;
  if (!first || others.length === 0) return [];
  const said = others.map(
    (found) => new Set(stateLines(found, at, zone, directory).map((line) => JSON.stringify(line))),
  );
  return stateLines(first, at, zone, directory).filter((line) =>
    said.every((lines) => lines.has(JSON.stringify(line))),
  );
}

/** The lines of one facility in a list; `number` null gives a bullet. Lines already said above the list are left out. */
export function facilityBlock(
  found: Found,
  number: number | null,
  at: Instant,
  zone: Zone,
  directory: Directory,
  { said = [], compact = false }: { readonly said?: readonly Phrase[]; readonly compact?: boolean } = {},
): readonly Phrase[] {
  const { facility, km, approximate, services } = found;
  const numbered = number === null ? 'bullet' : 'head';
  const head: PhraseKey = km === null ? `facility:line.${numbered}` : `facility:line.${numbered}_distance`;
  const above = new Set(said.map((line) => JSON.stringify(line)));
  const lines: Phrase[] = [
    phrase(head, { number: number ?? 0, name: facility.name, distance: { km: km ?? 0, approximate } }),
    ...stateLines(found, at, zone, directory).filter((line) => !above.has(JSON.stringify(line))),
  ];
  if (compact) return lines;
  if (services[0]?.service === 'outpatient') {
    const registration = registrationLine(facility, at, zone, directory);
    if (registration) lines.push(registration);
  }
  const unsure = services.some(
    ({ answer }) => answer.state === 'unknown' || (answer.state === 'open' && answer.grade === 'assumed'),
  );
  const phone = unsure ? phoneLine(facility) : null;
  if (phone) lines.push(phone);
  const map = mapLine(facility);
  if (map) lines.push(map);
  return lines;
}

const GRADES: readonly Grade[] = ['verified', 'published', 'assumed'];

/** What the list rests on: one sentence per grade that occurs, with the oldest date among them. */
export function basisLines(found: readonly Found[], zone: Zone): readonly Phrase[] {
  const answers = found.flatMap(({ services, also }) => [...services, ...also].map(({ answer }) => answer));
  const lines: Phrase[] = [];
  for (const grade of GRADES) {
    const of = answers.filter((answer) => answer.grade === grade && answer.state !== 'unknown');
    if (of.length === 0) continue;
    if (grade === 'assumed') {
      lines.push(phrase('facility:basis.assumed'));
      continue;
    }
    const bases = of.flatMap(({ exception, basis }) => exception ?? basis ?? []);
    const own = bases.filter(({ source }) => grade === 'verified' && source.startsWith(CONFIRMED_BY_FACILITY));
    const others = bases.filter((basis) => !own.includes(basis));
    if (own.length > 0) lines.push(phrase('reports:basis.facility', { date: oldestOf(own, zone) }));
    if (others.length === 0) continue;
    lines.push(
      phrase(`facility:basis.${grade}`, {
        source: sourceNames(others.map(({ source }) => source)),
        date: oldestOf(others, zone),
      }),
    );
  }
  if (found.some((each) => each.approximate && each.km !== null)) lines.push(phrase('facility:basis.approximate'));
  return lines;
}

function oldestOf(bases: readonly Provenance[], zone: Zone): MomentParam {
  const oldest = bases.map(({ checkedOn }) => checkedOn).sort()[0];
  return { moment: Date.parse(`${oldest}T12:00:00Z`), zone, style: 'date' };
}

/** At most two sources in the form that fits a phone: an address by its host, anything else by its first words. */
function sourceNames(sources: readonly string[]): string {
  const names = sources.map((source) => {
    const [first = source] = source.split(' | ');
    const host = /^https?:\/\/(?:www\.)?([^/\s]+)/.exec(first)?.[1];
    return host ?? (first.length > 40 ? `${first.slice(0, 39).trimEnd()}…` : first);
  });
  return [...new Set(names)].slice(0, 2).join(', ');
}

/** The stretches of a day in words: "07.30–11.00, 11.00–15.00 belum pasti". */
export function hoursOf(stretches: readonly DayStretch[], zone: Zone): Phrase {
  const [first] = stretches;
  if (!first) return phrase('facility:page.closed');
  if (stretches.every((stretch) => stretch.state === 'unknown')) return phrase('facility:page.unclear');
  if (first.to - first.from >= DAY) return phrase('facility:page.whole_day');
  return phrase('facility:page.stretches', {
    stretches: {
      list: stretches.map(({ from, to, state }) =>
        phrase(state === 'open' ? 'facility:page.stretch' : 'facility:page.stretch_unclear', {
          from: { moment: from, zone, style: 'clock' },
          to: { moment: to, zone, style: 'clock' },
        }),
      ),
    },
  });
}
