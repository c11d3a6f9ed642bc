import type { BroadcastContent } from '../domain/broadcast.js';
import type { Language } from '../domain/message.js';
import type { Instant } from '../domain/time.js';
import {
  cautionsOfTemplate,
  faultsOf,
  faultsOfTemplate,
  type TemplateCaution,
  type TemplateFault,
  type TextFault,
} from '../engines/broadcast/index.js';
import type { World } from '../engines/dialogue/index.js';
import { announcementReply, filledTemplate, valuesOf } from './announcement-text.js';

/** Something that keeps an announcement from being handed in; the console has a sentence for each `code`. */
export interface ContentFault {
  readonly field: string;
  readonly code:
    | TextFault['kind']
    | TemplateFault['kind']
    | 'missing'
    | 'too_long'
    | 'unknown'
    | 'not_a_link'
    | 'in_the_past'
    | 'before_start'
    | 'only_urgent'
    | 'needs_date';
  /** What is wrong there: the placeholder, the code; empty when the field says it all. */
  readonly what: string;
  /** Where in a text, counted from 0; null for what is no text. */
  readonly position: number | null;
}

const LONGEST_TITLE = 120;
const LONGEST_TEXT = 3500;
/** What people read must be one message on every channel: of two parts the first would come again when the second fails. */
const LONGEST_MESSAGE = 4096;

/** Everything that is wrong with a draft as it stands at the moment; none = it may be handed in. */
export function faultsOfContent(content: BroadcastContent, world: World, now: Instant): readonly ContentFault[] {
  const fault = (field: string, code: ContentFault['code'], what = ''): ContentFault => ({
    field,
    code,
    what,
    position: null,
  });
  const { directory } = world;
  const faults: ContentFault[] = [];
  if (content.title.trim() === '') faults.push(fault('title', 'missing'));
  if (content.title.length > LONGEST_TITLE) faults.push(fault('title', 'too_long'));
  if (directory.region(content.regionCode) === null) faults.push(fault('region', 'unknown', content.regionCode));
  faults.push(...textFaults(content, world), ...templateFaults(content, world));
  if (content.facilityId !== null && directory.facility(content.facilityId)?.regionCode !== content.regionCode) {
    faults.push(fault('facility', 'unknown', content.facilityId));
  }
  if (content.link !== null && !isLink(content.link)) faults.push(fault('link', 'not_a_link'));
  for (const code of [...content.audience.kecamatan, ...content.audience.exceptKecamatan]) {
    const area = directory.area(code);
    if (area?.level !== 'kecamatan' || !code.startsWith(`${content.regionCode}.`)) {
      faults.push(fault('kecamatan', 'unknown', code));
    }
  }
  if (content.ignoreQuiet && !content.urgent) faults.push(fault('ignoreQuiet', 'only_urgent'));
  return [...faults, ...timeFaults(content, now).map(([field, code]) => fault(field, code))];
}

function timeFaults(
  { sendAt, expiresAt, eventAt, recurrence }: BroadcastContent,
  now: Instant,
): readonly (readonly [string, ContentFault['code']])[] {
  const faults: (readonly [string, ContentFault['code']])[] = [];
  if (sendAt !== null && sendAt < now) faults.push(['sendAt', 'in_the_past']);
  if (expiresAt !== null && expiresAt <= now) faults.push(['expiresAt', 'in_the_past']);
  else if (expiresAt !== null && sendAt !== null && expiresAt <= sendAt) faults.push(['expiresAt', 'before_start']);
  if (eventAt !== null && eventAt <= now) faults.push(['eventAt', 'in_the_past']);
  if (recurrence !== null && sendAt === null) faults.push(['recurrence', 'needs_date']);
  return faults;
}

function textFaults(content: BroadcastContent, world: World): readonly ContentFault[] {
  const texts: readonly (readonly [string, Language, string])[] = [
    ['text.id', 'id', content.texts.id],
    ...(content.texts.en === null ? [] : [['text.en', 'en', content.texts.en] as const]),
    ...content.templates.flatMap(({ language, body }) =>
      body.map((text, index) => [`template.${language}.${index + 1}`, language, text] as const),
    ),
  ];
  return texts.flatMap(([field, language, text]): readonly ContentFault[] => {
    const faults = faultsOf(text, valuesOf(content, language, world)).map(
      ({ kind, position, what }): ContentFault => ({ field, code: kind, what, position }),
    );
    return isTooLong(content, field, text, world)
      ? [...faults, { field, code: 'too_long', what: '', position: null }]
      : faults;
  });
}

/** What Meta would refuse, told before anybody approves it: at the send it would be refused once for each person. */
function templateFaults(content: BroadcastContent, world: World): readonly ContentFault[] {
  return content.templates.flatMap((template) => {
    const { body } = filledTemplate(template, content, world);
    return faultsOfTemplate(template, body).map(({ part, kind, position, what }) => ({
      field: `template.${template.language}.${part}`,
      code: kind,
      what,
      position,
    }));
  });
}

/** What an officer should look at again though it may be handed in, by the template's language. */
export function cautionsOfContent({
  templates,
  urgent,
}: BroadcastContent): readonly { readonly language: Language; readonly caution: TemplateCaution }[] {
  return templates.flatMap((template) =>
    cautionsOfTemplate(template, urgent).map((caution) => ({ language: template.language, caution })),
  );
}

/** A text as it was typed, or with its places filled, the link and the line on how to stop. */
function isTooLong(content: BroadcastContent, field: string, text: string, world: World): boolean {
  if (text.length > LONGEST_TEXT) return true;
  const language = field === 'text.id' ? 'id' : field === 'text.en' ? 'en' : null;
  if (language === null) return false;
  const reply = announcementReply(content, language, world);
  return reply.type === 'text' && reply.text.length > LONGEST_MESSAGE;
}

function isLink(text: string): boolean {
  return /^https:\/\/[^\s{}]+$/.test(text) && URL.canParse(text);
}
