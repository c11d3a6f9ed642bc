import type { BroadcastContent, MessageTemplate } from '../domain/broadcast.js';
import type { ChannelName, Language } from '../domain/message.js';
import { fillTemplate } from '../engines/broadcast/index.js';
import type { World } from '../engines/dialogue/index.js';
import type { Broadcasts } from '../ports/broadcasts.js';
import type { Channel, SendResult } from '../ports/channel.js';
import type { ContactStore } from '../ports/inbox.js';
import type { Meta } from '../ports/store.js';
import type { Timing } from '../ports/timing.js';
import { announcementReply, filledTemplate, templateIn } from './announcement-text.js';
import { limitsFor, readBulkSettings } from './bulk-settings.js';
import { testContactKey } from './link-contacts.js';

/** How an announcement looks on one channel in one language. */
export interface Preview {
  readonly channel: ChannelName;
  readonly language: Language;
  readonly text: string;
  /** In UTF-16 units, as the channels count; `most` is what fits into one message. */
  readonly length: number;
  readonly most: number;
  /** The values that fill the template, where the person has not written for 24 hours; null = nobody gets it then. */
  readonly template: {
    readonly name: string;
    readonly state: string;
    readonly body: readonly string[];
    /** The whole message as the person reads it; null where nobody copied Meta's text. */
    readonly text: string | null;
  } | null;
  /** False where announcements do not leave: a linked device that is switched off. */
  readonly on: boolean;
}

/** One preview for each channel that can carry announcements and each language that was written. */
export async function previewAnnouncement(
  {
    meta,
    channels,
    world,
  }: { readonly meta: Meta; readonly channels: readonly Channel[]; readonly world: () => World },
  content: BroadcastContent,
): Promise<readonly Preview[]> {
  const settings = await readBulkSettings(meta);
  const languages: readonly Language[] = content.texts.en === null ? ['id'] : ['id', 'en'];
  return channels
    .filter(({ name }) => name !== 'web' && name !== 'console')
    .flatMap(({ name, capabilities }) =>
      languages.map((language): Preview => {
        const reply = announcementReply(content, language, world());
        const text = reply.type === 'text' ? reply.text : '';
        const known = capabilities.templates ? content.templates.find((each) => each.language === language) : undefined;
        return {
          channel: name,
          language,
          text,
          length: text.length,
          most: capabilities.textLength,
          template: known ? templatePreview(known, content, world()) : null,
          on: limitsFor(name, settings) !== null,
        };
      }),
    );
}

function templatePreview(template: MessageTemplate, content: BroadcastContent, world: World): Preview['template'] {
  const { body } = filledTemplate(template, content, world);
  const { name, state, words = '' } = template;
  return { name, state, body, text: words.trim() === '' ? null : fillTemplate(words, body) };
}

/**
 * Sends the announcement to the author's own phone, past ledger and pace. `not_linked`: the author has not linked a
 * contact yet (`issueLinkCode` with "staff/ADDRESS", and the code sent to the bot).
 */
export async function sendTest(
  parts: {
    readonly broadcasts: Broadcasts;
    readonly contacts: ContactStore;
    readonly meta: Meta;
    readonly channels: readonly Channel[];
    readonly world: () => World;
    readonly timing: Timing;
  },
  id: string,
  who: string,
): Promise<SendResult['kind'] | 'not_linked' | 'not_found'> {
  const broadcast = await parts.broadcasts.find(id);
  if (!broadcast) return 'not_found';
  const contactId = await parts.meta.get(testContactKey(who));
  const contact = contactId === null ? null : await parts.contacts.find(contactId);
  const channel = parts.channels.find(({ name }) => name === contact?.channel);
  if (!contact || !channel) return 'not_linked';
  const { content } = broadcast;
  const result = await channel.send(
    contact.address,
    announcementReply(content, contact.language, parts.world()),
    null,
    contact.language,
  );
  const template = result.kind === 'failed' && result.code === 'WINDOW_CLOSED' && templateIn(content, contact.language);
  const last =
    template && channel.sendTemplate
      ? await channel.sendTemplate(contact.address, filledTemplate(template, content, parts.world()))
      : result;
  const detail = JSON.stringify({ channel: contact.channel, result: last.kind });
  await parts.broadcasts.note(id, { at: parts.timing.now(), who, act: 'tested', detail });
  return last.kind;
}
