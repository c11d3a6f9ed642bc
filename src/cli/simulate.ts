/** `npm run -s simulate`: the bot for a program; NDJSON in and out, on its own in-memory copy of the shipped data. */
import { once } from 'node:events';
import { loadSeedSnapshot } from '../services/seed.js';
import { createSimulator } from '../services/simulate.js';
import { buildWorld } from '../world.js';
import { linesOf } from './lines.js';

const simulator = createSimulator(buildWorld(loadSeedSnapshot()), Date.now);
let number = 0;
process.stdout.on('error', () => process.exit(0));
for await (const line of linesOf(process.stdin)) {
  number += 1;
  if (!process.stdout.write(`${simulator.answer(line, number)}\n`)) await once(process.stdout, 'drain');
}
