import type { InboundMessage, MessageBody } from '../../domain/message.js';
import type { Instant } from '../../domain/time.js';
import { type ChatMessage, chatMessage } from './schema.js';

/** A posted chat message as a value; null when it is none. `contact` is the random id in the visitor's cookie. */
export function receive(payload: unknown, contact: string, at: Instant): InboundMessage | null {
  const parsed = chatMessage.safeParse(payload);
  if (!parsed.success) return null;
  const body = bodyOf(parsed.data);
  if (body === null) return null;
  return { id: `web:${parsed.data.id}`, channel: 'web', contact, at, body, language: null };
}

function bodyOf(message: ChatMessage): MessageBody | null {
  const given = [message.text, message.choice, message.location].filter((part) => part !== undefined);
  if (given.length !== 1) return null;
  if (message.text !== undefined) return { type: 'text', text: message.text };
  if (message.choice !== undefined) return { type: 'choice', value: message.choice };
  return message.location === undefined ? null : { type: 'location', point: message.location };
}
