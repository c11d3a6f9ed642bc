import type { Conversation } from '../domain/conversation.js';
import { type Phrase, phrase } from '../domain/phrase.js';
import type { Region } from '../domain/place.js';
import type { Reply } from '../domain/reply.js';
import { DAY, type Instant } from '../domain/time.js';
import type { World } from '../engines/dialogue/index.js';
import { renderReply } from '../i18n/translate.js';
import type { Conversations } from '../ports/conversations.js';

/** A talk in which nobody has written for so many days is over. */
const CLOSED_AFTER_DAYS = 7;
/** What was said in a talk is kept for so many days after it is closed. */
export const TEXT_DAYS = 7;
/** That there was a talk, and who answered in it, is kept for so many days after it is closed. */
const RECORD_DAYS = 30;
const AT_ONCE = 100;

export interface ConversationClock {
  readonly conversations: Conversations;
  readonly world: () => World;
  readonly now: () => Instant;
}

/** The bot answers again where nobody took a talk in time, or one that was taken rests; it says so, once. */
export async function endSilences({ conversations, world, now }: ConversationClock): Promise<void> {
  const at = now();
  for (const talk of await conversations.due(at, AT_ONCE)) {
    const region = world().directory.region(talk.regionCode);
    if (talk.silentUntil === null) continue;
    await conversations.endSilence(talk.id, talk.silentUntil, returnWord(talk, region), at);
  }
}

/** Closes what rests, and removes what has been kept for long enough. */
export async function retireConversations(conversations: Conversations, now: Instant): Promise<void> {
  await conversations.closeIdle(now - CLOSED_AFTER_DAYS * DAY, now);
  await conversations.emptyTexts(now - TEXT_DAYS * DAY);
  await conversations.prune(now - RECORD_DAYS * DAY);
}

/** What the bot says when it answers again by itself. */
export function returnWord(talk: Pick<Conversation, 'status' | 'language'>, region: Region | null): Reply {
  if (talk.status === 'taken') return botSays(talk, [phrase('handover:idle')]);
  return botSays(talk, [phrase('handover:nobody'), ...otherWays(region)]);
}

/** Whom to call instead: the office's own contact, or what works anywhere. */
function otherWays(region: Region | null): readonly Phrase[] {
  if (!region?.officeContact) return [phrase('dialogue:office.meanwhile')];
  return [phrase('dialogue:office.contact', { region: region.name, contact: region.officeContact })];
}

/** A word of the bot's to the person of a talk, in their language. */
export function botSays({ language }: Pick<Conversation, 'language'>, paragraphs: readonly Phrase[]): Reply {
  return renderReply({ type: 'text', paragraphs, choices: [] }, language);
}
