import type { Reply } from '../../domain/reply.js';
import { type ChannelWords, placeAsText, withNumberedChoices } from '../render-text.js';

/** A reply as text with numbered choices. */
export function render(reply: Reply, words: ChannelWords): string {
  return reply.type === 'place' ? placeAsText(reply) : withNumberedChoices(reply.text, reply.choices, words);
}
