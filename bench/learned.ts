import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Emergency, EmergencyLevel } from '../src/domain/emergency.js';
import { byRules, judge } from '../src/engines/emergency/detect.js';
import { findingsOf } from '../src/engines/emergency/findings.js';
import { lessonsFrom } from '../src/engines/emergency/learned/lessons.js';
import { judgeFrom, type SecondJudge, secondOpinion } from '../src/engines/emergency/learned/opinion.js';
import { type Lesson, train } from '../src/engines/emergency/learned/train.js';
import { type NormalText, normalise } from '../src/engines/language/index.js';
import { ms, percentile, timed } from './figures.js';
import type { Labelled } from './judged.js';

interface Row {
  readonly set: string;
  readonly label: Labelled;
  readonly lesson: Lesson;
  readonly normal: NormalText;
}
type Verdict = Pick<Emergency, 'kind' | 'level'> | null;
type Judge = (normal: NormalText, second: SecondJudge) => Verdict;

const SETS = ['emergency', 'everyday', 'deceptive', 'intents', 'eligibility'];
const LATER_SETS = ['emergency', 'calm', 'intents', 'eligibility'].flatMap((set) =>
  [2, 3, 4].map((hand) => `${set}-${hand}`),
);
const OWN = ['src/engines/emergency/learned/messages', 'test/engines/emergency/training'];
const FOLDS = 5;
/** Messages that share this much of their words stay on one side of a split. */
const ALIKE = 0.45;

/** Combined is the whole system as `detect` wires it, with another second judge; the others are its parts. */
const JUDGES: Readonly<Record<string, Judge>> = {
  'rules alone': (normal) => byRules(findingsOf(normal)),
  'learned alone': (normal, second) => {
    const opinion = second(normal);
    if (opinion === null) return null;
    const { p, pNow, kind } = opinion;
    return p >= 0.73 ? { kind, level: pNow >= 0.5 ? 'now' : 'urgent' } : p >= 0.4 ? { kind, level: 'ask' } : null;
  },
  combined: (normal, second) => judge(normal, second).emergency,
};

/**
 * The second opinion on messages that it did not learn from: by folds of the building sets, from one writer's sets to the
 * other's, and on the held-out half with the weights as shipped. The rules have seen the building sets in every case.
 */
export function benchLearned(print: (line: string) => void): void {
  const rows = [...SETS, ...LATER_SETS].flatMap((set) => rowsOf('dev', set));
  const own = OWN.flatMap((folder) =>
    readdirSync(folder).flatMap((file) => [...lessonsFrom(readFileSync(`${folder}/${file}`, 'utf8'))]),
  );
  const groups = groupsOf(rows);
  const folds = new Map<Row, SecondJudge>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const inFold = (_: Row, at: number) => (groups[at] ?? 0) % FOLDS === fold;
    const lessons = rows.filter((row, at) => !inFold(row, at)).map(({ lesson }) => lesson);
    const opinion = judgeFrom(train([...lessons, ...own]));
    for (const row of rows.filter(inFold)) folds.set(row, opinion);
  }
  compare(print, `${FOLDS} folds of dev`, rows, (row) => folds.get(row) ?? secondOpinion);

  const isFirst = ({ set }: Row) => SETS.includes(set);
  const ofFirst = judgeFrom(train([...rows.filter(isFirst).map(({ lesson }) => lesson), ...own]));
  compare(
    print,
    "learnt from the first hand, tried on the others'",
    rows.filter((row) => !isFirst(row)),
    () => ofFirst,
  );

  const heldout = [...SETS, ...LATER_SETS].flatMap((set) => rowsOf('heldout', set));
  compare(print, 'heldout, weights as shipped', heldout, () => secondOpinion);

  const times = timed(rows.length * 3, (call) => secondOpinion((rows[call % rows.length] as Row).normal));
  print(`second opinion alone: p50 ${ms(percentile(times, 50))}, p99 ${ms(percentile(times, 99))}`);
}

