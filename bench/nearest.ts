import OpeningHours from 'opening_hours';
import type { Facility } from '../src/domain/facility.js';
import { distanceKm } from '../src/domain/place.js';
import { HOUR, type Instant } from '../src/domain/time.js';
import { loadSeedSnapshot } from '../src/services/seed.js';
import { buildWorld } from '../src/world.js';
import { chance, madeUpCountry } from './country.js';
import { ms, percentile, timed } from './figures.js';

const COUNT = 10_000;
const HOURS = 300;
const QUESTIONS = 5_000;

/** The nearest five that are open, among 10,000 facilities with 300 distinct hours; beside it, asking opening_hours for every facility. */
export function benchNearest(print: (line: string) => void): void {
  const country = madeUpCountry(loadSeedSnapshot(), COUNT, HOURS);
  const before = process.memoryUsage().rss;
  const started = performance.now();
  const { directory } = buildWorld(country);
  const random = chance(2);
  const start = Date.parse('2026-11-22T16:00:00Z');
  const question = () => {
    const facility = country.facilities[Math.floor(random() * COUNT)];
    const at: Instant = start + Math.floor(random() * 24 * 7) * HOUR + Math.floor(random() * 60) * 60_000;
    return { from: facility?.point ?? { lat: 0, lng: 117 }, at };
  };
  const ours = (from: { lat: number; lng: number }, at: Instant) =>
    directory.nearestOpen(from, ['puskesmas'], 'outpatient', at, 5);
  ours({ lat: 0, lng: 117 }, start);
  const ready = performance.now() - started;
  const questions = (name: string, ask: () => { from: { lat: number; lng: number }; at: Instant }) => {
    for (let call = 0; call < 500; call += 1) {
      const { from, at } = ask();
      ours(from, at);
    }
    const samples = timed(QUESTIONS, () => {
      const { from, at } = ask();
      ours(from, at);
    });
    print(
      `  ours, ${name.padEnd(28)} p50 ${ms(percentile(samples, 50))}  p99 ${ms(percentile(samples, 99))}  worst ${ms(Math.max(...samples))}`,
    );
  };
  print(`nearest five open of ${COUNT} (${HOURS} hours texts), ${QUESTIONS} questions each:`);
  for (const [name, first] of [
    ['a Monday morning', '2026-11-23T02:00:00Z'],
    ['a Sunday night', '2026-11-22T16:00:00Z'],
    ['around closing time', '2026-11-23T05:30:00Z'],
  ] as const) {
    let second = 0;
    questions(name, () => ({ ...question(), at: Date.parse(first) + 100 * second++ }));
  }
  questions('any moment of a week', question);
  // Taken before the comparison runs: what that leaves behind is not ours.
  global.gc?.();
  const after = process.memoryUsage().rss;
  print(
    `  ready after ${ms(ready)} · memory ${Math.round(after / 1e6)} MB (${Math.round((after - before) / 1e6)} MB more than before)`,
  );
  const naive = timed(3, () => {
    const { from, at } = question();
    everyFacility(country.facilities, from, at);
  });
  print(`  every facility p50 ${ms(percentile(naive, 50))}  (opening_hours parsed and asked for each, 3 questions)`);
  const parsed = new Map(
    country.facilities.map((facility) => [facility.services[0]?.hours ?? '', null as OpeningHours | null]),
  );
  for (const text of parsed.keys()) parsed.set(text, new OpeningHours(withoutHolidays(text), null));
  const kept = timed(20, () => {
    const { from, at } = question();
    everyFacility(country.facilities, from, at, parsed);
  });
  print(`  every facility p50 ${ms(percentile(kept, 50))}  (parsed once per text, asked for each, 20 questions)`);
}

function withoutHolidays(text: string): string {
  return text.replace(/; PH off$/, '');
}

function everyFacility(
  facilities: readonly Facility[],
  from: { lat: number; lng: number },
  at: Instant,
  parsed?: ReadonlyMap<string, OpeningHours | null>,
): readonly Facility[] {
  const wall = new Date(at + 8 * HOUR);
  return facilities
    .filter((facility) => {
      const text = facility.services[0]?.hours ?? 'off';
      return (parsed?.get(text) ?? new OpeningHours(withoutHolidays(text), null)).getState(wall);
    })
    .map((facility) => ({
      facility,
      km: facility.point === null ? Number.POSITIVE_INFINITY : distanceKm(from, facility.point),
    }))
    .sort((a, b) => a.km - b.km)
    .slice(0, 5)
    .map(({ facility }) => facility);
}
