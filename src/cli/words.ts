/** `npm run words`: every text in every language as one page for clinicians and native readers, on standard output. */
import { loadSeedSnapshot } from '../services/seed.js';
import { wordsPage } from '../services/words.js';
import { buildWorld } from '../world.js';

process.stdout.on('error', () => process.exit(0));
process.stdout.write(wordsPage(buildWorld(loadSeedSnapshot()).directory, Date.now()));
