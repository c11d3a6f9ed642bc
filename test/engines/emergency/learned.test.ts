import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EMERGENCY_KINDS, type Emergency, type EmergencyLevel } from '../../../src/domain/emergency.js';
import { combine, type RuleFinding, THRESHOLDS } from '../../../src/engines/emergency/learned/combine.js';
import { featuresOf } from '../../../src/engines/emergency/learned/features.js';
import { lessonsFrom } from '../../../src/engines/emergency/learned/lessons.js';
import {
  judgeFrom,
  LONGEST_WEIGHED,
  type Opinion,
  secondOpinion,
} from '../../../src/engines/emergency/learned/opinion.js';
import { train } from '../../../src/engines/emergency/learned/train.js';
import { load, store } from '../../../src/engines/emergency/learned/weights.js';
import { normalise } from '../../../src/engines/language/index.js';

const FOLDERS = ['test/labelled/dev', 'test/engines/emergency/training', 'src/engines/emergency/learned/messages'];
const WEIGHTS = 'src/engines/emergency/learned/weights.json';

const lessons = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .flatMap((name) => [...lessonsFrom(readFileSync(`${folder}/${name}`, 'utf8'))]),
);

const opinionOn = (text: string) => secondOpinion(normalise(text)) as Opinion;
const p = (text: string) => opinionOn(text).p;

describe('what was learnt', () => {
  it('is learnt again to the same bytes (else: npm run train:emergency)', { timeout: 120_000 }, () => {
    expect(`${JSON.stringify(train(lessons))}\n` === readFileSync(WEIGHTS, 'utf8')).toBe(true);
  });

  it('stays small', () => expect(readFileSync(WEIGHTS).length).toBeLessThan(300_000));

  // Greetings and other messages of a few words are the same in everybody's mouth.
  it('comes from messages of which none is held out for testing', () => {
    const kept = readdirSync('test/labelled/heldout').flatMap((name) =>
      lessonsFrom(readFileSync(`test/labelled/heldout/${name}`, 'utf8')).map(({ text }) => text),
    );
    const learnt = new Set(lessons.map(({ text }) => text));
    expect(kept.filter((text) => text.length > 25 && learnt.has(text)).length).toBe(0);
  });

  it('keeps a weight through storing, up to a rounding that is finer near zero', () => {
    const { values, bias } = load(store(Float64Array.from([0, 2, -1, 0.01]), 0.25));
    expect(bias).toBe(0.25);
    [0, 2, -1, 0.01].forEach((weight, at) => {
      expect(values[at]).toBeCloseTo(weight, 1);
    });
    expect(Math.abs((values[3] ?? 0) - 0.01)).toBeLessThan(0.002);
  });

  it('tells two lessons apart after one training', () => {
    const one = lessonsFrom('{"text":"bapak pingsan tidak napas","emergency":{"kind":"unconscious","level":"now"}}');
    const other = lessonsFrom('{"text":"jadwal imunisasi hari apa","emergency":null,"group":"services"}');
    const opinion = judgeFrom(train([...one, ...other]));
    expect(opinion(normalise('bapak pingsan'))?.p).toBeGreaterThan(opinion(normalise('jadwal imunisasi'))?.p ?? 1);
  });
});

