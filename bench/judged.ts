import { readdirSync, readFileSync } from 'node:fs';
import { loadSeedSnapshot } from '../src/services/seed.js';
import type { Simulator } from '../src/services/simulate.js';
import { createSimulator } from '../src/services/simulate.js';
import { buildWorld } from '../src/world.js';
import { ms, percentile } from './figures.js';

/** One labelled message; the fields are described in test/labelled/README.md. */
export interface Labelled {
  readonly text: string;
  readonly slang?: boolean;
  readonly region?: string | null;
  readonly at?: string;
  readonly askOk?: boolean;
  readonly emergency?: { readonly kind: string; readonly level: string } | null;
  readonly alt?: readonly unknown[];
  readonly altLevel?: readonly string[];
  readonly intents?: readonly string[];
  readonly altIntents?: readonly (readonly string[] | string)[];
  readonly place?: { readonly kind: string; readonly code: string | null; readonly name: string } | null;
  readonly altPlace?: unknown;
  readonly service?: string | null;
  readonly altService?: unknown;
  readonly time?: string | null;
  readonly altTime?: unknown;
  readonly eligibility?: Verdict;
}

interface Verdict {
  readonly region: string | null;
  readonly outcome: string;
  readonly programme: string | null;
}

/** The trace as a program outside sees it. */
interface Trace {
  readonly intent: string;
  readonly intents: readonly string[];
  readonly emergency: { readonly kind: string; readonly level: string } | null;
  readonly place: { readonly kind: string; readonly code: string | null; readonly name: string | null } | null;
  readonly service: string | null;
  readonly time: string | null;
  readonly eligibility: Verdict | null;
  readonly ms: number;
}

export interface Miss {
  readonly measure: string;
  readonly text: string;
  readonly wanted: unknown;
  readonly got: unknown;
}

export type Check = (
  label: Labelled,
  trace: Trace,
) => readonly { measure: string; right: boolean; wanted: unknown; got: unknown }[];

const AT = '2026-11-23T10:00:00+08:00';

