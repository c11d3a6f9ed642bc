import { benchEligibility } from './eligibility.js';
import { benchJudged } from './judged.js';
import { benchNearest } from './nearest.js';
import { benchSimulate } from './simulate.js';

/** `npm run bench [NAME…]`: every benchmark, or those named; each prints its comparison from the same run. */
const BENCHES: Readonly<Record<string, (print: (line: string) => void) => void | Promise<void>>> = {
  nearest: benchNearest,
  simulate: benchSimulate,
  judged: benchJudged,
  eligibility: benchEligibility,
};

const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`\n== ${name}\n`);
  await bench((line) => process.stdout.write(`${line}\n`));
}
