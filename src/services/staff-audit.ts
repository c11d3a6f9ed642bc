import type { ChangeRecord } from '../ports/facility-store.js';

/** One field of a change. */
export interface FieldDifference {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** How a field and its value are told; null: it is left out. */
export type AuditWords = (field: string, value: unknown) => { readonly field: string; readonly text: string } | null;

/** As the log has it, which is what a file for another program wants. */
const AS_KEPT: AuditWords = (field, value) => ({ field, text: shown(value) });

/** What a line of the change log says, field by field; of lists (hours, names) the entries that came and went. */
export function differences(
  { before, after }: Pick<ChangeRecord, 'before' | 'after'>,
  words: AuditWords = AS_KEPT,
): readonly FieldDifference[] {
  const [old, now] = [read(before), read(after)];
  if (Array.isArray(old) || Array.isArray(now)) return listDifferences(asList(old), asList(now), words);
  if (!isObject(old) && !isObject(now)) {
    return [{ field: '', from: words('', old)?.text ?? '', to: words('', now)?.text ?? '' }];
  }
  const [from, to] = [isObject(old) ? old : {}, isObject(now) ? now : {}];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((field) => shown(from[field]) !== shown(to[field]))
    .flatMap((field) => {
      const [was, is] = [words(field, from[field]), words(field, to[field])];
      return was && is ? [{ field: is.field, from: was.text, to: is.text }] : [];
    });
}

function listDifferences(
  old: readonly unknown[],
  now: readonly unknown[],
  words: AuditWords,
): readonly FieldDifference[] {
  const [before, after] = [old, now].map((list) => list.map((value) => entry(value, words))) as [string[], string[]];
  return [
    ...before.filter((text) => !after.includes(text)).map((text) => ({ field: '', from: text, to: '' })),
    ...after.filter((text) => !before.includes(text)).map((text) => ({ field: '', from: '', to: text })),
  ];
}

/** An entry of a list on one line: its values without the keys that say to whom it belongs. */
function entry(value: unknown, words: AuditWords): string {
  if (!isObject(value)) return shown(value);
  return Object.entries(value)
    .filter(([name, each]) => name !== 'facility_id' && name !== 'position' && shown(each) !== '')
    .flatMap(([name, each]) => {
      const told = words(name, each);
      if (told === null) return [];
      return [name === 'name' ? told.text : `${told.field}: ${told.text}`];
    })
    .join(', ');
}

/** Every line is JSON but for a few words; those are shown as they are. */
function read(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === null ? [] : [value];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as it is kept, on one line; nothing is an empty text. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
