/**
 * `npm run -s programmes -- [REGION [FACT=VALUE…]]`: the staff's page of every region, of one, or the answer to a set
 * of facts ("64.02 bpjs=inactive payer=self"), as Markdown on standard output.
 */
import { dayOf } from '../domain/time.js';
import { evaluate, RULES } from '../engines/eligibility/index.js';
import { answerText, factsFromWords, programmePage } from '../services/programme-report.js';
import { loadSeedSnapshot } from '../services/seed.js';
import { buildWorld } from '../world.js';

const [code, ...words] = process.argv.slice(2);
const { directory, isOpen } = buildWorld(loadSeedSnapshot());
const regions = directory.regions.filter((region) => code === undefined || region.code === code);
const now = Date.now();
if (regions.length === 0) {
  process.stderr.write(`no region ${code}; there are ${directory.regions.map((region) => region.code).join(', ')}\n`);
  process.exitCode = 1;
}
for (const region of regions) {
  if (words.length === 0) process.stdout.write(programmePage(region, now, isOpen));
  else {
    const answer = evaluate({ ktpRegion: region.code, ...factsFromWords(words) }, RULES, dayOf(now, region.zone));
    process.stdout.write(`${answerText(answer, { at: now, zone: region.zone, isOpen }, 'id')}\n`);
  }
}
