/** `npm run -s simulate`: the bot for a program; NDJSON in and out, on its own in-memory copy of the shipped data. */
import { loadSeedSnapshot } from '../services/seed.js';
import { createSimulator } from '../services/simulate.js';
import { buildWorld } from '../world.js';
import { answerLines } from './lines.js';

const simulator = createSimulator(buildWorld(loadSeedSnapshot()), Date.now);
await answerLines((line, number) => simulator.answer(line, number));
