import type { Facility } from '../domain/facility.js';
import type { Region } from '../domain/place.js';
import type { FacilityContact } from '../domain/report.js';
import { serviceWindowOpen } from '../domain/service-window.js';
import type { Session } from '../domain/session.js';
import { DAY, type DayText, dayOf, HOUR, type Instant, MINUTE, wallClock } from '../domain/time.js';
import { type HoursQuestion, hoursQuestion, openSession, type World } from '../engines/dialogue/index.js';
import { renderReply } from '../i18n/translate.js';
import type { Reports } from '../ports/reports.js';
import type { Meta } from '../ports/store.js';
import { readMorning } from './morning-settings.js';
import { statementOn } from './staff-facility.js';

export interface MorningParts {
  readonly reports: Reports;
  readonly meta: Meta;
  readonly world: () => World;
  readonly now: () => Instant;
}

/** So long after the hour that was set a facility may still be asked; after that its morning is over. */
const ASKED_WITHIN = 2 * HOUR;
/** Whoever is in the middle of something with the bot is asked a little later, in an emergency much later. */
const PAUSE = 15 * MINUTE;
const EMERGENCY_PAUSE = 2 * HOUR;

/**
 * Asks the facilities of the regions where it is the hour: those that should be open today, whose hours were not confirmed
 * lately, once a day each. The first registered contact that can be written to is asked. Resolves to how many were asked.
 */
export async function askFacilities(parts: MorningParts): Promise<number> {
  const { directory } = parts.world();
  let many = 0;
  for (const region of directory.regions) {
    const settings = await readMorning(parts.meta, region.code);
    if (settings === null || !isTheHour(settings.minute, region, parts.now())) continue;
    many += await askRegion(parts, region, settings.days);
  }
  return many;
}

function isTheHour(minute: number, { zone }: Region, now: Instant): boolean {
  const clock = wallClock(now, zone);
  const past = (clock.hour * 60 + clock.minute - minute) * MINUTE;
  return past >= 0 && past < ASKED_WITHIN;
}

async function askRegion(parts: MorningParts, region: Region, days: number): Promise<number> {
  const { reports, world, now } = parts;
  const { directory } = world();
  const today = dayOf(now(), region.zone);
  const asked = new Set(await reports.askedOn(today));
  const byFacility = new Map<string, FacilityContact[]>();
  for (const contact of await reports.contacts(null)) {
    byFacility.set(contact.facilityId, [...(byFacility.get(contact.facilityId) ?? []), contact]);
  }
  let many = 0;
  for (const [id, contacts] of byFacility) {
    const facility = directory.facility(id);
    if (facility?.regionCode !== region.code || asked.has(id) || !isDue(facility, today, days)) continue;
    const question = hoursQuestion(facility, now(), region.zone, directory);
    if (question === null) continue;
    const hours = statementOn(facility, 'outpatient', question.day)?.hours ?? null;
    // What is shown and what a yes would confirm must be the same statement.
    if (question.stated !== (hours !== null)) continue;
    if (!question.stated && (await toldAlready(reports, facility))) continue;
    for (const contact of contacts) {
      if (!(await put(parts, facility, contact, { ...question, hours }))) continue;
      many += 1;
      break;
    }
  }
  return many;
}

function isDue(facility: Facility, today: DayText, days: number): boolean {
  const current = statementOn(facility, 'outpatient', today);
  if (days === 0 || current === null || current.grade !== 'verified') return true;
  return (Date.parse(today) - Date.parse(current.checkedOn)) / DAY > days;
}

/** The office has not yet entered what the facility said is right: asking again would only be told again. */
async function toldAlready(reports: Reports, { id, regionCode }: Facility): Promise<boolean> {
  const query = { regionCodes: [regionCode], open: true, facilityId: id, topic: 'usual_right', limit: 1 } as const;
  return (await reports.find(query)).length > 0;
}

/** Puts the question to one contact; false when they cannot be written to now, or somebody was quicker. */
async function put(
  { reports, now }: MorningParts,
  facility: Facility,
  { contactId, channel, lastSeenAt, reachable, language }: FacilityContact,
  question: HoursQuestion & { readonly hours: string | null },
): Promise<boolean> {
  const at = now();
  if (!reachable || !serviceWindowOpen(channel, lastSeenAt, at)) return false;
  const stored = await reports.sessionOf(contactId);
  const before = openSession(stored.state, at);
  if (isBusy(before, at)) return false;
  const reply = renderReply(question.reply, language);
  const offered = reply.type === 'text' ? reply.choices.map(({ id }) => id) : [];
  const awaiting = { scene: 'hours_check' as const, facilityId: facility.id, day: question.day };
  return reports.ask({
    facilityId: facility.id,
    day: question.day,
    contactId,
    hours: question.hours,
    at,
    sessionVersion: stored.version,
    session: { ...before, awaiting, offered, puzzled: 0, lastAt: at } satisfies Session,
    reply,
  });
}

function isBusy({ awaiting, lastAt }: Session, at: Instant): boolean {
  if (awaiting === null || lastAt === null) return false;
  return at - lastAt < (awaiting.scene.startsWith('emergency') ? EMERGENCY_PAUSE : PAUSE);
}
