import { describe, expect, test } from 'vitest';
import type { MessageTemplate } from '../../../src/domain/broadcast.js';
import { cautionsOfTemplate, faultsOfTemplate, fillTemplate } from '../../../src/engines/broadcast/index.js';

const POSYANDU = 'Posyandu di {{1}} mulai {{2}} pagi. Tulis BERHENTI untuk berhenti menerima info.';
const template = (over: Partial<MessageTemplate> = {}): MessageTemplate => ({
  language: 'id',
  name: 'posyandu_info',
  code: 'id',
  category: 'marketing',
  state: 'approved',
  body: ['Balai Contoh', '08.00'],
  words: POSYANDU,
  ...over,
});
/** Each fault as "part kind position", the values taken as typed. */
const faults = (over: Partial<MessageTemplate>, filled?: readonly string[]) => {
  const known = template(over);
  return faultsOfTemplate(known, filled ?? known.body).map(({ part, kind, position }) =>
    [part, kind, position ?? '-'].join(' '),
  );
};
const words = (text: string, ...body: readonly string[]) => ({ words: text, body });

describe('a template that Meta would refuse is told with the place', () => {
  const CASES: readonly (readonly [string, Partial<MessageTemplate>, readonly string[]])[] = [
    ['one that is right', {}, []],
    ['none copied from Meta', { words: '' }, []],
    ['a text without values', words('Besok puskesmas tutup karena banjir.'), []],
    ['the same value twice', words('Di {{1}} besok pagi, datang ke {{1}} ya Bapak Ibu.', 'Balai'), []],
    ['a line break', { body: ['Balai\nContoh', '08.00'] }, ['1 line_break 5']],
    ['a tab', { body: ['Balai', '08\t00'] }, ['2 tab 2']],
    ['four spaces', { body: ['Balai    Contoh', '08.00'] }, []],
    ['five spaces', { body: ['Balai     Contoh', '08.00'] }, ['1 many_spaces 5']],
    ['capital letters in the name', { name: 'Posyandu Info' }, ['name bad_name -']],
    ['a language that is none', { code: 'Indonesia' }, ['code bad_code -']],
    ['a language with its country', { code: 'en_US' }, []],
    ['a value too few', { body: ['Balai'] }, ['words values_differ -']],
    ['a value too many', { body: ['Balai', '08.00', 'x'] }, ['words values_differ -']],
    [
      'a number left out',
      words('Di {{1}} besok mulai jam {{3}} sampai selesai ya.', 'a', 'b'),
      ['words numbers_skip -'],
    ],
    ['a value at the beginning', words('{{1}} membuka posyandu besok pagi.', 'Balai'), ['words begins_with_value 0']],
    [
      'a value at the beginning but for a sign',
      words('*{{1}}* membuka posyandu besok pagi.', 'Balai'),
      ['words begins_with_value 1'],
    ],
    ['a value at the end', words('Besok ada posyandu di {{1}}', 'Balai'), ['words ends_with_value 22']],
    ['a value at the end but for a dot', words('Besok ada posyandu di {{1}}.', 'Balai'), ['words ends_with_value 22']],
    [
      'two values that touch',
      words('Besok ada posyandu di {{1}} {{2}} jangan lupa datang ya.', 'a', 'b'),
      ['words values_touch 28'],
    ],
    ['more values than the text carries', words('Di {{1}} jam {{2}} ya.', 'a', 'b'), ['words few_words -']],
    ['too long with its values in it', { body: ['a'.repeat(600), 'b'.repeat(400)] }, ['words too_long -']],
    ['values too long by themselves', { words: '', body: ['a'.repeat(1025)] }, ['words too_long -']],
  ];
  test.each(CASES)('%s', (_, over, expected) => expect(faults(over)).toEqual(expected));

  test('a break that comes from what a place stands for has no place in what was typed', () => {
    expect(faults({ body: ['{{tempat}}', '08.00'] }, ['Balai\nContoh', '08.00'])).toEqual(['1 line_break -']);
  });
});

test('the text is shown with its values, a number without one as it stands', () => {
  expect(fillTemplate('Di {{1}} dan {{ 2 }}, {{3}}.', ['A', '$1'])).toBe('Di A dan $1, {{3}}.');
});

describe('what to look at again', () => {
  test.each([
    ['nothing', {}, false, []],
    ['news to many as utility', { category: 'utility' }, false, ['likely_marketing']],
    ['a danger as utility', { category: 'utility' }, true, []],
    ['no text from Meta', { words: ' ' }, false, ['words_unknown']],
    ['no word on how to stop', { words: 'Posyandu besok.' }, false, ['no_stop_word']],
  ] as const)('%s', (_, over, urgent, expected) =>
    expect(cautionsOfTemplate(template(over), urgent)).toEqual(expected),
  );
});
