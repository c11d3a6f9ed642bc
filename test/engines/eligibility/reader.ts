import { type EligibilityAnswer, evaluate, extractFacts, RULES } from '../../../src/engines/eligibility/index.js';
import { normalise } from '../../../src/engines/language/index.js';
import { understand } from '../../../src/engines/understanding/index.js';
import { loadSeedSnapshot } from '../../../src/services/seed.js';
import { buildWorld } from '../../../src/world.js';

const ON = '2026-11-23';
const { gazetteer } = buildWorld(loadSeedSnapshot());
const WORLD = {
  gazetteer,
  now: Date.parse(`${ON}T09:00:00+08:00`),
  zone: 'Asia/Makassar',
  homeRegion: null,
  holidays: [],
} as const;

/** The answer to a first message, read with the shipped places as the bot reads it. */
export function answerTo(text: string): EligibilityAnswer {
  const normal = normalise(text);
  return evaluate(extractFacts(normal, understand(normal, WORLD), {}, null), RULES, ON);
}
