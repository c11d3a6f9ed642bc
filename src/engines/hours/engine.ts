import type { Facility, ServiceKind } from '../../domain/facility.js';
import type { Instant } from '../../domain/time.js';
import type { HolidayCalendar, HoursEngine, HoursQuestion } from '../../ports/directory.js';
import { dayCalendar } from './calendar.js';
import { exceptionsOver, exceptionsThatConcern } from './exceptions.js';
import { fixedSchedule, type Schedule, scheduleOf } from './schedule.js';
import { statementsOf } from './statements.js';
import { createTimelines, forgiving } from './timelines.js';
import { type TextReader, textReader, usualHours } from './usual.js';

/** A question about a service at no particular moment. */
export type ServiceQuestion = Omit<HoursQuestion, 'at'>;

/** The open-now engine: told the time, never throwing, and pure but for what it remembers. */
export interface OpenNowEngine extends HoursEngine {
  /**
   * When the service is open, for asking about many facilities: those whose hours are stated alike share one schedule,
   * and asking it again before anything changes costs two comparisons.
   */
  schedule(question: ServiceQuestion): Schedule;
  /** The next instant, from the asked one on, at which the service is open or, if wanted, not known to be closed. */
  nextOpening(question: HoursQuestion, orUnknown?: boolean): Instant | null;
}

/** What was worked out under one calendar; it goes when the calendar does. */
interface UnderCalendar {
  readonly reader: TextReader;
  /** By everything that decides, so that facilities whose hours are stated alike find the same one. */
  readonly schedules: Map<string, Schedule>;
}

/** Builds an engine that has seen nothing yet. It remembers facilities, lists of exceptions and calendars by identity. */
export function createHoursEngine(): OpenNowEngine {
  const timelines = forgiving(createTimelines());
  const calendars = new WeakMap<HolidayCalendar, UnderCalendar>();
  const asked = new WeakMap<Facility, Map<ServiceKind, { question: ServiceQuestion; schedule: Schedule }>>();

  const under = (calendar: HolidayCalendar): UnderCalendar => {
    const known = calendars.get(calendar);
    if (known) return known;
    const made = { reader: textReader(timelines, dayCalendar(calendar)), schedules: new Map<string, Schedule>() };
    calendars.set(calendar, made);
    return made;
  };

  const schedule = (question: ServiceQuestion): Schedule => {
    const { facility, service } = question;
    const services = asked.get(facility) ?? new Map();
    const known = services.get(service);
    if (known && sameCircumstances(known.question, question)) return known.schedule;
    const made = scheduleFor(question, under(question.calendar));
    services.set(service, { question, schedule: made });
    asked.set(facility, services);
    return made;
  };

  return {
    schedule,
    openAt: (question) => schedule(question).at(question.at),
    dayPlan: (question, day) => schedule(question).day(day),
    nextOpening: (question, orUnknown = false) =>
      schedule(question).next(question.at, orUnknown ? ['open', 'unknown'] : ['open']),
  };
}

function sameCircumstances(a: ServiceQuestion, b: ServiceQuestion): boolean {
  return a.exceptions === b.exceptions && a.calendar === b.calendar && a.zone === b.zone;
}

function scheduleFor(question: ServiceQuestion, { reader, schedules }: UnderCalendar): Schedule {
  const { facility, service, zone } = question;
  const puskesmas = facility.kind === 'puskesmas';
  const stated = facility.services.filter((statement) => statement.service === service);
  const exceptions = exceptionsThatConcern(facility, service, question.exceptions);
  const key = JSON.stringify([zone, facility.status, puskesmas, service, stated, exceptions]);
  const known = schedules.get(key);
  if (known) return known;

  const usual = usualHours({ puskesmas, outpatient: service === 'outpatient' }, statementsOf(stated), reader);
  const made =
    standsStill(facility, zone) ?? scheduleOf({ zone, usual, exceptions: exceptionsOver(exceptions), reader });
  schedules.set(key, made);
  return made;
}

/** Nobody is sent to a facility that is not surely there, whatever its hours say. */
function standsStill({ status }: Facility, zone: HoursQuestion['zone']): Schedule | null {
  switch (status) {
    case 'closed':
      return fixedSchedule('closed', 'facility_closed', zone);
    case 'unconfirmed':
      return fixedSchedule('unknown', 'unconfirmed_facility', zone);
    case 'planned':
      return fixedSchedule('unknown', 'planned', zone);
    case 'operating':
      return null;
  }
}
