import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Outcome, ProgrammeId } from '../../src/domain/eligibility.js';
import { EMERGENCY_KINDS } from '../../src/domain/emergency.js';
import { SERVICE_KINDS } from '../../src/domain/facility.js';
import { INTENTS } from '../../src/domain/intent.js';

const NAMES = ['emergency', 'everyday', 'deceptive', 'intents', 'eligibility'] as const;
const SPLITS = ['dev', 'heldout'] as const;
/** Second files of the building half, by another hand; they have no twin in the other half. */
const SECOND = ['intents-2', 'eligibility-2', 'emergency-2', 'calm-2'] as const;
/** Third files of the building half, by yet another hand. */
const THIRD = ['eligibility-3'] as const;
/** Rows that each second file of the other half must have at least: written last, for the closing figures only. */
const CLOSING = { 'emergency-2': 220, 'calm-2': 200, 'intents-2': 150, 'eligibility-2': 130 } as const;
/** Rows that each file written last of all must have at least, in either half. */
const LAST = { 'emergency-3': 150, 'calm-3': 130 } as const;
/** The same for everyday questions: which file of which half. */
const LAST_QUESTIONS: Readonly<Record<(typeof SPLITS)[number], readonly string[]>> = {
  dev: ['intents-3', 'eligibility-4'],
  heldout: ['intents-3', 'eligibility-3'],
};
const LEAST: Readonly<Record<(typeof NAMES)[number], number>> = {
  emergency: 260,
  everyday: 220,
  deceptive: 120,
  intents: 260,
  eligibility: 140,
};
const LEVELS = ['now', 'urgent', 'ask'];
const OUTCOMES: readonly Outcome[] = ['covered', 'likely', 'needs_step', 'not_covered', 'ask'];
const PROGRAMMES: readonly (ProgrammeId | null)[] = [
  'kukar',
  'bontang',
  'balikpapan',
  'pasuruan',
  'gratispol',
  'jkn',
  null,
];
const REGIONS = ['64.02', '64.71', '64.74', '35.14', null];
const SPEECH = [null, 'jv', 'mad', 'bjn', 'kut'];

interface PlaceLabel {
  readonly kind: string;
  readonly code: string | null;
  readonly name: string;
}
interface EligibilityLabel {
  readonly region: string | null;
  readonly outcome: Outcome;
  readonly programme: ProgrammeId | null;
}
interface Row {
  readonly text: string;
  readonly slang: boolean;
  readonly region: string | null;
  readonly emergency?: { readonly kind: string; readonly level: string } | null;
  readonly alt?: readonly unknown[];
  readonly altLevel?: readonly string[];
  readonly askOk?: boolean;
  readonly intents?: readonly string[];
  readonly place?: PlaceLabel | null;
  readonly altPlace?: readonly (PlaceLabel | null)[];
  readonly service?: string | null;
  readonly at?: string;
  readonly time?: string | null;
  readonly ambiguous?: boolean;
  readonly group?: string;
  readonly eligibility?: EligibilityLabel;
}

