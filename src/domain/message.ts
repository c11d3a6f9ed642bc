import type { Point } from './place.js';
import type { Instant } from './time.js';

/** `whatsapp` is a linked device (Baileys), `whatsapp_cloud` Meta's API: the same person has another address on each. */
export const CHANNEL_NAMES = ['telegram', 'whatsapp', 'whatsapp_cloud', 'console', 'web'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];
export type Language = 'id' | 'en';

export type MessageBody =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'location'; readonly point: Point }
  /** The number or the id of an offered choice. */
  | { readonly type: 'choice'; readonly value: string }
  /** Something that the bot cannot read: it is answered with a word on what to send instead. */
  | {
      readonly type: 'unreadable';
      readonly kind: 'voice' | 'image' | 'sticker' | 'contact' | 'document' | 'edited' | 'other';
      /** What an edit now says: read for an emergency only, and kept no further. */
      readonly text?: string;
    };

/** What a resident sent, as a value: it survives JSON. */
export interface InboundMessage {
  /** Unique over all channels: channel name + the provider's own id. A repeat is the same message. */
  readonly id: string;
  readonly channel: ChannelName;
  /** The sender within the channel (chat id, JID, …); never logged. */
  readonly contact: string;
  readonly at: Instant;
  readonly body: MessageBody;
  /** The language of the sender's application, when the channel tells. */
  readonly language: Language | null;
}
