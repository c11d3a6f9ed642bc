import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Facility, Holiday } from '../src/domain/facility.js';
import type { Area, Region } from '../src/domain/place.js';
import { isoWithOffset, type Zone } from '../src/domain/time.js';
import { normalise } from '../src/engines/language/index.js';
import { buildGazetteer, type PlaceAsked, type Understanding, understand } from '../src/engines/understanding/index.js';
import { loadSeedSnapshot } from '../src/services/seed.js';

/** A labelled message; the fields are those of the trace. `alt…` are further answers that the examiner accepts. */
interface Labelled {
  readonly text: string;
  readonly intents: readonly string[];
  readonly altIntents?: readonly (readonly string[])[];
  readonly place: LabelledPlace | null;
  readonly altPlace?: readonly (LabelledPlace | null)[];
  readonly ambiguous?: boolean;
  readonly service: string | null;
  readonly altService?: readonly (string | null)[];
  readonly at: string;
  /** "now", null for a feast without a known date, or an instant. */
  readonly time: string | null;
  readonly altTime?: readonly (string | null)[];
  readonly slang: boolean;
  readonly region: string | null;
}

interface LabelledPlace {
  readonly kind: string;
  readonly code: string | null;
  readonly name: string;
}

/** The shipped data that the messages are read against. */
export interface BenchData {
  readonly regions: readonly Pick<Region, 'code' | 'name'>[];
  readonly areas: readonly Area[];
  readonly facilities: readonly Facility[];
  readonly holidays: readonly Holiday[];
}

export const MEASURED = ['intents', 'first intent', 'place', 'service', 'time'] as const;
export type Measured = (typeof MEASURED)[number];

/** One message that was read otherwise than labelled. */
export interface Miss {
  readonly measured: Measured;
  readonly text: string;
  readonly want: string;
  readonly got: string;
}

export interface Score {
  readonly group: string;
  readonly total: number;
  readonly right: Readonly<Record<Measured, number>>;
}

/** Scores a labelled folder against the data: one score for all, for slang, formal and regional messages. */
export function scoreUnderstanding(
  folder: string,
  data: BenchData,
): { scores: readonly Score[]; misses: readonly Miss[]; medianMs: number; worstMs: number } {
  const gazetteer = buildGazetteer(data.regions, data.areas, data.facilities);
  const messages = labelledIn(folder);
  const misses: Miss[] = [];
  const times: number[] = [];
  const wrong = new Map<Labelled, Set<Measured>>();
  const readIt = (message: Labelled) => {
    const world = {
      gazetteer,
      now: Date.parse(message.at),
      zone: zoneOf(message.at),
      homeRegion: null,
      holidays: data.holidays,
    };
    return understand(normalise(message.text), world);
  };
  // Once unmeasured: the first messages of a process are compiled while they are read.
  for (const message of messages) readIt(message);
  for (const message of messages) {
    const zone = zoneOf(message.at);
    const started = performance.now();
    const got = readIt(message);
    times.push(performance.now() - started);
    const found = missesOf(message, got, zone);
    wrong.set(message, new Set(found.map((miss) => miss.measured)));
    misses.push(...found);
  }
  const group = (name: string, keep: (message: Labelled) => boolean): Score => {
    const kept = messages.filter(keep);
    const right = (measured: Measured) => kept.filter((message) => wrong.get(message)?.has(measured) !== true).length;
    return {
      group: name,
      total: kept.length,
      right: Object.fromEntries(MEASURED.map((measured) => [measured, right(measured)])) as Record<Measured, number>,
    };
  };
  const sorted = times.sort((a, b) => a - b);
  return {
    scores: [
      group('all', () => true),
      group('slang', (message) => message.slang && message.region === null),
      group('formal', (message) => !message.slang),
      group('regional', (message) => message.region !== null),
    ],
    misses,
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
    worstMs: sorted.at(-1) ?? 0,
  };
}

/** Prints the figures of the set used for building and of the one held out. */
export function benchIntents(print: (line: string) => void): void {
  const data = loadSeedSnapshot();
  for (const set of ['dev', 'heldout']) {
    const { scores, medianMs, worstMs } = scoreUnderstanding(`test/labelled/${set}`, data);
    print(
      `understanding, ${set} set: ${medianMs.toFixed(3)} ms a message at the median, ${worstMs.toFixed(1)} ms at most`,
    );
    for (const { group, total, right } of scores) {
      if (total === 0) continue;
      const shares = MEASURED.map((measured) => `${measured} ${((100 * right[measured]) / total).toFixed(1)} %`);
      print(`  ${group.padEnd(9)} n=${String(total).padEnd(4)} ${shares.join('  ')}`);
    }
  }
}

function labelledIn(folder: string): readonly Labelled[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ndjson'))
    .flatMap((file) =>
      readFileSync(`${folder}/${file}`, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== ''),
    )
    .map((line) => JSON.parse(line) as Labelled)
    .filter((message) => Array.isArray(message.intents));
}

function zoneOf(at: string): Zone {
  return at.endsWith('+07:00') ? 'Asia/Jakarta' : 'Asia/Makassar';
}

function missesOf(message: Labelled, got: Understanding, zone: Zone): readonly Miss[] {
  const misses: Miss[] = [];
  const check = (measured: Measured, accepted: readonly string[], have: string) => {
    if (!accepted.includes(have)) misses.push({ measured, text: message.text, want: accepted.join(' / '), got: have });
  };
  const ours = (intents: readonly string[]) => intents.filter((intent) => intent !== 'emergency');
  const accepted = [message.intents, ...(message.altIntents ?? [])].map(ours);
  const intents = tracedIntents(message, got);
  check('intents', accepted.map(String), String(intents));
  check(
    'first intent',
    accepted.map((some) => some[0] ?? ''),
    intents[0] ?? '',
  );
  check(
    'place',
    message.ambiguous === true ? ['ambiguous'] : [message.place, ...(message.altPlace ?? [])].map(labelledText),
    placeText(got.place),
  );
  check('service', [message.service, ...(message.altService ?? [])].map(String), String(got.services[0] ?? null));
  check(
    'time',
    [message.time, ...(message.altTime ?? [])].map((time) => (time === 'now' ? message.at : String(time))),
    timeText(got, message.at, zone),
  );
  return misses;
}

/** As the trace would have them: the emergency is found elsewhere, and what nobody understands is out of scope. */
function tracedIntents(message: Labelled, got: Understanding): readonly string[] {
  if (message.intents.includes('emergency')) return got.intents.filter((intent) => intent !== 'out_of_scope');
  return got.intents.length === 0 ? ['out_of_scope'] : got.intents;
}

function labelledText(place: LabelledPlace | null): string {
  if (place === null) return 'null';
  return place.kind === 'outside' ? 'outside' : `${place.kind} ${place.code ?? place.name}`;
}

function placeText(place: PlaceAsked | null): string {
  if (place === null) return 'null';
  if (place.kind === 'area') return `${place.area.level} ${place.area.code}`;
  return place.kind === 'facility' ? `facility ${place.facility.name}` : place.kind;
}

function timeText(got: Understanding, at: string, zone: Zone): string {
  if (got.time === null) return at;
  return got.time.kind === 'moment' ? isoWithOffset(got.time.at, zone) : 'null';
}