function rowsOf(split: string, name: string): readonly Row[] {
  const text = readFileSync(new URL(`./${split}/${name}.ndjson`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

/** Every row of one kind in a half: its first file, its second and, of everyday questions, the later ones. */
function allRowsOf(split: (typeof SPLITS)[number], name: 'emergency' | 'intents' | 'eligibility'): readonly Row[] {
  const third = split === 'dev' && name === 'eligibility' ? rowsOf(split, 'eligibility-3') : [];
  const last = LAST_QUESTIONS[split].filter((file) => file.startsWith(name)).flatMap((file) => rowsOf(split, file));
  return [...rowsOf(split, name), ...rowsOf(split, `${name}-2`), ...third, ...last];
}

function seedColumns(file: string, columns: readonly [number, number, number]): readonly (readonly string[])[] {
  return readFileSync(`prisma/seed/${file}`, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => columns.map((column) => line.split(',')[column] ?? ''));
}

/** Code -> level and name, as shipped; names of facilities stand before any column that may hold a comma. */
const areas = new Map(
  seedColumns('areas.csv', [0, 1, 2]).map(([code, level, name]) => [code ?? '', `${level} ${name}`]),
);
const facilityNames = new Set(seedColumns('facilities.csv', [3, 3, 3]).map(([name]) => name));
const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .trim();

function expectPlace(place: PlaceLabel | null): void {
  if (place === null) return;
  if (place.kind === 'outside') expect(place.code).toBeNull();
  else if (place.kind === 'facility') expect(facilityNames, place.name).toContain(place.name);
  else expect(areas.get(place.code ?? ''), place.name).toBe(`${place.kind} ${place.name}`);
}

describe.each(SPLITS)('labelled set %s', (split) => {
  it.each(NAMES)('%s is large enough, and each text stands in it once', (name) => {
    const rows = rowsOf(split, name);
    expect(rows.length).toBeGreaterThanOrEqual(LEAST[name]);
    expect(new Set(rows.map((row) => bare(row.text))).size).toBe(rows.length);
    for (const row of rows) {
      expect(row.text.trim(), row.text).toBe(row.text);
      expect(SPEECH, row.text).toContain(row.region);
      expect(typeof row.slang, row.text).toBe('boolean');
    }
  });

  it('emergency has every kind at least seven times, with known kinds and levels', () => {
    const rows = allRowsOf(split, 'emergency');
    for (const kind of EMERGENCY_KINDS) {
      expect(rows.filter((row) => row.emergency?.kind === kind).length, kind).toBeGreaterThanOrEqual(7);
    }
    for (const row of rows) {
      expect(LEVELS, row.text).toContain(row.emergency?.level);
      for (const level of row.altLevel ?? []) expect([...LEVELS, 'none'], row.text).toContain(level);
      for (const kind of row.alt ?? []) expect(EMERGENCY_KINDS, row.text).toContain(kind);
    }
  });

  it.each(['everyday', 'deceptive'] as const)('%s holds no emergency that must be acted on', (name) => {
    for (const row of rowsOf(split, name)) {
      expect(row.emergency === null || row.emergency?.level === 'ask', row.text).toBe(true);
    }
  });

  it('intents are known and in the order of the contract; places, services and times exist', () => {
    for (const row of allRowsOf(split, 'intents')) {
      const order = (row.intents ?? []).map((intent) => (INTENTS as readonly string[]).indexOf(intent));
      expect(order.length, row.text).toBeGreaterThan(0);
      expect(order, row.text).toEqual([...order].filter((at) => at >= 0).sort((a, b) => a - b));
      expectPlace(row.place ?? null);
      for (const place of row.altPlace ?? []) expectPlace(place);
      if (row.service !== null) expect(SERVICE_KINDS, row.text).toContain(row.service);
      expect(Number.isNaN(Date.parse(row.at ?? '')), row.text).toBe(false);
      if (row.time !== null && row.time !== 'now') expect(row.time?.slice(-6), row.text).toBe(row.at?.slice(-6));
      if (row.ambiguous === true) expect(row.place, row.text).toBeNull();
    }
    const named = new Set(rowsOf(split, 'intents').flatMap((row) => row.intents ?? []));
    // A pin and a picked choice are no text.
    expect([...INTENTS].filter((intent) => !named.has(intent))).toEqual(['choice', 'location']);
  });

  it('eligibility names only our regions, outcomes and programmes, and has each of them', () => {
    const rows = allRowsOf(split, 'eligibility');
    for (const row of rows) {
      for (const label of [row.eligibility, ...(row.alt ?? [])] as readonly EligibilityLabel[]) {
        expect(REGIONS, row.text).toContain(label.region);
        expect(OUTCOMES, row.text).toContain(label.outcome);
        expect(PROGRAMMES, row.text).toContain(label.programme);
      }
    }
    expect(new Set(rows.map((row) => row.eligibility?.region)).size).toBe(REGIONS.length);
    expect(new Set(rows.map((row) => row.eligibility?.outcome)).size).toBe(OUTCOMES.length);
    expect(new Set(rows.map((row) => row.eligibility?.programme)).size).toBe(PROGRAMMES.length);
  });
});

describe('the second building files', () => {
  it('emergency-2 has every kind at least sixteen times', () => {
    const kinds = rowsOf('dev', 'emergency-2').map((row) => row.emergency?.kind);
    const few = EMERGENCY_KINDS.filter((kind) => kinds.filter((other) => other === kind).length < 16);
    expect(few).toEqual([]);
  });

  it('calm-2 holds no emergency', () => {
    expect(rowsOf('dev', 'calm-2').filter((row) => row.emergency !== null)).toEqual([]);
  });

  it.each(SECOND)('%s is large enough, mostly everyday writing, and repeats nothing of the building half', (name) => {
    const rows = rowsOf('dev', name);
    expect(rows.length).toBeGreaterThanOrEqual(380);
    expect(rows.filter((row) => row.slang).length / rows.length).toBeGreaterThanOrEqual(0.5);
    expect(rows.filter((row) => row.region !== null).length / rows.length).toBeGreaterThanOrEqual(0.1);
    for (const row of rows) expect(SPEECH, row.text).toContain(row.region);
    const others = [...NAMES, ...SECOND].filter((other) => other !== name);
    const taken = new Set(others.flatMap((other) => rowsOf('dev', other)).map((row) => bare(row.text)));
    expect(new Set(rows.map((row) => bare(row.text))).size).toBe(rows.length);
    expect(rows.filter((row) => taken.has(bare(row.text))).map((row) => row.text)).toEqual([]);
  });
});

describe('the third building files', () => {
  it.each(THIRD)('%s is large enough, and repeats nothing of the building half', (name) => {
    const rows = rowsOf('dev', name);
    expect(rows.length).toBeGreaterThanOrEqual(220);
    for (const row of rows) expect(SPEECH, row.text).toContain(row.region);
    const taken = new Set([...NAMES, ...SECOND].flatMap((other) => rowsOf('dev', other)).map((row) => bare(row.text)));
    expect(new Set(rows.map((row) => bare(row.text))).size).toBe(rows.length);
    expect(rows.filter((row) => taken.has(bare(row.text))).map((row) => row.text)).toEqual([]);
  });
});

describe('the closing files', () => {
  it.each(Object.entries(CLOSING))(
    '%s holds at least %i rows, half everyday writing, each text once',
    (name, least) => {
      const rows = rowsOf('heldout', name);
      expect(rows.length).toBeGreaterThanOrEqual(least);
      expect(new Set(rows.map((row) => bare(row.text))).size).toBe(rows.length);
      expect(rows.filter((row) => row.slang).length / rows.length).toBeGreaterThanOrEqual(0.5);
      for (const row of rows) expect(SPEECH, row.text).toContain(row.region);
    },
  );

  it('emergency-2 has every kind at least six times and fifty vignettes', () => {
    const rows = rowsOf('heldout', 'emergency-2');
    const few = EMERGENCY_KINDS.filter((kind) => rows.filter((row) => row.emergency?.kind === kind).length < 6);
    expect(few).toEqual([]);
    expect(rows.filter((row) => row.group === 'vignette').length).toBeGreaterThanOrEqual(50);
  });

  it('calm-2 holds no emergency', () => {
    expect(rowsOf('heldout', 'calm-2').filter((row) => row.emergency !== null)).toEqual([]);
  });

  it('repeat nothing of the first files or of the building half', () => {
    const others = [
      ...NAMES.flatMap((name) => rowsOf('heldout', name)),
      ...[...NAMES, ...SECOND, ...THIRD].flatMap((name) => rowsOf('dev', name)),
    ];
    const taken = new Set(others.map((row) => bare(row.text)));
    const closing = SECOND.flatMap((name) => rowsOf('heldout', name));
    expect(closing.filter((row) => taken.has(bare(row.text))).map((row) => row.text)).toEqual([]);
  });
});

describe.each(SPLITS)('the files written last of all, %s', (split) => {
  it.each(Object.entries(LAST))('%s holds at least %i rows, mostly everyday writing', (name, least) => {
    const rows = rowsOf(split, name);
    expect(rows.length).toBeGreaterThanOrEqual(least);
    expect(rows.filter((row) => row.slang).length / rows.length).toBeGreaterThanOrEqual(0.5);
    for (const row of rows) {
      expect(row.text.trim(), row.text).toBe(row.text);
      expect(SPEECH, row.text).toContain(row.region);
    }
  });

  it('emergency-3 has every kind, with known kinds and levels', () => {
    const rows = rowsOf(split, 'emergency-3');
    expect(new Set(rows.map((row) => row.emergency?.kind))).toEqual(new Set(EMERGENCY_KINDS));
    for (const row of rows) {
      expect(LEVELS, row.text).toContain(row.emergency?.level);
      for (const level of row.altLevel ?? []) expect([...LEVELS, 'none'], row.text).toContain(level);
      for (const kind of row.alt ?? []) expect(EMERGENCY_KINDS, row.text).toContain(kind);
    }
  });

  it('calm-3 holds no emergency', () => {
    expect(rowsOf(split, 'calm-3').filter((row) => row.emergency !== null)).toEqual([]);
  });
});

describe('the files written last of all, together', () => {
  it('repeat neither each other nor any other file', () => {
    const last = SPLITS.flatMap((split) => Object.keys(LAST).flatMap((name) => rowsOf(split, name)));
    const others = [
      ...SPLITS.flatMap((split) => [...NAMES, ...SECOND].flatMap((name) => rowsOf(split, name))),
      ...THIRD.flatMap((name) => rowsOf('dev', name)),
    ];
    const taken = new Set(others.map((row) => bare(row.text)));
    expect(new Set(last.map((row) => bare(row.text))).size).toBe(last.length);
    expect(last.filter((row) => taken.has(bare(row.text))).map((row) => row.text)).toEqual([]);
  });
});

describe('the everyday questions written last of all', () => {
  it.each(SPLITS)('hold at least 140 rows a file in %s, mostly everyday writing, some regional', (split) => {
    for (const name of LAST_QUESTIONS[split]) {
      const rows = rowsOf(split, name);
      expect(rows.length, name).toBeGreaterThanOrEqual(140);
      expect(rows.filter((row) => row.slang).length / rows.length, name).toBeGreaterThanOrEqual(0.5);
      for (const row of rows) {
        expect(row.text.trim(), row.text).toBe(row.text);
        expect(SPEECH, row.text).toContain(row.region);
      }
    }
  });

  it('repeat neither each other nor any other file', () => {
    const last = SPLITS.flatMap((split) => LAST_QUESTIONS[split].flatMap((name) => rowsOf(split, name)));
    const others = [
      ...SPLITS.flatMap((split) => [...NAMES, ...SECOND, ...Object.keys(LAST)].flatMap((name) => rowsOf(split, name))),
      ...THIRD.flatMap((name) => rowsOf('dev', name)),
    ];
    const taken = new Set(others.map((row) => bare(row.text)));
    expect(new Set(last.map((row) => bare(row.text))).size).toBe(last.length);
    expect(last.filter((row) => taken.has(bare(row.text))).map((row) => row.text)).toEqual([]);
  });
});

describe('the split', () => {
  it('has no text in both halves', () => {
    const textsOf = (split: string, names: readonly string[]): readonly string[] =>
      names.flatMap((name) => rowsOf(split, name)).map((row) => bare(row.text));
    const heldout = new Set(textsOf('heldout', NAMES));
    expect(textsOf('dev', [...NAMES, ...SECOND, ...THIRD]).filter((text) => heldout.has(text))).toEqual([]);
  });
});
