// Learns the weights of the emergency detector's second opinion from labelled messages and writes them beside it.
// Plain logistic regression by full-batch gradient descent: no chance is involved, the same data give the same bytes.
// Run after `node scripts/build.mjs`: node scripts/train-second-opinion.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = process.env.OUT_DIR ?? `${root}dist`;
const { normalise } = await import(`${out}/src/engines/language/index.js`);
const { findingsOf } = await import(`${out}/src/engines/emergency/findings.js`);
const { featuresOf } = await import(`${out}/src/engines/emergency/features.js`);

const FILES = [
  'test/labelled/dev/emergency.ndjson',
  'test/labelled/dev/emergency-2.ndjson',
  'test/labelled/dev/everyday.ndjson',
  'test/labelled/dev/deceptive.ndjson',
  'test/labelled/dev/calm-2.ndjson',
  'test/labelled/dev/intents.ndjson',
  'test/labelled/dev/intents-2.ndjson',
  'test/labelled/dev/eligibility.ndjson',
  'test/labelled/dev/eligibility-2.ndjson',
  'test/engines/emergency/training/messages.ndjson',
];
const ROUNDS = 250;
const STEP = 20;
const SHRINK = 0.003;
/** A feature must be seen this often to count. */
const SEEN = 2;

const messages = FILES.flatMap((file) => {
  const lines = readFileSync(root + file, 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const { text, emergency, intents } = JSON.parse(line);
    const normal = normalise(text);
    const alarm = emergency != null || (intents ?? []).includes('emergency');
    return {
      alarm: alarm ? 1 : 0,
      kind: emergency?.kind ?? null,
      features: [...featuresOf(normal, findingsOf(normal))],
    };
  });
});

const counts = new Map();
for (const { features } of messages) for (const f of features) counts.set(f, (counts.get(f) ?? 0) + 1);
const names = [...counts.keys()].filter((f) => counts.get(f) >= SEEN).sort();
const ids = new Map(names.map((name, id) => [name, id]));
const rows = messages.map(({ features }) => features.map((f) => ids.get(f)).filter((id) => id !== undefined));

const weights = new Float64Array(names.length);
let bias = 0;
for (let round = 0; round < ROUNDS; round++) {
  const gradient = new Float64Array(names.length);
  let slope = 0;
  rows.forEach((row, i) => {
    const sum = row.reduce((total, id) => total + weights[id], bias);
    const error = 1 / (1 + Math.exp(-sum)) - messages[i].alarm;
    for (const id of row) gradient[id] += error;
    slope += error;
  });
  for (let id = 0; id < weights.length; id++) {
    weights[id] -= (STEP * gradient[id]) / messages.length + 2 * SHRINK * weights[id];
  }
  bias -= (2 * slope) / messages.length;
}

// A feature votes for the kind among whose messages it is most over-represented.
const kindTotals = new Map();
const kindCounts = new Map();
for (const { kind, features } of messages) {
  if (kind === null) continue;
  kindTotals.set(kind, (kindTotals.get(kind) ?? 0) + 1);
  for (const f of features) {
    if (!ids.has(f)) continue;
    if (!kindCounts.has(f)) kindCounts.set(f, new Map());
    kindCounts.get(f).set(kind, (kindCounts.get(f).get(kind) ?? 0) + 1);
  }
}
const labelled = [...kindTotals.values()].reduce((a, b) => a + b, 0);
const kinds = {};
for (const name of names) {
  const seen = kindCounts.get(name);
  if (!seen) continue;
  const total = [...seen.values()].reduce((a, b) => a + b, 0);
  let best = null;
  for (const kind of [...seen.keys()].sort()) {
    const expected = (total * kindTotals.get(kind)) / labelled;
    const vote = Math.log((seen.get(kind) + 0.5) / (expected + 0.5));
    if (best === null || vote > best[1]) best = [kind, vote];
  }
  if (best !== null && best[1] > 0.5) kinds[name] = [best[0], Number(best[1].toFixed(2))];
}

const kept = {};
names.forEach((name, id) => {
  const rounded = Number(weights[id].toFixed(2));
  if (Math.abs(rounded) >= 0.05) kept[name] = rounded;
});
const model = { source: 'scripts/train-second-opinion.mjs', bias: Number(bias.toFixed(2)), weights: kept, kinds };
writeFileSync(`${root}src/engines/emergency/second-opinion.json`, `${JSON.stringify(model, null, 2)}\n`);
console.log(`${messages.length} messages, ${Object.keys(kept).length} weights, ${Object.keys(kinds).length} votes`);
