import type { InboundMessage } from '../domain/message.js';
import type { Instant } from '../domain/time.js';
import { converse } from './converse.js';
import { firstLook } from './first-look.js';
import type { Desk } from './staff-desk.js';

/** What the bot would answer somebody new who writes this at the moment: the same turn, with nothing kept or sent. */
export function previewAnswer(desk: Pick<Desk, 'world'>, text: string, at: Instant): readonly string[] {
  const message: InboundMessage = {
    id: 'preview',
    channel: 'console',
    contact: 'preview',
    at,
    body: { type: 'text', text },
    language: 'id',
  };
  return converse(message, firstLook(message), null, desk.world(), at).replies.flatMap((reply) =>
    reply.type === 'text' ? [reply.text] : [],
  );
}