function rowsOf(half: string, set: string): readonly Row[] {
  const path = `test/labelled/${half}/${set}.ndjson`;
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) =>
      lessonsFrom(line).map((lesson) => ({
        set,
        label: JSON.parse(line) as Labelled,
        lesson,
        normal: normalise(lesson.text),
      })),
    );
}

function compare(
  print: (line: string) => void,
  title: string,
  rows: readonly Row[],
  opinionFor: (row: Row) => SecondJudge,
): void {
  print(`${title} (${rows.length} messages)`);
  for (const [name, judgeOf] of Object.entries(JUDGES)) {
    const verdicts = rows.map((row) => ({ row, verdict: judgeOf(row.normal, opinionFor(row)) }));
    figures(print, name, verdicts);
  }
}

type Judged = { readonly row: Row; readonly verdict: Verdict };

function figures(print: (line: string) => void, name: string, all: readonly Judged[]): void {
  const danger = all.filter(({ row }) => row.lesson.emergency !== null);
  const calm = all.filter(({ row }) => row.lesson.emergency === null);
  const built = ({ row }: Judged) => row.set === 'deceptive' || row.set.startsWith('calm');
  const level = ({ verdict }: Judged): EmergencyLevel | null => verdict?.level ?? null;
  const alarmed = (each: Judged) => level(each) === 'now' || level(each) === 'urgent';
  const asked = (each: Judged) => level(each) === 'ask' && each.row.label.askOk !== true;
  const accepted = ({ row: { label } }: Judged) => [label.emergency?.level, ...(label.altLevel ?? [])];
  const labelled = danger.filter(({ row }) => row.label.emergency);
  const share = (from: readonly Judged[], is: (each: Judged) => boolean) =>
    `${((100 * from.filter(is).length) / Math.max(1, from.length)).toFixed(1).padStart(5)} %`;
  const isNow = ({ row }: Judged) => row.label.emergency?.level === 'now';
  const kinds = ({ row: { label } }: Judged): readonly unknown[] => [label.emergency?.kind, ...(label.alt ?? [])];
  print(
    `  ${name.padEnd(16)} found ${share(danger, (each) => level(each) !== null || accepted(each).includes('none'))}` +
      ` | now as now or urgent ${share(labelled.filter(isNow), alarmed)}` +
      ` | level ${share(labelled, (each) => accepted(each).includes(level(each) ?? 'none'))}` +
      ` | kind ${share(labelled, (each) => kinds(each).includes(each.verdict?.kind))}`,
  );
  const everyday = calm.filter((each) => !built(each));
  const deceptive = calm.filter(built);
  print(
    `  ${''.padEnd(16)} everyday: alarms ${share(everyday, alarmed)}, asks ${share(everyday, asked)}` +
      ` | built to deceive: alarms ${share(deceptive, alarmed)}, asks ${share(deceptive, asked)}`,
  );
}

/** Messages that are alike get the same number, so that a fold never knows its own near-duplicates. */
function groupsOf(rows: readonly Row[]): readonly number[] {
  const words = rows.map(
    ({ normal }) => new Set(normal.tokens.map(({ form }) => form).filter((form) => form.length > 2)),
  );
  const using = new Map<string, number[]>();
  words.forEach((set, at) => {
    for (const word of set) using.set(word, [...(using.get(word) ?? []), at]);
  });
  const leader = rows.map((_, at) => at);
  const leaderOf = (at: number): number => (leader[at] === at ? at : leaderOf(leader[at] ?? at));
  words.forEach((set, at) => {
    const shared = new Map<number, number>();
    for (const word of set) {
      const others = using.get(word) ?? [];
      if (others.length < 400) for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    for (const [other, count] of shared) {
      const all = set.size + (words[other]?.size ?? 0) - count;
      if (other < at && count / all >= ALIKE) leader[leaderOf(at)] = leaderOf(other);
    }
  });
  return rows.map((_, at) => leaderOf(at));
}
