import type { HoursException } from '../../domain/facility.js';
import { enteredAt } from '../../services/staff-exceptions.js';

/** One facility (null: every puskesmas of the region) of a group, with the exceptions that are about it. */
export interface ExceptionPlace {
  readonly facilityId: string | null;
  readonly exceptions: readonly HoursException[];
}

/** Closures or special hours that were entered together and hold for the same time: shown, and ended, as one. */
export interface ExceptionGroup {
  readonly main: HoursException;
  /** True when a closure leaves the emergency units open. */
  readonly ugdOpen: boolean;
  readonly places: readonly ExceptionPlace[];
}

/** The groups in the order of their first exception; what was not entered in the console stands alone. */
export function groupExceptions(exceptions: readonly HoursException[]): readonly ExceptionGroup[] {
  const groups = by(exceptions, (each) =>
    JSON.stringify([enteredAt(each) ?? each.id, each.regionCode, each.from, each.to, each.reason]),
  );
  return groups.map((members) => {
    const main = members.find((each) => !isOpenUgd(each)) ?? (members[0] as HoursException);
    return {
      main,
      ugdOpen: main.hours === null && members.some(isOpenUgd),
      places: by(members, ({ facilityId }) => facilityId ?? '').map((of) => ({
        facilityId: of[0]?.facilityId ?? null,
        exceptions: of,
      })),
    };
  });
}

function by(all: readonly HoursException[], keyOf: (each: HoursException) => string): readonly HoursException[][] {
  const groups = new Map<string, HoursException[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group) group.push(each);
    else groups.set(keyOf(each), [each]);
  }
  return [...groups.values()];
}

function isOpenUgd({ service, hours }: HoursException): boolean {
  return service === 'ugd' && hours === '24/7';
}