describe('the second opinion', () => {
  it.each([
    ['danger', 'mertua roboh di sumur, didatangi kok tidak menjawab'],
    ['danger, misspelt', 'ank sya kejng2 trs mtanya ke ats'],
    ['danger among papers', 'kartu bpjs saya mati, ibu tiba-tiba mulutnya miring, harus ke mana'],
  ])('hears %s', (_, text) => expect(p(text)).toBeGreaterThan(THRESHOLDS.silent.ask));

  it.each([
    ['a greeting', 'selamat siang bu'],
    ['opening hours', 'puskesmas buka hari sabtu jam berapa'],
    ['a film', 'tadi nonton film, tokohnya pingsan kena racun'],
    ['nothing at all', ''],
  ])('stays calm at %s', (_, text) => expect(p(text)).toBeLessThan(THRESHOLDS.silent.ask));

  it('says the same whenever it is asked', () => {
    const first = opinionOn('sesak napas bibir biru');
    opinionOn('jadwal posyandu');
    expect(opinionOn('sesak napas bibir biru')).toEqual(first);
  });

  it('names one of the fixed kinds and probabilities from 0 to 1', () => {
    for (const { text } of lessons.slice(0, 300)) {
      const opinion = opinionOn(text);
      expect(EMERGENCY_KINDS).toContain(opinion.kind);
      for (const share of [opinion.p, opinion.pNow]) expect(share >= 0 && share <= 1).toBe(true);
    }
  });

  it.each([
    ['ten thousand letters without a space', 'a'.repeat(10_000)],
    ['two hundred negations', 'tidak '.repeat(200)],
    ['emoji and controls', '\u0000🆘'.repeat(3_000)],
  ])('fills a bounded number of buckets from %s', (_, text) => {
    const { buckets, values } = featuresOf(normalise(text));
    expect(buckets.length).toBeLessThan(20_000);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it('has none on a message that is too long to be one thing', () => {
    expect(secondOpinion(normalise('pingsan lalu '.repeat(LONGEST_WEIGHED)))).toBeNull();
  });
});

describe('rules and second opinion together', () => {
  const ruled = (level: EmergencyLevel | null, signs: readonly string[] = []): RuleFinding => {
    const emergency: Emergency | null = level && { kind: 'burn', level, person: 'adult' };
    return { emergency, person: 'adult', signs };
  };
  const opinion = (probability: number, pNow = 0.5, kinds: Opinion['kinds'] = new Map([['eye', 1]])): Opinion => ({
    p: probability,
    pNow,
    kind: 'eye',
    kinds,
  });
  const level = (rules: RuleFinding, said: Opinion) => combine(rules, said)?.level ?? null;

  it.each<[string, EmergencyLevel | null, number, EmergencyLevel | null]>([
    ['both calm', null, 0.01, null],
    ['silent rules, a fair suspicion', null, 0.6, 'ask'],
    ['silent rules, a sure opinion', null, 0.95, 'now'],
    ['an alarm, no opinion against it', 'now', 0.5, 'now'],
    ['an alarm, an opinion for calm', 'now', 0.1, 'ask'],
    ['an alarm, an opinion very sure of calm', 'now', 0.001, null],
    ['a question, a sure opinion', 'ask', 0.9, 'now'],
    ['a question, an opinion for calm', 'ask', 0.05, null],
  ])('%s', (_, said, probability, wanted) => expect(level(ruled(said), opinion(probability))).toBe(wanted));

  it('never silences an alarm on two sure signs', () => {
    expect(level(ruled('now', ['unaware', 'no_breath']), opinion(0.0001, 0, new Map()))).toBe('ask');
    expect(combine(ruled('now', ['unaware', 'no_breath']), opinion(0.0001, 0, new Map()))?.kind).toBe('burn');
  });

  it('leaves the decision to the rules where there is no opinion', () => {
    expect(combine(ruled('urgent'), null)?.level).toBe('urgent');
    expect(combine(ruled(null), null)).toBeNull();
  });

  it('does nothing on its own below the named threshold', () => {
    expect(level(ruled(null), opinion(THRESHOLDS.silent.ask - 0.001))).toBeNull();
    expect(level(ruled(null), opinion(THRESHOLDS.silent.alarm - 0.001))).toBe('ask');
  });

  it('asks more of the opinion, the surer the rules are', () => {
    const order = (['now', 'urgent', 'ask', 'silent'] as const).map((said) => THRESHOLDS[said]);
    order.slice(1).forEach((each, at) => {
      expect(each.alarm).toBeGreaterThan(order[at]?.alarm ?? 1);
      expect(each.ask).toBeGreaterThan(order[at]?.ask ?? 1);
    });
  });

  it("keeps the rules' kind unless another is far likelier", () => {
    expect(combine(ruled('now'), opinion(0.9))?.kind).toBe('burn');
    expect(combine(ruled('now'), opinion(0.9, 0.9, new Map([['eye', 5]])))?.kind).toBe('eye');
    expect(combine(ruled(null), opinion(0.9))?.kind).toBe('eye');
  });
});
