import { type ContactFacts, NEW_CONTACT } from '../domain/contact.js';
import type { OpenConversation } from '../domain/conversation.js';
import type { KeptAbout } from '../domain/kept-about.js';
import type { InboundMessage } from '../domain/message.js';
import type { Reply } from '../domain/reply.js';
import type { Instant, Zone } from '../domain/time.js';
import { openSession, step, type TurnResult, type World } from '../engines/dialogue/index.js';
import { renderReply } from '../i18n/translate.js';
import type { FirstLook } from './first-look.js';

/** Where the talk with a person stands, as the store keeps it; null for somebody new. */
export interface Standing {
  readonly contact: ContactFacts;
  readonly session: unknown;
  /** The open talk with the health office; left out: none. */
  readonly conversation?: OpenConversation;
  /** What else is kept of the person; left out while nobody asked. */
  readonly kept?: KeptAbout;
}

/** A turn decided and put into words; nothing is written or sent yet. */
export interface Conversed extends Omit<TurnResult, 'replies'> {
  readonly replies: readonly Reply[];
}

/** One turn: what the message means at `now`, and the answer in the person's language. Pure over the world given. */
export function converse(
  message: InboundMessage,
  look: FirstLook,
  standing: Standing | null,
  world: World,
  now: Instant,
  zoneHint: Zone | null = null,
): Conversed {
  const contact = standing?.contact ?? { ...NEW_CONTACT, language: message.language ?? NEW_CONTACT.language };
  const result = step(
    {
      body: look.body,
      masked: look.masked,
      normal: look.normal,
      emergency: look.emergency,
      now,
      zoneHint,
      contact,
      session: openSession(standing?.session ?? null, now),
      ...(standing?.conversation === undefined ? {} : { conversation: standing.conversation }),
      ...(standing?.kept === undefined ? {} : { kept: standing.kept }),
    },
    world,
  );
  const stated = result.forget ? result.contact : withKecamatan(result, world);
  const replies = result.replies.map((draft) => renderReply(draft, result.contact.language));
  return { ...result, contact: stated, replies };
}

/**
 * The kecamatan asked about last, for announcements that are meant for one. Who chose to hear of "my kecamatan" told it
 * themselves: a question about another place does not move them. Nor does an emergency, which may be anywhere, nor a
 * facility, which people go to from elsewhere.
 */
function withKecamatan({ contact, trace }: TurnResult, { directory }: World): ContactFacts {
  const { place, emergency } = trace;
  if (place === null || emergency !== null || contact.interests?.includes('my_kecamatan')) return contact;
  const code = place.kind === 'kecamatan' || place.kind === 'kelurahan_desa' ? place.code : null;
  const kecamatan = code?.split('.').slice(0, 3).join('.');
  return kecamatan !== undefined && directory.area(kecamatan) ? { ...contact, kecamatanCode: kecamatan } : contact;
}
