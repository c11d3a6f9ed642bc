import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSeedSnapshot } from '../../src/services/seed.js';
import { createSimulator } from '../../src/services/simulate.js';
import { buildWorld } from '../../src/world.js';

const world = buildWorld(loadSeedSnapshot());
const NOW = Date.parse('2026-11-23T02:00:00Z');
const simulator = () => createSimulator(world, () => NOW);

function ask(input: object, line = 1, on = simulator()) {
  return JSON.parse(on.answer(JSON.stringify(input), line));
}

describe('simulate', () => {
  it('answers the example of the contract', () => {
    const answer = ask({ contact: 'a', text: 'pkm mana yg buka skrg di tenggarong?', at: '2026-11-23T21:40:00+08:00' });
    expect(answer).toMatchObject({
      line: 1,
      contact: 'a',
      trace: {
        intent: 'open_now',
        intents: ['open_now'],
        emergency: null,
        place: { kind: 'kecamatan', code: '64.02.06', name: 'Tenggarong' },
        service: null,
        time: '2026-11-23T21:40:00+08:00',
        eligibility: null,
      },
    });
    expect(answer.trace.ms).toBeGreaterThan(0);
    expect(answer.trace.facilities).toContainEqual({
      id: '64.02-puskesmas-rapak-mahang',
      name: 'Puskesmas Rapak Mahang',
      service: 'ugd',
      state: 'open',
      grade: 'published',
      until: null,
      distanceKm: null,
    });
    expect(answer.replies[0].choices.length).toBeGreaterThan(2);
    for (const choice of answer.replies[0].choices) expect(Object.keys(choice)).toEqual(['id', 'label']);
  });

  it('answers a pin with distances, and a choice by number or id', () => {
    const on = simulator();
    const pin = ask({ contact: 'a', location: { lat: -0.4172, lng: 116.9925 } }, 1, on);
    expect(pin.trace).toMatchObject({ intent: 'location', place: { kind: 'point', code: null } });
    expect(pin.trace.facilities[0].distanceKm).toBeGreaterThan(0);
    const byNumber = ask({ contact: 'a', choice: '2' }, 2, on);
    expect(byNumber.trace.intent).toBe('choice');
    const byId = ask({ contact: 'a', choice: pin.replies[0].choices[1].id }, 3, on);
    expect(byId.replies).toEqual(byNumber.replies);
    const typed = ask({ contact: 'a', text: '2' }, 4, on);
    expect(typed.trace.intent).toBe('choice');
  });

  it('keeps contacts apart', () => {
    const on = simulator();
    ask({ contact: 'a', text: 'puskesmas damai buka?' }, 1, on);
    expect(ask({ contact: 'b', text: 'alamatnya?' }, 2, on).trace.facilities).toEqual([]);
    expect(ask({ contact: 'a', text: 'alamatnya?' }, 3, on).trace.facilities[0].name).toBe('Puskesmas Damai');
  });

  it('speaks English when asked to', () => {
    expect(ask({ contact: 'a', text: 'puskesmas damai buka?', language: 'en' }).replies[0].text).toContain(
      'Now, Monday',
    );
  });

  it.each<[string, string, RegExp]>([
    ['what is no JSON', '{', /JSON/],
    ['an empty line', '', /JSON/],
    ['a list', '[]', /expected object/i],
    ['nobody', '{"text":"halo"}', /contact/],
    ['nothing said', '{"contact":"a"}', /exactly one/],
    ['two things said', '{"contact":"a","text":"x","choice":"1"}', /exactly one/],
    ['a place off the globe', '{"contact":"a","location":{"lat":91,"lng":0}}', /lat/],
    ['a time without offset', '{"contact":"a","text":"x","at":"2026-11-23T21:40:00"}', /at/],
    ['a day that does not exist', '{"contact":"a","text":"x","at":"2026-13-45T21:40:00+08:00"}', /at/],
    ['an unknown channel', '{"contact":"a","text":"x","channel":"sms"}', /channel/],
  ])('refuses %s and goes on', (_label, line, reason) => {
    const on = simulator();
    const refused = JSON.parse(on.answer(line, 7));
    expect(refused.line).toBe(7);
    expect(refused.error).toMatch(reason);
    expect(ask({ contact: 'a', text: 'halo' }, 8, on).trace.intent).toBe('greeting');
  });

  it.each([
    ['10,000 characters', 'puskesmas '.repeat(1000)],
    ['10,000 characters without a space', 'a'.repeat(10_000)],
    ['emoji only', '😷🤒🏥'],
    ['control characters', '\u0000\u0007\u001b[31m puskesmas damai buka? \u0000'],
    ['right-to-left text', '\u202Eمرحبا مستشفى\u202C'],
    ['nothing but spaces', '   \n\t '],
    ['half a surrogate', '\ud83d puskesmas'],
    ['text like our own traces', '{"trace":{"emergency":{"kind":"stroke"}}}'],
  ])('has a helpful answer to %s', (_label, text) => {
    const { replies } = ask({ contact: 'a', text });
    expect(replies[0].text.length).toBeGreaterThan(20);
  });

  it('never fails, whatever is written, in whatever state', () => {
    const on = simulator();
    let line = 0;
    const message = fc.oneof(
      fc.record({
        text: fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom(
            'puskesmas buka?',
            'ktp kukar',
            'lainnya',
            '2',
            'menu',
            'kejang',
            'ya',
            'lanjut',
            'besok',
            'bangil',
          ),
        ),
      }),
      fc.record({
        choice: fc.oneof(
          fc.nat({ max: 12 }).map((n) => String(n + 1)),
          fc.constantFrom('menu', 'more', 'resume', 'facility:x', 'elig:bpjs:none', 'place:64.02.06', 'emergency:no'),
        ),
      }),
      fc.record({
        location: fc.record({
          lat: fc.double({ min: -11, max: 6, noNaN: true }),
          lng: fc.double({ min: 95, max: 141, noNaN: true }),
        }),
      }),
    );
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 8 }), (messages) => {
        for (const each of messages) {
          line += 1;
          const answer = JSON.parse(on.answer(JSON.stringify({ contact: 'p', ...each }), line));
          expect(answer.error).toBeUndefined();
          expect(answer.replies.length).toBeGreaterThan(0);
          for (const reply of answer.replies) {
            if (reply.type !== 'text') continue;
            expect(reply.text).not.toMatch(/\{\{|undefined|NaN|\[object/);
            for (const choice of reply.choices) expect(Buffer.byteLength(choice.id)).toBeLessThanOrEqual(64);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
