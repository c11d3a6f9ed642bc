import type { Facility, Grade } from '../domain/facility.js';
import { DAY, type Instant, startOfDay } from '../domain/time.js';
import type { World } from '../engines/dialogue/index.js';

/** How old what residents are told about the hours of one region is. */
export interface RegionAge {
  readonly region: string;
  /** Statements on hours by grade. */
  readonly statements: Readonly<Record<Grade, number>>;
  /** Whole days since the check of the statement that was checked longest ago; null without any. */
  readonly oldestDays: number | null;
}

/** The age of the hours by region, of facilities that are open to the public; closed and planned ones tell nobody anything. */
export function ageOfData({ directory }: World, now: Instant): readonly RegionAge[] {
  return directory.regions.map(({ code, zone }) => {
    const statements = { verified: 0, published: 0, assumed: 0 };
    let oldest: Instant | null = null;
    const own = directory.facilities.filter(({ regionCode, status }) => regionCode === code && status === 'operating');
    for (const { grade, checkedOn } of own.flatMap((facility: Facility) => facility.services)) {
      statements[grade] += 1;
      const checked = startOfDay(checkedOn, zone);
      oldest = oldest === null ? checked : Math.min(oldest, checked);
    }
    return { region: code, statements, oldestDays: oldest === null ? null : Math.floor((now - oldest) / DAY) };
  });
}
