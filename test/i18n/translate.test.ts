import { describe, expect, it } from 'vitest';
import type { PhraseKey } from '../../src/domain/phrase.js';
import { phrase } from '../../src/domain/phrase.js';
import { formatDistance, formatMoment } from '../../src/i18n/format.js';
import { renderPhrase, renderReply } from '../../src/i18n/translate.js';

const moment = Date.parse('2026-11-23T13:40:00Z');

describe('words', () => {
  it('set a value in as it is, whatever it holds', () => {
    const name = '{{other}} $t(dialogue:menu.back) <b>&amp;';
    expect(renderPhrase(phrase('facility:page.title', { name }), 'id')).toBe(name);
  });

  it('refuse a text that does not exist and a value that is missing', () => {
    expect(() => renderPhrase({ key: 'dialogue:nothing.here' as PhraseKey }, 'id')).toThrow(/nothing/);
    expect(() => renderPhrase(phrase('facility:page.title'), 'id')).toThrow(/name/);
  });

  it('turn a list of phrases into lines', () => {
    const lines = [phrase('facility:state.closed'), phrase('facility:state.open_24h')];
    expect(renderPhrase(phrase('facility:line.block', { lines }), 'id')).toBe('tutup\nbuka 24 jam');
  });

  it.each([
    ['id', 'clock', 'Asia/Makassar', '21.40'],
    ['en', 'clock', 'Asia/Makassar', '21:40'],
    ['id', 'clock', 'Asia/Jakarta', '20.40'],
    ['id', 'dayClock', 'Asia/Makassar', 'Senin 23 Nov 21.40'],
    ['id', 'longDay', 'Asia/Makassar', 'Senin, 23 November 2026'],
    ['en', 'day', 'Asia/Makassar', 'Monday 23 Nov'],
    ['id', 'weekday', 'Asia/Jayapura', 'Senin'],
    ['id', 'date', 'Asia/Jakarta', '23 November 2026'],
  ] as const)('write a moment in %s as %s in %s', (language, style, zone, text) => {
    expect(formatMoment({ moment, zone, style }, language)).toBe(text);
  });

  it.each([
    [0.012, false, '50 m'],
    [0.44, false, '450 m'],
    [0.98, false, '1,0 km'],
    [3.24, false, '3,2 km'],
    [12.4, true, '± 12 km'],
  ])('write %s km', (km, approximate, text) => {
    expect(formatDistance({ km, approximate }, 'id')).toBe(text);
  });

  it('make a reply of a draft, and leave a pin as it is', () => {
    const pin = { type: 'place', facility: 'f', lat: 1, lng: 2, title: 't', address: '' } as const;
    expect(renderReply(pin, 'id')).toEqual(pin);
    const draft = {
      type: 'text',
      paragraphs: [phrase('facility:state.closed'), phrase('facility:state.open')],
      choices: [{ id: 'menu', label: phrase('dialogue:menu.back') }],
    } as const;
    expect(renderReply(draft, 'en')).toEqual({
      type: 'text',
      text: 'closed\n\nopen',
      choices: [{ id: 'menu', label: 'Main menu' }],
    });
  });
});
