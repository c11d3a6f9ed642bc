import { describe, expect, it } from 'vitest';
import type { Emergency } from '../../../../src/domain/emergency.js';
import { detectAnswer } from '../../../../src/engines/emergency/index.js';
import { normalise } from '../../../../src/engines/language/index.js';

const snakebite: Emergency = { kind: 'snakebite', level: 'now', person: 'child' };
const fever: Emergency = { kind: 'dengue', level: 'ask', person: 'adult' };
const bite: Emergency = { kind: 'animal_bite', level: 'urgent', person: 'adult' };

const cases: readonly [what: string, pending: Emergency, text: string, answer: Partial<Emergency> | null][] = [
  ['no breath: the card for that', snakebite, 'ga napas', { kind: 'unconscious', level: 'now', person: 'child' }],
  ['no longer awake', bite, 'sekarang ga sadar', { kind: 'unconscious', level: 'now' }],
  ['another sign makes it graver', bite, 'darahnya muncrat ga berhenti', { kind: 'animal_bite', level: 'now' }],
  ['worse', fever, 'tambah lemas', { kind: 'dengue', level: 'urgent' }],
  ['another cause', fever, 'tadi juga digigit ular', { kind: 'snakebite', level: 'now' }],
  ['nothing new', snakebite, 'masih sadar', null],
  ['the same again', snakebite, 'digigit ular', snakebite],
  ['a bare yes is not read here', fever, 'iya', null],
];

describe('detectAnswer', () => {
  it.each(cases)('%s: %s %s', (_what, pending, text, answer) => {
    const got = detectAnswer(normalise(text), pending);
    if (answer === null) expect(got).toBeNull();
    else expect(got).toMatchObject(answer);
  });
});
