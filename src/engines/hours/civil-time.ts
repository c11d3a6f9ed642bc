/**
 * The hours library evaluates in the process's own time zone and its parser looks at the real clock. Both would make an
 * answer depend on the server: in a zone with daylight saving, 02:30 does not exist on one night a year and "24 hours
 * earlier" lands on another day. So while the library runs it sees this Date instead: a calendar without zone, whose
 * local fields are plain arithmetic (those of UTC), and whose "now" stands still. A time in it is called civil: the
 * milliseconds that a UTC clock would show if it read like the clock on the facility's wall.
 */
const STANDING_NOW = Date.UTC(2000, 0, 1);

type Fields = [year: number, month: number, day?: number, hour?: number, minute?: number, second?: number, ms?: number];

class CivilDate extends Date {
  constructor(...given: [] | [number | string | Date] | Fields) {
    if (given.length === 0) super(STANDING_NOW);
    else if (given.length === 1) super(given[0]);
    else super(Date.UTC(...given));
  }

  static override now(): number {
    return STANDING_NOW;
  }

  override getFullYear(): number {
    return this.getUTCFullYear();
  }
  override getMonth(): number {
    return this.getUTCMonth();
  }
  override getDate(): number {
    return this.getUTCDate();
  }
  override getDay(): number {
    return this.getUTCDay();
  }
  override getHours(): number {
    return this.getUTCHours();
  }
  override getMinutes(): number {
    return this.getUTCMinutes();
  }
  override getSeconds(): number {
    return this.getUTCSeconds();
  }
  override getTimezoneOffset(): number {
    return 0;
  }
  override setDate(day: number): number {
    return this.setUTCDate(day);
  }
  override setHours(...given: [hours: number, minutes?: number, seconds?: number, ms?: number]): number {
    return this.setUTCHours(...(given as [number]));
  }
}

/** The civil time as the library takes it. */
export function civilDate(civil: number): Date {
  return new CivilDate(civil);
}

/**
 * Runs the library's code in civil time. Nothing else can see the exchanged Date: `run` must not wait for anything, and
 * the old Date is back before this returns or throws.
 */
export function inCivilTime<T>(run: () => T): T {
  const outside = globalThis.Date;
  globalThis.Date = CivilDate as DateConstructor;
  try {
    return run();
  } finally {
    globalThis.Date = outside;
  }
}
