import { SERVICE_KINDS } from '../../domain/facility.js';
import type { PhraseKey } from '../../domain/phrase.js';
import { FACILITY_TOPICS, REPORT_TOPICS } from '../../domain/report.js';
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
  'password',
  'act',
  'title',
  'body',
  'code',
  'contact',
  'open',
  'topics',
  'outcome',
  'words',
  'signer',
  'profession',
  'signedOn',
  'by',
  'on',
  'minute',
  'days',
  'waitMinutes',
  'idleMinutes',
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
/** Words of the log itself, and the fields in which they stand. */
const TOLD = ['issued', 'registered', 'new', 'true', 'false', 'corrected', 'unchanged'] as const;
const TOLD_IN: ReadonlySet<string> = new Set(['code', 'contact', 'password', 'active', 'outcome']);
const TOPICS = [...REPORT_TOPICS, ...FACILITY_TOPICS] as const;
const TALK_ACTS = ['taken', 'released', 'replied', 'closed', 'handed_back'] as const;
const ANNOUNCEMENT_ACTS = [
  'created',
  'changed',
  'submitted',
  'sent_back',
  'taken_back',
  'approved',
  'scheduled',
  'planned',
  'started',
  'paused',
  'resumed',
  'cancelled',
  'retried',
  'tested',
  'ended',
] as const;
/** Who is no member of staff, and lines that are a sentence: as the log has them, and as staff read them. */
const AUTHORS = { seed: 'shipped', import: 'import', system: 'system', 'staff command': 'command' } as const;
const SENTENCES = { 'the shipped data was loaded': 'shipped', 'a new password was set': 'password' } as const;

/** Who made a change: the e-mail address, or what it was if it was nobody. */
export function auditAuthor(who: string): string {
  return Object.hasOwn(AUTHORS, who) ? say(`console:auditAuthor.${AUTHORS[who as keyof typeof AUTHORS]}`) : who;
}

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
    if (field === 'regions' && Array.isArray(value)) {
      const names = value.map((code) => directory.region(String(code))?.name ?? String(code));
      return names.length === 0 ? say('console:staff.everyRegion') : names.join(', ');
    }
    if (field === '' && Object.hasOwn(SENTENCES, text))
      return say(`console:auditSentence.${SENTENCES[text as keyof typeof SENTENCES]}`);
    const talk = TALK_ACTS.find((each) => field === 'act' && each === text);
    if (talk) return say(`console:talkAct.${talk}`);
    const act = ANNOUNCEMENT_ACTS.find((each) => field === 'act' && each === text);
    if (act) return say(`announcements:act.${act}`);
    const topics = field === 'topics' ? text.split(', ').map((each) => TOPICS.find((topic) => topic === each)) : [];
    if (topics.length > 0) return topics.map((topic) => (topic ? say(`reports:topic.${topic}`) : text)).join(', ');
    const told = TOLD.find((each) => TOLD_IN.has(field) && each === text);
    if (told) return say(`console:auditTold.${told}`);
    const known = field in WORDS && (WORDS[field as keyof typeof WORDS] as readonly string[]).includes(text);
    return known ? say(`console:${field}.${text}` as PhraseKey) : text;
  };
  return (field, value) => {
    if (MARKS.has(field)) return null;
    const known = FIELDS.find((each) => each === field);
    return { field: known ? say(`console:auditField.${known}`) : field, text: worded(field, value) };
  };
}
