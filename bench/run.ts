import { benchEligibility } from './eligibility.js';
import { benchIntents } from './intents.js';
import { benchJudged } from './judged.js';
import { benchLearned } from './learned.js';
import { benchNearest } from './nearest.js';
import { benchPeople } from './people.js';
import { benchSimulate } from './simulate.js';
import { benchTelegram } from './telegram-load.js';

/** `npm run bench [NAME…]`: every benchmark, or those named; each prints its comparison from the same run. */
const BENCHES: Readonly<Record<string, (print: (line: string) => void) => void | Promise<void>>> = {
  nearest: benchNearest,
  simulate: benchSimulate,
  judged: benchJudged,
  intents: benchIntents,
  eligibility: benchEligibility,
  learned: benchLearned,
  telegram: benchTelegram,
  people: benchPeople,
};

const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`\n== ${name}\n`);
  await bench((line) => process.stdout.write(`${line}\n`));
}
