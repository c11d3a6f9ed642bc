import type { MessageTemplate } from '../../domain/broadcast.js';

/**
 * What Meta refuses of a template, either while reviewing its text or, as errors 132000, 132005 and 132018, at every
 * single send. `part`: the number of the value, counted from 1, or what else is wrong. Positions count from 0.
 */
export interface TemplateFault {
  readonly part: number | 'name' | 'code' | 'words';
  readonly kind:
    | 'line_break'
    | 'tab'
    | 'many_spaces'
    | 'too_long'
    | 'bad_name'
    | 'bad_code'
    | 'values_differ'
    | 'numbers_skip'
    | 'begins_with_value'
    | 'ends_with_value'
    | 'values_touch'
    | 'few_words';
  readonly position: number | null;
  /** Figures that say it: "2 / 3" values, "1049" characters. Empty where the kind says all. */
  readonly what: string;
}

/** What to look at again, though it may be meant: none of it keeps an announcement back. */
export type TemplateCaution = 'likely_marketing' | 'words_unknown' | 'no_stop_word';

/** Meta's limit of a template's body with its values in it, in characters. */
const LONGEST_BODY = 1024;
const VALUE = /\{\{\s*(\d+)\s*\}\}/g;

/**
 * Everything Meta would refuse. `filled` are the values as they go out. Where the office did not copy the text that Meta
 * has (`words`), only the values can be looked at.
 */
export function faultsOfTemplate(template: MessageTemplate, filled: readonly string[]): readonly TemplateFault[] {
  const faults: TemplateFault[] = [];
  if (!/^[a-z0-9_]{1,512}$/.test(template.name)) faults.push(fault('name', 'bad_name', template.name));
  if (!/^[a-z]{2,3}(_[A-Z]{2,3})?$/.test(template.code)) faults.push(fault('code', 'bad_code', template.code));
  for (const [at, value] of filled.entries()) faults.push(...faultsOfValue(at + 1, template.body[at] ?? '', value));
  const words = template.words ?? '';
  if (words.trim() !== '') faults.push(...faultsOfWords(words, filled));
  const length = [...(words.trim() === '' ? filled.join(' ') : fillTemplate(words, filled))].length;
  if (length > LONGEST_BODY) faults.push(fault('words', 'too_long', `${length} / ${LONGEST_BODY}`));
  return faults;
}

/** What to look at again before somebody approves it. */
export function cautionsOfTemplate(
  { category, words = '' }: MessageTemplate,
  urgent: boolean,
): readonly TemplateCaution[] {
  const cautions: TemplateCaution[] = [];
  // Meta: news to many is marketing, unless each asked for it or it is critical to safety.
  if (category === 'utility' && !urgent) cautions.push('likely_marketing');
  if (words.trim() === '') cautions.push('words_unknown');
  else if (!/\b(?:berhenti|stop)\b/i.test(words)) cautions.push('no_stop_word');
  return cautions;
}

/** The template's text as a person reads it; a number without a value stays as it is. */
export function fillTemplate(words: string, values: readonly string[]): string {
  return words.replace(VALUE, (place, number: string) => values[Number(number) - 1] ?? place);
}

function faultsOfValue(part: number, typed: string, filled: string): readonly TemplateFault[] {
  const refused = [
    ['line_break', /[\n\r\u2028\u2029]/],
    ['tab', /\t/],
    ['many_spaces', /[ \u00a0]{5,}/],
  ] as const;
  return refused.flatMap(([kind, sign]) => {
    if (!sign.test(filled) && !sign.test(typed)) return [];
    const position = typed.search(sign);
    return [{ part, kind, position: position === -1 ? null : position, what: '' }];
  });
}

function faultsOfWords(words: string, filled: readonly string[]): readonly TemplateFault[] {
  const places = [...words.matchAll(VALUE)];
  const numbers = new Set(places.map(([, number]) => Number(number)));
  const faults: TemplateFault[] = [];
  if (numbers.size !== filled.length)
    faults.push(fault('words', 'values_differ', `${numbers.size} / ${filled.length}`));
  const most = Math.max(0, ...numbers);
  if (most !== numbers.size || numbers.has(0)) faults.push(fault('words', 'numbers_skip', `{{${most}}}`));
  const [first] = places;
  const last = places.at(-1);
  // A dot alone behind the last one is no text to Meta.
  const bare = (text: string) => !/[\p{L}\p{N}]/u.test(text);
  if (first && bare(words.slice(0, first.index)))
    faults.push(fault('words', 'begins_with_value', first[0], first.index));
  if (last && bare(words.slice(last.index + last[0].length))) {
    faults.push(fault('words', 'ends_with_value', last[0], last.index));
  }
  const touching = places.find((place, at) => {
    const before = places[at - 1];
    return before !== undefined && words.slice(before.index + before[0].length, place.index).trim() === '';
  });
  if (touching) faults.push(fault('words', 'values_touch', touching[0], touching.index));
  const own = words.replace(VALUE, ' ').match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
  // What Meta calls too many values for the length; observed to be two words of the text's own for each, and one.
  if (numbers.size > 0 && own < 2 * numbers.size + 1)
    faults.push(fault('words', 'few_words', `${own} / ${2 * numbers.size + 1}`));
  return faults;
}

function fault(
  part: TemplateFault['part'],
  kind: TemplateFault['kind'],
  what: string,
  position: number | null = null,
): TemplateFault {
  return { part, kind, position, what };
}
