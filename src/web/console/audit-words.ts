import { SERVICE_KINDS } from '../../domain/facility.js';
import type { PhraseKey } from '../../domain/phrase.js';
import { isRole } from '../../domain/staff.js';
import type { Zone } from '../../domain/time.js';
import type { Directory } from '../../ports/directory.js';
import { type AuditWords, shown } from '../../services/staff-audit.js';
import { hoursText, momentText, say } from './page.js';

/** The fields that have a name for people; any other is shown by its own. */
const FIELDS = [
  'region_code',
  'service',
  'hours',
  'starts_at',
  'ends_at',
  'reason',
  'source',
  'grade',
  'checked_on',
  'name',
  'kind',
  'scope',
  'status',
  'standing',
  'valid_from',
  'valid_to',
  'note',
  'notes',
  'address',
  'phone',
  'phone_as_of',
  'kecamatan_code',
  'kelurahan_code',
  'lat',
  'lng',
  'coord_confidence',
  'number',
  'confidence',
  'date',
  'office_contact',
  'role',
  'regions',
  'active',
] as const;
/** Fields that only say which line of a table it is; the heading has said whom it concerns. */
const MARKS: ReadonlySet<string> = new Set(['id', 'key', 'facility_id', 'position']);

const WORDS = {
  grade: ['verified', 'published', 'assumed'],
  status: ['operating', 'unconfirmed', 'planned', 'closed'],
  kind: ['puskesmas', 'pustu', 'hospital', 'clinic'],
  scope: ['general', 'maternity', 'eye', 'other_specialist'],
  standing: ['planned', 'contested'],
} as const;

/** A change in the words of the console: times in the zone, hours as a week, services and grades by name. */
export function auditWords(directory: Directory, zone: Zone): AuditWords {
  const worded = (field: string, value: unknown): string => {
    const text = shown(value);
    if ((field === 'starts_at' || field === 'ends_at') && typeof value === 'number') return momentText(value, zone);
    if (field === 'hours' && text !== '') return hoursText(text);
    const service = SERVICE_KINDS.find((each) => field === 'service' && each === text);
    if (service) return say(`facility:service.${service}`);
    if (field === 'region_code') return directory.region(text)?.name ?? text;
    if (field === 'kecamatan_code' || field === 'kelurahan_code') return directory.area(text)?.name ?? text;
    if (field === 'role' && isRole(text)) return say(`console:role.${text}`);
    const known = field in WORDS && (WORDS[field as keyof typeof WORDS] as readonly string[]).includes(text);
    return known ? say(`console:${field}.${text}` as PhraseKey) : text;
  };
  return (field, value) => {
    if (MARKS.has(field)) return null;
    const known = FIELDS.find((each) => each === field);
    return { field: known ? say(`console:auditField.${known}`) : field, text: worded(field, value) };
  };
}
