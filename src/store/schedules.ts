import type { Facility, ServiceKind } from '../domain/facility.js';
import type { Instant } from '../domain/time.js';
import type { OpenSchedule } from '../ports/directory.js';

/** The schedules of one state of the data, each looked up once. */
export interface Schedules {
  of(facility: Facility, service: ServiceKind): OpenSchedule;
}

export function createSchedules(make: (facility: Facility, service: ServiceKind) => OpenSchedule): Schedules {
  const byService = new Map<ServiceKind, Map<Facility, OpenSchedule>>();
  return {
    of: (facility, service) => {
      let known = byService.get(service);
      if (!known) {
        known = new Map();
        byService.set(service, known);
      }
      let schedule = known.get(facility);
      if (!schedule) {
        schedule = make(facility, service);
        known.set(facility, schedule);
      }
      return schedule;
    },
  };
}

/** Things whose hours are stated alike: they are open at the same moments. */
export interface Alike<T> {
  readonly schedule: OpenSchedule;
  readonly items: readonly T[];
}

/** Groups things by the schedule that they share. */
export function groupAlike<T>(items: readonly T[], scheduleOf: (item: T) => OpenSchedule): readonly Alike<T>[] {
  const groups = new Map<OpenSchedule, T[]>();
  for (const item of items) {
    const schedule = scheduleOf(item);
    const group = groups.get(schedule);
    if (group) group.push(item);
    else groups.set(schedule, [item]);
  }
  return [...groups].map(([schedule, members]) => ({ schedule, items: members }));
}

/** The groups that are open at the moment; null when they hold more than `most` things, which is known before all were asked. */
export function openGroups<T>(groups: readonly Alike<T>[], at: Instant, most: number): readonly Alike<T>[] | null {
  const open: Alike<T>[] = [];
  let count = 0;
  for (const group of groups) {
    if (group.schedule.at(at).state !== 'open') continue;
    count += group.items.length;
    if (count > most) return null;
    open.push(group);
  }
  return open;
}
