import type { BroadcastContent, PauseReason, Recurrence } from '../../../domain/broadcast.js';
import { dayOf, type Zone } from '../../../domain/time.js';
import { ERROR_CATALOGUE } from '../../../errors.js';
import { weekdayName } from '../../../i18n/format.js';
import type { BroadcastAct } from '../../../ports/broadcasts.js';
import type { ContentFault, cautionsOfContent } from '../../../services/announcement-faults.js';
import { dayText, momentText, say } from '../page.js';
import type { ConsoleParts } from '../parts.js';

/** What a send that failed means, in words; a code that this page does not know by its own name. */
export function codeWords(code: string): string {
  switch (code) {
    case 'CONTACT_UNREACHABLE':
    case 'WINDOW_CLOSED':
    case 'SEND_REFUSED':
    case 'RATE_LIMITED':
    case 'TOO_OLD':
    case 'CHANNEL_UNREACHABLE':
      return say(`announcements:code.${code}`);
    default:
      return code in ERROR_CATALOGUE ? say('announcements:code.other', { code }) : code;
  }
}

/** Why an announcement stands still. */
export function pauseWords(pause: PauseReason): string {
  if (pause.kind === 'staff') return say('announcements:pause.staff', { who: pause.who });
  const { failed, of, code } = pause;
  return say('announcements:pause.failures', { failed, of, why: codeWords(code) });
}

/** A fault of a draft as a sentence that begins with the field, and ends with where in it. */
export function faultWords({ field, code, what, position }: ContentFault): string {
  const fault = say(`announcements:fault.${code}`, { what });
  return say('announcements:faultLine', {
    field: fieldWords(field),
    fault: position === null ? fault : say('announcements:faultAt', { fault, at: position + 1 }),
  });
}

function fieldWords(field: string): string {
  const [kind, language, part] = field.split('.');
  if (kind !== 'template') return say(`announcements:field.${field.replace('.', '_')}` as 'announcements:field.title');
  const of = { language: say(`announcements:language.${language === 'en' ? 'en' : 'id'}`) };
  switch (part) {
    case 'name':
      return say('announcements:template.name', of);
    case 'code':
      return say('announcements:template.code', of);
    case 'words':
      return say('announcements:template.words', of);
    default:
      return say('announcements:template.value', { ...of, number: part ?? '' });
  }
}

/** What to look at again about a template, as a sentence. */
export function cautionWords({ language, caution }: ReturnType<typeof cautionsOfContent>[number]): string {
  return say('announcements:faultLine', {
    field: say('announcements:template.in', { language: say(`announcements:language.${language}`) }),
    fault: say(`announcements:caution.${caution}`),
  });
}

/** "kedua", "terakhir". */
export function nthWords(nth: 1 | 2 | 3 | 4 | -1): string {
  return say(nth === -1 ? 'announcements:repeat.nth.last' : `announcements:repeat.nth.n${nth}`);
}

/** "Setiap bulan, Selasa kedua, sampai 31 Desember 2026." */
export function recurrenceWords(recurrence: Recurrence): string {
  const how =
    recurrence.kind === 'weekly'
      ? say('announcements:repeat.weeklyIs', { every: recurrence.every })
      : say('announcements:repeat.monthlyIs', {
          day: weekdayName(recurrence.weekday, 'id'),
          nth: nthWords(recurrence.nth),
        });
  return recurrence.until === null
    ? how
    : `${how}, ${say('announcements:repeat.untilIs', { day: dayText(recurrence.until) })}`;
}

/** What an act of the history was, with what its detail tells. */
export function actWords({ act, detail }: BroadcastAct): string {
  const known = readDetail(detail);
  const said = say(`announcements:act.${act}`);
  const more: string[] = [];
  if (typeof known.why === 'string') more.push(known.why);
  if (typeof known.many === 'number') more.push(say('announcements:history.many', { many: known.many }));
  if (typeof known.code === 'string') more.push(codeWords(known.code));
  return more.length === 0 ? said : `${said}: ${more.join(', ')}`;
}

function readDetail(detail: string | null): Readonly<Record<string, unknown>> {
  const read: unknown = detail === null ? null : JSON.parse(detail);
  return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
}

/** All that was decided about an announcement, as label and text, for whoever reads it before saying yes. */
export function factsOf(
  { desk }: ConsoleParts,
  content: BroadcastContent,
  zone: Zone,
): readonly (readonly [string, string])[] {
  const { directory } = desk.world();
  const { audience } = content;
  const areas = (codes: readonly string[]) => codes.map((code) => directory.area(code)?.name ?? code).join(', ');
  const facts: (readonly [string, string])[] = [];
  const tell = (field: string, text: string | null) => {
    if (text) facts.push([say(`announcements:field.${field}` as 'announcements:field.title'), text]);
  };
  tell('region', directory.region(content.regionCode)?.name ?? content.regionCode);
  tell('kecamatan', areas(audience.kecamatan) || say('announcements:audience.whole'));
  tell('except', areas(audience.exceptKecamatan));
  tell('channels', audience.channels.map((name) => say(`announcements:channel.${name}`)).join(', '));
  tell('languages', audience.languages.map((name) => say(`announcements:language.${name}`)).join(', '));
  tell('activeSince', audience.activeSince === null ? null : dayText(dayOf(audience.activeSince, zone)));
  if (audience.askedAbout !== null) {
    const { facilityId, since } = audience.askedAbout;
    const name = directory.facility(facilityId)?.name ?? facilityId;
    tell('asked', say('announcements:audience.askedSince', { name, day: dayText(dayOf(since, zone)) }));
  }
  tell('topic', say(`announcements:topic.${content.topic}`));
  if (content.urgent) tell('urgent', say(`announcements:urgent.${content.ignoreQuiet ? 'night' : 'day'}`));
  tell('facility', content.facilityId === null ? null : (directory.facility(content.facilityId)?.name ?? null));
  tell('eventAt', content.eventAt === null ? null : momentText(content.eventAt, zone));
  tell('link', content.link);
  tell('sendAt', content.sendAt === null ? say('announcements:send.now') : momentText(content.sendAt, zone));
  tell(
    'expiresAt',
    content.expiresAt === null ? say('announcements:send.dayAfter') : momentText(content.expiresAt, zone),
  );
  tell('recurrence', content.recurrence === null ? null : recurrenceWords(content.recurrence));
  for (const { language, name, category, state } of content.templates) {
    tell(
      'template',
      say('announcements:template.line', {
        name,
        language: say(`announcements:language.${language}`),
        category: say(`announcements:template.category.${category}`),
        state: say(`announcements:template.state.${state}`),
      }),
    );
  }
  return facts;
}
