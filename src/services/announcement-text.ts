import type { BroadcastContent, MessageTemplate, TemplateMessage } from '../domain/broadcast.js';
import type { Language } from '../domain/message.js';
import { phrase } from '../domain/phrase.js';
import type { Reply } from '../domain/reply.js';
import { zoneAbbreviation } from '../domain/time.js';
import { fill, type Placeholder } from '../engines/broadcast/index.js';
import type { World } from '../engines/dialogue/index.js';
import { renderPhrase } from '../i18n/translate.js';
import { closuresAt } from './closed-for-event.js';

/** What the placeholders stand for, in one language; null = not given. */
export function valuesOf(
  content: BroadcastContent,
  language: Language,
  { directory }: World,
): Readonly<Record<Placeholder, string | null>> {
  const facility = content.facilityId === null ? null : directory.facility(content.facilityId);
  const region = directory.region(content.regionCode);
  const at = content.eventAt;
  return {
    tempat: content.names ? content.names.facility : (facility?.name ?? null),
    daerah: content.names ? content.names.region : (region?.name ?? null),
    tautan: content.link,
    waktu:
      at === null || region === null
        ? null
        : renderPhrase(
            phrase('dialogue:announcements.moment', {
              day: { moment: at, zone: region.zone, style: 'longDay' },
              clock: { moment: at, zone: region.zone, style: 'clock' },
              zone: zoneAbbreviation(region.zone),
            }),
            language,
          ),
  };
}

/** The content with the names and closures that its readers and its approver see: from here on they stay. */
export function withNames(
  { names: _before, closures: _known, ...content }: BroadcastContent,
  world: World,
): BroadcastContent {
  const { tempat, daerah } = valuesOf(content, 'id', world);
  const closures = closuresAt(content, world.directory).map(({ id }) => id);
  return { ...content, names: { facility: tempat, region: daerah }, closures };
}

/** The text in the reader's language, the Indonesian one where theirs was not written. */
function bodyOf({ texts }: BroadcastContent, language: Language): string {
  return texts[language]?.trim() ? (texts[language] ?? '') : texts.id;
}

/** What a person reads: the text with its places filled, the link where the text does not name it, and how to stop. */
export function announcementReply(content: BroadcastContent, language: Language, world: World): Reply {
  const values = valuesOf(content, language, world);
  const body = bodyOf(content, language);
  const link = content.link !== null && !/\{\{\s*tautan\s*\}\}/.test(body) ? content.link : null;
  const parts = [fill(body, values), link, renderPhrase(phrase('dialogue:announcements.footer'), language)];
  return { type: 'text', text: parts.filter((part) => part !== null).join('\n\n'), choices: [] };
}

/** The approved template in the reader's language; null when there is none. */
export function templateIn(content: BroadcastContent, language: Language): MessageTemplate | null {
  return content.templates.find((each) => each.language === language && each.state === 'approved') ?? null;
}

/** A template with its places filled. */
export function filledTemplate(template: MessageTemplate, content: BroadcastContent, world: World): TemplateMessage {
  const values = valuesOf(content, template.language, world);
  const { name, code, body } = template;
  return { name, language: code, body: body.map((text) => fill(text, values)), buttons: [] };
}
