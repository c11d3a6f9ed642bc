import type { AnyMessageContent } from '@whiskeysockets/baileys';
import type { Reply } from '../../domain/reply.js';
import type { Capabilities } from '../../ports/channel.js';
import { type ChannelWords, splitText, withNumberedChoices } from '../render-text.js';

/** A linked device has no buttons that work on all phones: choices are numbers. Long texts are cut as on the Cloud API. */
export const WHATSAPP: Capabilities = {
  buttons: 0,
  buttonLabelLength: 0,
  listRows: 0,
  textLength: 4096,
  locationRequest: false,
  placeMessages: true,
  templates: false,
};

/** The messages that show a reply. `linkPreview: null` keeps Baileys from opening addresses that stand in a text. */
export function render(reply: Reply, words: ChannelWords): readonly AnyMessageContent[] {
  if (reply.type === 'place') {
    const { lat, lng, title, address } = reply;
    return [
      { location: { degreesLatitude: lat, degreesLongitude: lng, name: title, ...(address ? { address } : {}) } },
    ];
  }
  const numbered = withNumberedChoices(reply.text, reply.choices, words);
  const body = reply.askLocation && numbered !== '' ? `${numbered}\n\n${words.howToSendLocation}` : numbered;
  return splitText(body, WHATSAPP.textLength).map((text) => ({ text, linkPreview: null }));
}
