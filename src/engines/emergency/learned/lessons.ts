import { EMERGENCY_KINDS, type EmergencyKind, type EmergencyLevel } from '../../../domain/emergency.js';
import type { Lesson } from './train.js';

/** The fields of a labelled message that are learnt from; test/labelled/README.md describes them. */
interface Labelled {
  readonly text: string;
  readonly emergency?: { readonly kind: string; readonly level: string } | null;
  readonly altLevel?: readonly string[];
  readonly askOk?: boolean;
  readonly group?: string;
  readonly intents?: readonly string[];
  readonly altIntents?: readonly unknown[];
}

const CLERICAL_GROUPS = ['open', 'eligibility', 'services', 'info', 'administrative', 'admin-igd'];
/** A label that another careful judge would not give counts this much. */
const CONTESTED = 0.3;

/**
 * Reads one file of labelled messages (one JSON object a line) as lessons. Messages of which judges disagree whether they
 * tell of an emergency at all are left out, or count less.
 */
export function lessonsFrom(ndjson: string): readonly Lesson[] {
  return ndjson
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => lessonOf(JSON.parse(line) as Labelled));
}

function lessonOf(row: Labelled): readonly Lesson[] {
  const { text, emergency, altLevel = [], askOk = false } = row;
  if (emergency) {
    const sure = altLevel.includes('none') ? CONTESTED : 1;
    return [{ text, emergency: checked(emergency), sure, clerical: false, otherLevels: altLevel }];
  }
  const told = row.intents?.includes('emergency') ?? false;
  if (!told && (row.altIntents ?? []).flat().includes('emergency')) return [];
  const clerical = !told && (emergency === undefined || CLERICAL_GROUPS.includes(row.group ?? ''));
  return [{ text, emergency: told ? 'unspecified' : null, sure: askOk ? CONTESTED : 1, clerical, otherLevels: [] }];
}

function checked(emergency: { readonly kind: string; readonly level: string }) {
  if (!(EMERGENCY_KINDS as readonly string[]).includes(emergency.kind)) throw new Error(`no kind ${emergency.kind}`);
  return { kind: emergency.kind as EmergencyKind, level: emergency.level as EmergencyLevel };
}
