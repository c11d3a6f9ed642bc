/** `npm run -s hours`: the open-now engine alone; NDJSON on standard input, one answer a line on standard output. */
import { once } from 'node:events';
import { createHoursLineHandler } from '../services/answer-hours-line.js';
import { linesOf } from './lines.js';

const answer = createHoursLineHandler();
let number = 0;
// Whoever reads the answers may stop before the end ("| head"): that is no failure of ours.
process.stdout.on('error', () => process.exit(0));
for await (const line of linesOf(process.stdin)) {
  number += 1;
  if (!process.stdout.write(`${JSON.stringify(answer(line, number))}\n`)) await once(process.stdout, 'drain');
}
