import { describe, expect, test } from 'vitest';
import { type Candidate, EVERYBODY, type Interest, type Topic } from '../../../src/domain/broadcast.js';
import { HOUR } from '../../../src/domain/time.js';
import { type Carrier, type Plan, planFor, USUAL_QUIET } from '../../../src/engines/broadcast/index.js';

const NOON = Date.parse('2026-11-23T12:00:00+08:00');
const FREE: Carrier = { templates: [] };

const PLAN: Plan = {
  regionCode: '64.02',
  topic: 'general',
  audience: EVERYBODY,
  carriers: new Map([
    ['telegram', FREE],
    ['whatsapp_cloud', { templates: [] }],
  ]),
  zone: 'Asia/Makassar',
  quiet: USUAL_QUIET,
  now: NOON,
  expiresAt: NOON + 24 * HOUR,
};

const SITI: Candidate = {
  contactId: 'siti',
  channel: 'telegram',
  language: 'id',
  regionCode: '64.02',
  kecamatanCode: '64.02.06',
  consent: 'granted',
  unreachableAt: null,
  interests: ['all'],
  lastSeenAt: NOON - HOUR,
  personId: null,
  askedAbout: false,
};

/** `pending`, the reason for leaving somebody out, or "not meant". */
function fate(candidate: Partial<Candidate>, plan: Partial<Plan> = {}, siblings: readonly Candidate[] = []): string {
  const row = planFor({ ...SITI, ...candidate }, siblings, { ...PLAN, ...plan });
  return row === null ? 'not meant' : (row.reason ?? row.status);
}

describe('who is meant', () => {
  const only = (audience: Partial<Plan['audience']>) => ({ audience: { ...EVERYBODY, ...audience } });
  const CASES: readonly (readonly [string, Partial<Candidate>, Partial<Plan>, string])[] = [
    ['somebody who agreed', {}, {}, 'pending'],
    ['another region', { regionCode: '64.74' }, {}, 'not meant'],
    ['nobody knows the region', { regionCode: null }, {}, 'not meant'],
    ['the kecamatan named', {}, only({ kecamatan: ['64.02.06'] }), 'pending'],
    ['another kecamatan', {}, only({ kecamatan: ['64.02.01'] }), 'not meant'],
    ['a kecamatan left out', {}, only({ exceptKecamatan: ['64.02.06'] }), 'not meant'],
    ['no kecamatan known', { kecamatanCode: null }, only({ kecamatan: ['64.02.06'] }), 'place_unknown'],
    ['no kecamatan known, the whole region meant', { kecamatanCode: null }, {}, 'pending'],
    ['another channel', {}, only({ channels: ['whatsapp'] }), 'not meant'],
    ['another language', {}, only({ languages: ['en'] }), 'not meant'],
    ['not active lately', {}, only({ activeSince: NOON }), 'not meant'],
    ['active at that very moment', {}, only({ activeSince: NOON - HOUR }), 'pending'],
    ['asked about the facility', { askedAbout: true }, only({ askedAbout: { facilityId: 'x', since: 0 } }), 'pending'],
    ['did not ask about it', {}, only({ askedAbout: { facilityId: 'x', since: 0 } }), 'not meant'],
  ];
  test.each(CASES)('%s', (_, candidate, plan, expected) => expect(fate(candidate, plan)).toBe(expected));
});

