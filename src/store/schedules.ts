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

/** The groups that are open at the moment; null when there are more than `most`, which is known before all were asked. */
export function openGroups<G extends { readonly schedule: OpenSchedule }>(
  groups: readonly G[],
  at: Instant,
  most: number,
): readonly G[] | null {
  const open: G[] = [];
  for (const group of groups) {
    if (group.schedule.at(at).state !== 'open') continue;
    if (open.length === most) return null;
    open.push(group);
  }
  return open;
}
