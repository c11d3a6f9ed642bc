import { SERVICE_KINDS, type ServiceKind } from '../domain/facility.js';
import type { Region } from '../domain/place.js';
import { DAY, offsetOf } from '../domain/time.js';
import type { HourCount } from '../ports/activity.js';
import type { Desk } from './staff-desk.js';
import { SMALLEST_COUNT } from './staff-today.js';

/** How far back the evidence goes. */
const DEMAND_DAYS = 90;
/** Hours that stand together in the grid: single ones would hide most of what is asked. */
const HOURS_A_CELL = 3;

/** Questions about one area and service; null = fewer than five, which is not shown. */
export interface DemandRow {
  /** null: no area was named. */
  readonly areaCode: string | null;
  readonly service: ServiceKind | null;
  readonly asked: number | null;
  readonly nothingOpen: number | null;
}

/** Questions about one kecamatan, whatever the service; null = fewer than five, which is not shown. */
export interface AreaDemand {
  readonly areaCode: string;
  readonly asked: number | null;
  readonly nothingOpen: number | null;
}

/** What residents of a region asked, and when nothing was open. */
export interface Demand {
  readonly asked: number | null;
  readonly nothingOpen: number | null;
  readonly rows: readonly DemandRow[];
  /** By kecamatan, where most found nothing open first. */
  readonly areas: readonly AreaDemand[];
  /** Questions that found nothing open: seven days, Monday first, by stretches of three hours. */
  readonly grid: readonly (readonly (number | null)[])[];
}

/** The evidence for where service is missing at night: counts only, and none below five. */
export async function demandOf(desk: Desk, region: Region): Promise<Demand> {
  const now = desk.now();
  const counts = await desk.store.activity.questionsByHour(now - DEMAND_DAYS * DAY, now + 1, offsetOf(region.zone));
  const theirs = counts.filter(({ data }) => typeof data.areaCode === 'string' && isWithin(data.areaCode, region.code));
  const missed = theirs.filter(({ data }) => data.found === 'none');
  const rows = rowsOf(theirs);
  return {
    asked: shown(sum(theirs)),
    nothingOpen: shown(sum(missed)),
    rows,
    areas: areasOf(theirs, rows, region),
    grid: Array.from({ length: 7 }, (_, day) =>
      Array.from({ length: 24 / HOURS_A_CELL }, (_, cell) => {
        const first = day * 24 + cell * HOURS_A_CELL;
        return shown(sum(missed.filter(({ hour }) => hour >= first && hour < first + HOURS_A_CELL)));
      }),
    ),
  };
}

function rowsOf(counts: readonly HourCount[]): readonly DemandRow[] {
  const groups = new Map<string, HourCount[]>();
  for (const each of counts) {
    const key = JSON.stringify([kecamatanOf(each.data.areaCode), each.data.service ?? null]);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()]
    .map((group) => {
      const [first] = group;
      const missed = group.filter(({ data }) => data.found === 'none');
      return {
        areaCode: kecamatanOf(first?.data.areaCode),
        service: SERVICE_KINDS.find((each) => each === first?.data.service) ?? null,
        total: sum(group),
        asked: shown(sum(group)),
        nothingOpen: shown(sum(missed)),
      };
    })
    .filter(({ asked }) => asked !== null)
    .sort((a, b) => (b.nothingOpen ?? 0) - (a.nothingOpen ?? 0) || b.total - a.total)
    .map(({ total: _, ...row }) => row);
}

function areasOf(counts: readonly HourCount[], rows: readonly DemandRow[], region: Region): readonly AreaDemand[] {
  const codes = new Set(counts.map(({ data }) => kecamatanOf(data.areaCode)));
  return [...codes]
    .filter((code): code is string => code !== null && code !== region.code)
    .map((areaCode) => {
      const own = counts.filter(({ data }) => kecamatanOf(data.areaCode) === areaCode);
      const shownRows = rows.filter((row) => row.areaCode === areaCode);
      const missed = own.filter(({ data }) => data.found === 'none');
      return {
        areaCode,
        asked: apart(
          sum(own),
          shownRows.map(({ asked }) => asked),
        ),
        nothingOpen: apart(
          sum(missed),
          shownRows.map(({ nothingOpen }) => nothingOpen),
        ),
      };
    })
    .filter(({ asked }) => asked !== null)
    .sort((a, b) => (b.nothingOpen ?? 0) - (a.nothingOpen ?? 0) || (b.asked ?? 0) - (a.asked ?? 0));
}

/**
 * A total beside its parts. Where fewer than five are left over, the total is that of the parts that are shown: else the
 * difference would tell what was hidden.
 */
function apart(total: number, parts: readonly (number | null)[]): number | null {
  const told = parts.reduce<number>((all, part) => all + (part ?? 0), 0);
  const hidden = total - told;
  if (hidden === 0 || hidden >= SMALLEST_COUNT) return shown(total);
  return told === 0 ? null : told;
}

/** The kecamatan of an area code (64.02.06.1001), or the region itself. */
function kecamatanOf(code: unknown): string | null {
  return typeof code === 'string' ? code.split('.').slice(0, 3).join('.') : null;
}

function isWithin(areaCode: string, regionCode: string): boolean {
  return areaCode === regionCode || areaCode.startsWith(`${regionCode}.`);
}

function sum(counts: readonly HourCount[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}

function shown(count: number): number | null {
  return count === 0 || count >= SMALLEST_COUNT ? count : null;
}