/** Reads one labelled set with all its later files (`intents`, `intents-2`, …); empty when there is none. */
export function readSet(half: string, name: string): readonly Labelled[] {
  const folder = `test/labelled/${half}`;
  const isOfSet = new RegExp(`^${name}(-\\d+)?\\.ndjson$`);
  return readdirSync(folder)
    .filter((file) => isOfSet.test(file))
    .sort()
    .flatMap((file) => readFileSync(`${folder}/${file}`, 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Labelled);
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

const emergencies: Check = (label, { emergency }) => {
  const wanted = label.emergency;
  if (!wanted) return [];
  const kinds = [wanted.kind, ...listOf(label.alt)];
  const levels = [wanted.level, ...(label.altLevel ?? [])];
  const level = emergency?.level ?? 'none';
  const found = {
    measure: 'found at all',
    right: emergency !== null || levels.includes('none'),
    wanted,
    got: emergency,
  };
  const now = {
    measure: 'now answered now or urgent',
    right: level === 'now' || level === 'urgent',
    wanted,
    got: emergency,
  };
  return [
    found,
    ...(wanted.level === 'now' ? [now] : []),
    { measure: 'kind', right: kinds.includes(emergency?.kind ?? 'none'), wanted, got: emergency },
    { measure: 'level', right: levels.includes(level), wanted, got: emergency },
  ];
};

/** Right means: not alarmed. */
const calm: Check = (label, { emergency }) => {
  if (label.emergency) return [];
  const level = emergency?.level;
  return [
    { measure: 'no now or urgent', right: level !== 'now' && level !== 'urgent', wanted: null, got: emergency },
    { measure: 'no ask', right: level !== 'ask' || label.askOk === true, wanted: null, got: emergency },
  ];
};

const understanding: Check = (label, trace) => {
  const wanted = label.intents ?? [];
  const alternatives = listOf(label.altIntents).map((each) => (Array.isArray(each) ? each : [each]));
  const place = trace.place && { kind: trace.place.kind, code: trace.place.code, name: trace.place.name };
  const places = [label.place ?? null, ...listOf(label.altPlace)];
  const time = trace.time === null ? null : Date.parse(trace.time);
  const instant = (value: unknown) =>
    value === null ? null : Date.parse(value === 'now' ? (label.at ?? AT) : String(value));
  const times = [label.time ?? null, ...listOf(label.altTime)].map(instant);
  return [
    {
      measure: 'first intent',
      right: [wanted, ...alternatives].some((each) => each[0] === trace.intent),
      wanted,
      got: trace.intents,
    },
    {
      measure: 'all intents',
      right: [wanted, ...alternatives].some((each) => same([...each].sort(), [...trace.intents].sort())),
      wanted,
      got: trace.intents,
    },
    { measure: 'place', right: places.some((each) => same(each, place)), wanted: label.place, got: place },
    {
      measure: 'service',
      right: [label.service ?? null, ...listOf(label.altService)].includes(trace.service),
      wanted: label.service,
      got: trace.service,
    },
    { measure: 'time', right: times.includes(time), wanted: label.time, got: trace.time },
  ];
};

const verdicts: Check = (label, { eligibility }) => {
  const got = eligibility && {
    region: eligibility.region,
    outcome: eligibility.outcome,
    programme: eligibility.programme,
  };
  const accepted = [label.eligibility, ...listOf(label.alt)] as Verdict[];
  const part = (name: keyof Verdict) => ({
    measure: name,
    right: accepted.some((each) => got !== null && each[name] === got[name]),
    wanted: label.eligibility,
    got,
  });
  return [
    {
      measure: 'all three',
      right: accepted.some(
        (each) =>
          got !== null && (['region', 'outcome', 'programme'] as const).every((name) => each[name] === got[name]),
      ),
      wanted: accepted,
      got,
    },
    part('region'),
    part('outcome'),
    part('programme'),
  ];
};

export const SETS: Readonly<Record<string, Check>> = {
  emergency: emergencies,
  everyday: calm,
  deceptive: calm,
  calm,
  intents: understanding,
  eligibility: verdicts,
};

/** Sends every message of a set to a fresh contact and holds the trace against the label. */
export function judge(
  simulator: Simulator,
  labels: readonly Labelled[],
  check: Check,
): {
  readonly scores: ReadonlyMap<string, readonly [right: number, all: number]>;
  readonly misses: readonly Miss[];
  readonly times: readonly number[];
} {
  const scores = new Map<string, [number, number]>();
  const misses: Miss[] = [];
  const times: number[] = [];
  labels.forEach((label, index) => {
    const input = { contact: `judge-${index}-${label.text.length}`, text: label.text, at: label.at ?? AT };
    const answer = JSON.parse(simulator.answer(JSON.stringify(input), index + 1)) as { trace: Trace };
    times.push(answer.trace.ms);
    for (const { measure, right, wanted, got } of check(label, answer.trace)) {
      const names = [
        measure,
        ...(label.region
          ? [`${measure}, regional words`]
          : label.slang
            ? [`${measure}, slang`]
            : [`${measure}, formal`]),
      ];
      for (const name of names) {
        const score = scores.get(name) ?? [0, 0];
        scores.set(name, [score[0] + (right ? 1 : 0), score[1] + 1]);
      }
      if (!right) misses.push({ measure, text: label.text, wanted, got });
    }
  });
  return { scores, misses, times };
}

/** The whole bot, as an outside judge would try it, on the labelled sets: `dev` was built with, `heldout` never. */
export function benchJudged(print: (line: string) => void): void {
  for (const half of ['dev', 'heldout']) {
    for (const [name, check] of Object.entries(SETS)) {
      const labels = readSet(half, name);
      if (labels.length === 0) continue;
      const simulator = createSimulator(buildWorld(loadSeedSnapshot()), Date.now);
      const { scores, times } = judge(simulator, labels, check);
      print(
        `${half} ${name} (${labels.length} messages, p50 ${ms(percentile(times, 50))}, worst ${ms(Math.max(...times))})`,
      );
      for (const [measure, [right, all]] of scores) {
        print(`  ${measure.padEnd(46)} ${((100 * right) / all).toFixed(1).padStart(5)} %  (${right} of ${all})`);
      }
    }
  }
}
