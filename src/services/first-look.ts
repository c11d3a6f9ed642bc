import type { Emergency } from '../domain/emergency.js';
import type { InboundMessage, MessageBody } from '../domain/message.js';
import { detect } from '../engines/emergency/index.js';
import { type NormalText, normalise } from '../engines/language/index.js';
import { maskIdentifiers } from '../engines/privacy/index.js';

/** A message after the first look: identifiers blotted out, its words brought to normal form, an emergency found or not. */
export interface FirstLook {
  readonly body: MessageBody;
  readonly masked: boolean;
  readonly normal: NormalText | null;
  readonly emergency: Emergency | null;
}

/** Longer than any message a channel lets through; what comes after is not read. */
const LONGEST_TEXT = 10_000;

/**
 * Reads the message itself, before the store, consent, language or limits are asked: this is what keeps an
 * emergency from waiting for any of them. Pure; never throws on what a resident wrote.
 */
export function firstLook(message: InboundMessage): FirstLook {
  const { body } = message;
  if (body.type === 'unreadable') return editLook(body);
  if (body.type !== 'text') return { body, masked: false, normal: null, emergency: null };
  return textLook(body.text);
}

/** An edit is no new message, unless it tells of an emergency: then it is answered as one. Otherwise its text ends here. */
function editLook({ kind, text }: Extract<MessageBody, { type: 'unreadable' }>): FirstLook {
  const look = text === undefined ? null : textLook(text);
  if (look !== null && look.emergency !== null) return look;
  return { body: { type: 'unreadable', kind }, masked: false, normal: null, emergency: null };
}

function textLook(whole: string): FirstLook {
  const { text, masked } = maskIdentifiers(whole.slice(0, LONGEST_TEXT));
  const normal = normalise(text);
  return { body: { type: 'text', text }, masked, normal, emergency: detect(normal) };
}
