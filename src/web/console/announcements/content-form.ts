import type { Audience, BroadcastContent, MessageTemplate, Recurrence } from '../../../domain/broadcast.js';
import { TOPICS } from '../../../domain/broadcast.js';
import type { ChannelName, Language } from '../../../domain/message.js';
import type { Region } from '../../../domain/place.js';
import { type Instant, startOfDay, type Zone } from '../../../domain/time.js';
import type { Faults, Form } from '../form.js';

/** Channels that an announcement can leave on. */
export const CHANNELS = ['telegram', 'whatsapp_cloud', 'whatsapp'] as const satisfies readonly ChannelName[];
export const WRITTEN = ['id', 'en'] as const satisfies readonly Language[];
export const CATEGORIES = ['utility', 'marketing'] as const;
export const TEMPLATE_STATES = ['in_review', 'approved', 'rejected', 'paused', 'disabled'] as const;
/** "The second Tuesday"; -1 is the last. */
export const NTHS = [1, 2, 3, 4, -1] as const;
const MOST_WEEKS = 52;
/** Longer than a message may be: what is too long is told, not cut. */
const LONGEST_TYPED = 8_000;

/** An announcement as a form holds it, and what could not be read at all; what is only missing is told later. */
export interface ReadContent {
  readonly content: BroadcastContent;
  readonly faults: Faults;
}

/** Reads the form of an announcement; its times are on the region's clock. */
export function readContent(form: Form, region: Region): ReadContent {
  const { zone } = region;
  const faults: Record<string, Faults[string]> = {};
  const moment = (name: string): Instant | null => {
    const at = form.moment(name, zone);
    if (at === null && form.text(name) !== '') faults[name] = 'announcements:fault.moment';
    return at;
  };
  const sendAt = form.text('send') === 'at' ? moment('send_at') : null;
  if (form.text('send') === 'at' && sendAt === null) faults.send_at = 'announcements:fault.moment';
  const urgent = form.ticked('urgent');
  const content: BroadcastContent = {
    regionCode: region.code,
    title: form.text('title', 300),
    topic: form.oneOf('topic', TOPICS, 'general'),
    urgent,
    ignoreQuiet: urgent && form.ticked('ignore_quiet'),
    texts: { id: form.lines('text_id', LONGEST_TYPED), en: form.lines('text_en', LONGEST_TYPED) || null },
    facilityId: form.textOrNull('facility'),
    eventAt: moment('event_at'),
    link: form.textOrNull('link', 500),
    templates: readTemplates(form),
    audience: readAudience(form, zone),
    sendAt,
    expiresAt: moment('expires_at'),
    recurrence: sendAt === null ? null : readRecurrence(form),
  };
  return { content, faults };
}

function readAudience(form: Form, zone: Zone): Audience {
  const start = (name: string): Instant | null => {
    const day = form.day(name);
    return day === null ? null : startOfDay(day, zone);
  };
  const kecamatan = form.all('kecamatan');
  const asked = form.textOrNull('asked_facility');
  const since = start('asked_since');
  return {
    kecamatan,
    exceptKecamatan: form.all('except').filter((code) => !kecamatan.includes(code)),
    channels: CHANNELS.filter((name) => form.all('channel').includes(name)),
    languages: WRITTEN.filter((language) => form.all('language').includes(language)),
    activeSince: start('active_since'),
    askedAbout: asked === null ? null : { facilityId: asked, since: since ?? 0 },
  };
}

/** The templates of a form, at most one in each language; a language without a name has none. */
export function readTemplates(form: Form): readonly MessageTemplate[] {
  return WRITTEN.flatMap((language) => readTemplate(form, language) ?? []);
}

function readTemplate(form: Form, language: Language): MessageTemplate | null {
  const name = form.text(`template_${language}_name`, 512);
  if (name === '') return null;
  const body = form.lines(`template_${language}_body`, LONGEST_TYPED);
  const words = form.lines(`template_${language}_words`, LONGEST_TYPED);
  return {
    language,
    name,
    code: form.text(`template_${language}_code`, 12) || language,
    category: form.oneOf(`template_${language}_category`, CATEGORIES, 'utility'),
    state: form.oneOf(`template_${language}_state`, TEMPLATE_STATES, 'in_review'),
    body: body === '' ? [] : body.split('\n').map((line) => line.trim()),
    ...(words === '' ? {} : { words }),
  };
}

function readRecurrence(form: Form): Recurrence | null {
  const until = form.day('repeat_until');
  switch (form.text('repeat')) {
    case 'weekly': {
      const every = Math.round(Number(form.text('every', 3)));
      return { kind: 'weekly', every: Math.min(MOST_WEEKS, Math.max(1, every || 1)), until };
    }
    case 'monthly': {
      const nth = NTHS.find((each) => String(each) === form.text('nth')) ?? 1;
      const weekday = Math.min(6, Math.max(0, Math.round(Number(form.text('weekday', 1))) || 0));
      return { kind: 'monthly', nth, weekday, until };
    }
    default:
      return null;
  }
}
