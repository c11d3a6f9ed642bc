import { expect, it } from 'vitest';
import { createFloodSense } from '../../../src/channels/telegram/flood.js';
import type { SendResult } from '../../../src/ports/channel.js';

const SENT: SendResult = { kind: 'sent', providerId: '1' };
const tooFast = (seconds: number): SendResult => ({ kind: 'retry', afterMs: seconds * 1000, code: 'RATE_LIMITED' });

/** What happens, in order: a send begins, or its answer comes; in between, seconds pass. */
type Step = ['begin', chat: number] | ['answer', chat: number, SendResult] | ['pass', seconds: number];
type Verdict = `${number} s for ${'this chat' | 'all'}`;

it.each<[string, Step[], Verdict[]]>([
  [
    'one chat alone is its own',
    [
      ['begin', 1],
      ['answer', 1, tooFast(17)],
    ],
    ['17 s for this chat'],
  ],
  [
    'the same chat again is its own still',
    [
      ['begin', 1],
      ['answer', 1, tooFast(3)],
      ['pass', 1],
      ['begin', 1],
      ['answer', 1, tooFast(9)],
    ],
    ['3 s for this chat', '9 s for this chat'],
  ],
  [
    'a second chat, and nothing in between that went out: the bot',
    [
      ['begin', 1],
      ['begin', 2],
      ['answer', 1, tooFast(5)],
      ['answer', 2, tooFast(5)],
    ],
    ['5 s for this chat', '5 s for all'],
  ],
  [
    'the bot waits as long as the longest names',
    [
      ['begin', 1],
      ['answer', 1, tooFast(30)],
      ['pass', 10],
      ['begin', 2],
      ['answer', 2, tooFast(5)],
    ],
    ['30 s for this chat', '20 s for all'],
  ],
  [
    'a second chat after a third was written to: each its own',
    [
      ['begin', 1],
      ['answer', 1, tooFast(30)],
      ['begin', 3],
      ['answer', 3, SENT],
      ['begin', 2],
      ['answer', 2, tooFast(5)],
    ],
    ['30 s for this chat', '5 s for this chat'],
  ],
  [
    'what was under way when the limit came says nothing of the bot',
    [
      ['begin', 3],
      ['begin', 1],
      ['answer', 1, tooFast(30)],
      ['answer', 3, SENT],
      ['begin', 2],
      ['answer', 2, tooFast(5)],
    ],
    ['30 s for this chat', '30 s for all'],
  ],
  [
    'a limit that is over counts no more',
    [
      ['begin', 1],
      ['answer', 1, tooFast(5)],
      ['pass', 5],
      ['begin', 2],
      ['answer', 2, tooFast(5)],
    ],
    ['5 s for this chat', '5 s for this chat'],
  ],
])('%s', (_, steps, verdicts) => {
  let now = 0;
  const sense = createFloodSense(() => now);
  const begun = new Map<number, number>();
  const heard: SendResult[] = [];
  for (const step of steps) {
    if (step[0] === 'pass') now += step[1] * 1000;
    else if (step[0] === 'begin') begun.set(step[1], sense.begin());
    else heard.push(sense.heard(step[1], begun.get(step[1]) ?? 0, step[2]));
  }
  const told = heard.flatMap((result) =>
    result.kind === 'retry' ? [`${result.afterMs / 1000} s for ${result.thisContactOnly ? 'this chat' : 'all'}`] : [],
  );
  expect(told).toEqual(verdicts);
});