describe('who is left out, and why', () => {
  const closed = { channel: 'whatsapp_cloud', lastSeenAt: NOON - 24 * HOUR } as const;
  const templates = { carriers: new Map([['whatsapp_cloud', { templates: ['id'] }]] as const) };
  const night = { now: NOON + 10 * HOUR };
  const CASES: readonly (readonly [string, Partial<Candidate>, Partial<Plan>, string])[] = [
    ['never agreed', { consent: 'never_asked' }, {}, 'no_consent'],
    ['said BERHENTI', { consent: 'stopped' }, {}, 'stopped'],
    ['blocked the bot, but never said BERHENTI', { unreachableAt: NOON - HOUR }, {}, 'unreachable'],
    ['stopped before blocking', { consent: 'stopped', unreachableAt: NOON }, {}, 'stopped'],
    ['a channel that is off', { channel: 'whatsapp' }, {}, 'no_channel'],
    ['the page chat, which nobody can be reached by later', { channel: 'web' }, {}, 'no_channel'],
    ['wrote within the window', { channel: 'whatsapp_cloud' }, {}, 'pending'],
    ['the window closed, no template', closed, {}, 'window_closed'],
    [
      'the window closes before the message leaves',
      { ...closed, lastSeenAt: NOON - 24 * HOUR + 1000 },
      {},
      'window_closed',
    ],
    ['the window closed, a template', closed, templates, 'pending'],
    ['the window closed, a template in another language', { ...closed, language: 'en' }, templates, 'window_closed'],
    ['night, and over before the expiry', {}, night, 'pending'],
    ['night until after the expiry', {}, { ...night, expiresAt: NOON + 18 * HOUR }, 'quiet'],
    ['night, urgent', {}, { ...night, expiresAt: NOON + 18 * HOUR, quiet: null }, 'pending'],
  ];
  test.each(CASES)('%s', (_, candidate, plan, expected) => expect(fate(candidate, plan)).toBe(expected));

  test('in the night the row waits for the morning, not the person', () => {
    const row = planFor(SITI, [], { ...PLAN, ...night });
    expect(row).toMatchObject({ status: 'pending', nextAt: Date.parse('2026-11-24T06:00:00+08:00') });
    expect(planFor(SITI, [], PLAN)?.nextAt).toBe(0);
  });
});

describe('what people want to hear', () => {
  const CASES: readonly (readonly [readonly Interest[], Topic, readonly string[], boolean])[] = [
    [[], 'general', [], true],
    [['all'], 'outbreak', [], true],
    [['vaccination'], 'vaccination', [], true],
    [['vaccination'], 'outbreak', [], false],
    [['vaccination', 'outbreak'], 'outbreak', ['64.02.06'], true],
    [['outbreak'], 'general', ['64.02.06'], false],
    [['my_kecamatan'], 'general', ['64.02.06'], true],
    [['my_kecamatan'], 'general', [], false],
    [['my_kecamatan'], 'vaccination', [], false],
    [['my_kecamatan'], 'outbreak', [], true],
  ];
  test.each(CASES)('%j on %s for %j: %s', (interests, topic, kecamatan, wanted) => {
    const plan = { topic, audience: { ...EVERYBODY, kecamatan } };
    expect(fate({ interests }, plan)).toBe(wanted ? 'pending' : 'interest');
  });
});

describe('one person on two channels', () => {
  const telegram = { ...SITI, personId: 'p' };
  const cloud: Candidate = { ...telegram, contactId: 'siti-2', channel: 'whatsapp_cloud', lastSeenAt: NOON };
  const both = [telegram, cloud];
  const fates = (one: Candidate, two: Candidate, plan: Partial<Plan> = {}) => [
    fate(one, plan, [one, two]),
    fate(two, plan, [one, two]),
  ];

  test('gets it where they wrote last', () => expect(fates(telegram, cloud)).toEqual(['linked', 'pending']));
  test('gets it where it can arrive', () => {
    expect(fates(telegram, { ...cloud, unreachableAt: NOON })).toEqual(['pending', 'unreachable']);
    expect(fates(telegram, { ...cloud, consent: 'stopped' })).toEqual(['pending', 'stopped']);
  });
  test('gets it where it costs nothing', () => {
    const carriers = new Map([
      ['telegram', FREE],
      ['whatsapp_cloud', { templates: ['id'] }],
    ] as const);
    const old = { ...cloud, lastSeenAt: NOON - 30 * HOUR };
    expect(fates({ ...telegram, lastSeenAt: NOON - 40 * HOUR }, old, { carriers })).toEqual(['pending', 'linked']);
  });
  test('gets it exactly once when all is alike', () => {
    const alike = both.map((each) => ({ ...each, channel: 'telegram' as const, lastSeenAt: NOON }));
    expect(alike.map((each) => fate(each, {}, alike)).sort()).toEqual(['linked', 'pending']);
  });
});
