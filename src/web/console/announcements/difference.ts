import type { BroadcastContent } from '../../../domain/broadcast.js';
import type { Zone } from '../../../domain/time.js';
import { say } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { factsOf } from './words.js';

/** A field in which two versions differ, as both read. */
export interface ChangedField {
  readonly field: string;
  readonly theirs: string;
  readonly yours: string;
}

/** In which fields the version that somebody else saved differs from the one that was typed. */
export function changedFields(
  parts: ConsoleParts,
  theirs: BroadcastContent,
  yours: BroadcastContent,
  zone: Zone,
): readonly ChangedField[] {
  const [left, right] = [fieldsOf(parts, theirs, zone), fieldsOf(parts, yours, zone)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((field) => ({ field, theirs: left.get(field) ?? '', yours: right.get(field) ?? '' }))
    .filter((each) => each.theirs !== each.yours);
}

function fieldsOf(parts: ConsoleParts, content: BroadcastContent, zone: Zone): ReadonlyMap<string, string> {
  const fields = new Map<string, string>([
    [say('announcements:field.title'), content.title],
    [say('announcements:field.text_id'), content.texts.id],
    [say('announcements:field.text_en'), content.texts.en ?? ''],
  ]);
  for (const [field, text] of factsOf(parts, content, zone)) {
    const before = fields.get(field);
    fields.set(field, before === undefined ? text : `${before}; ${text}`);
  }
  for (const { body } of content.templates) {
    const field = say('announcements:field.template');
    fields.set(field, [fields.get(field), ...body].join('; '));
  }
  return fields;
}
