/** `npm run -s hours`: the open-now engine alone; NDJSON on standard input, one answer a line on standard output. */
import { createHoursLineHandler } from '../services/answer-hours-line.js';
import { answerLines } from './lines.js';

const answer = createHoursLineHandler();
await answerLines((line, number) => JSON.stringify(answer(line, number)));
