import { EMERGENCY_KINDS } from '../src/domain/emergency.js';
import { detect } from '../src/engines/emergency/index.js';
import { normalise } from '../src/engines/language/index.js';
import { ms, percentile, timed } from './figures.js';
import { readSet } from './judged.js';

const HALVES = ['dev', 'heldout'];
const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1).padStart(5)} %`;

/** Messages made to be slow, of ten thousand characters each. */
const HOSTILE: Readonly<Record<string, string>> = {
  'one letter': 'a'.repeat(10_000),
  'single letters': 'a '.repeat(5_000),
  'one danger sign over and over': 'nyeri dada sebelah kiri tidak bisa napas '.repeat(244),
  'many signs': 'bayi anak darah keluar muntah demam panas mata perut kaki tangan kepala '.repeat(139),
  'no spaces': 'tolongbapaksayapingsan'.repeat(455),
  'typing errors': 'kejag pingsn muntha kecelakan '.repeat(333),
  numbers: '1 2 3 39,5 '.repeat(909),
  emoji: '😂🆘'.repeat(2_500),
  'never the same word': Array.from({ length: 1_600 }, (_, i) =>
    ((i * 2_654_435_761) % 2 ** 31).toString(36).slice(0, 6),
  ).join(' '),
};

/** Recall by kind and level, false alarms, and the time a message takes, on the labelled sets and on hostile ones. */
export function benchEmergency(print: (line: string) => void): void {
  for (const half of HALVES) {
    byKind(half, print);
    for (const name of ['everyday', 'deceptive', 'calm']) falseAlarms(half, name, print);
  }
  times(print);
}

function byKind(half: string, print: (line: string) => void): void {
  const labels = readSet(half, 'emergency').flatMap(({ text, emergency }) =>
    emergency ? [{ text, ...emergency }] : [],
  );
  const answered = labels.map((label) => ({ ...label, got: detect(normalise(label.text)) }));
  print(`${half}: ${labels.length} emergencies`);
  for (const kind of EMERGENCY_KINDS) {
    const all = answered.filter((each) => each.kind === kind);
    const found = all.filter(({ got }) => got !== null).length;
    const named = all.filter(({ got }) => got?.kind === kind).length;
    print(
      `  ${kind.padEnd(14)} ${String(all.length).padStart(4)}  found ${percent(found, all.length)}  kind ${percent(named, all.length)}`,
    );
  }
  for (const level of ['now', 'urgent', 'ask']) {
    const all = answered.filter((each) => each.level === level);
    const share = (wanted: (got: string | undefined) => boolean) =>
      percent(all.filter(({ got }) => wanted(got?.level)).length, all.length);
    const acted = share((got) => got === 'now' || got === 'urgent');
    print(
      `  ${level.padEnd(14)} ${String(all.length).padStart(4)}  now or urgent ${acted}  the same ${share((got) => got === level)}`,
    );
  }
}

function falseAlarms(half: string, name: string, print: (line: string) => void): void {
  const labels = readSet(half, name).filter(({ emergency }) => !emergency);
  if (labels.length === 0) return;
  const levels = labels.map(({ text }) => detect(normalise(text))?.level);
  const alarms = levels.filter((level) => level === 'now' || level === 'urgent').length;
  const asks = levels.filter((level, i) => level === 'ask' && labels[i]?.askOk !== true).length;
  print(
    `  ${half} ${name.padEnd(10)} ${labels.length}: now or urgent ${percent(alarms, labels.length)}, ask ${percent(asks, labels.length)}`,
  );
}

function times(print: (line: string) => void): void {
  const texts = HALVES.flatMap((half) =>
    ['emergency', 'everyday'].flatMap((name) => readSet(half, name).map(({ text }) => text)),
  );
  const read = (text: string) => void detect(normalise(text));
  texts.forEach(read);
  const samples = timed(texts.length, (call) => read(texts[call] ?? ''));
  print(
    `reading and detecting, a message: median ${ms(percentile(samples, 50))}, p99 ${ms(percentile(samples, 99))}, worst ${ms(Math.max(...samples))}`,
  );
  for (const [what, text] of Object.entries(HOSTILE)) {
    const slow = timed(9, () => read(text));
    print(`  10,000 characters, ${what.padEnd(30)} median ${ms(percentile(slow, 50))}, worst ${ms(Math.max(...slow))}`);
  }
}
