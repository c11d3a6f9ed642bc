import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect, judge } from '../../../../src/engines/emergency/index.js';
import signs from '../../../../src/engines/emergency/lexicon/signs.json' with { type: 'json' };
import { normalise } from '../../../../src/engines/language/index.js';

const precedence: readonly [what: string, text: string, kind: string][] = [
  ['a suicidal act before its poison', 'saya sengaja minum baygon mau mati', 'suicidal'],
  ['a newborn before its breath', 'bayi 10 hari napasnya cepat dan merintih', 'newborn'],
  ['pregnancy before the fit', 'hamil 7 bulan kejang', 'pregnancy'],
  ['the cause before the consequence', 'digigit ular sekarang pingsan', 'snakebite'],
  ['the cause before the breath', 'habis makan udang bibir bengkak dan sesak', 'allergy'],
  ['child only when nothing nearer fits', 'anak kejang badannya panas', 'seizure'],
];

const persons: readonly [text: string, person: string][] = [
  ['bayi 4 bulan tersedak', 'infant'],
  ['anak 5 tahun kejang', 'child'],
  ['hamil 8 bulan keluar darah', 'pregnant'],
  ['bapak saya mulutnya mencong', 'adult'],
];

describe('detect', () => {
  it.each(precedence)('puts %s', (_what, text, kind) => {
    expect(detect(normalise(text))?.kind).toBe(kind);
  });

  it.each(persons)('%s: %s', (text, person) => {
    expect(detect(normalise(text))?.person).toBe(person);
  });

  it('tells a seizure that goes on from one that stopped', () => {
    expect(detect(normalise('anak saya kejang'))?.level).toBe('now');
    expect(detect(normalise('tadi anak kejang sebentar, sekarang sudah sadar dan main lagi'))?.level).toBe('urgent');
  });

  it('tells an emergency at the end of ten thousand characters', () => {
    const text = `${'terima kasih infonya, puskesmas buka jam berapa ya. '.repeat(190)}tolong bapak saya tidak napas`;
    expect(detect(normalise(text))).toMatchObject({ kind: 'unconscious', level: 'now' });
  });

  it('gives its reasons', () => {
    expect(judge(normalise('bapak nyeri dada keringat dingin')).signs).toEqual(
      expect.arrayContaining(['chest_pain', 'sweat_cold']),
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void detect(normalise(text))));
  });
});

describe('the signs', () => {
  const known = new Set(signs.map(({ sign }) => sign));

  it('have a source each', () => {
    expect(signs.filter(({ source }) => !source)).toEqual([]);
  });

  it('stand once each', () => {
    expect(known.size).toBe(signs.length);
  });

  it('are all known to the lexicon where a judge names them', () => {
    const folder = 'src/engines/emergency/judges';
    const named = readdirSync(folder).flatMap((file) => {
      const calls = readFileSync(`${folder}/${file}`, 'utf8').matchAll(/f\.(?:any|is|was|perhaps|count)\(([^)]*)\)/g);
      return [...calls].flatMap(([, list]) => [...(list ?? '').matchAll(/'([a-z_]+)'/g)].map(([, sign]) => sign ?? ''));
    });
    expect(named.length).toBeGreaterThan(200);
    expect(named.filter((sign) => !known.has(sign))).toEqual([]);
  });
});
