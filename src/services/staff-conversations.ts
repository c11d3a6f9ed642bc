import { randomUUID } from 'node:crypto';
import { type Conversation, isSilent } from '../domain/conversation.js';
import { phrase } from '../domain/phrase.js';
import { serviceWindowEnd } from '../domain/service-window.js';
import type { StaffMember } from '../domain/staff.js';
import { DAY, type Instant, MINUTE } from '../domain/time.js';
import { renderPhrase } from '../i18n/translate.js';
import type { CannedReply, StaffReply } from '../ports/conversations.js';
import { IDLE_MINUTES, WAIT_MINUTES } from './handover-rules.js';
import { botSays, TEXT_DAYS } from './keep-conversations.js';
import { authorOf, type Desk } from './staff-desk.js';

/** The longest reply that staff may send: what every channel takes in one message. */
export const LONGEST_REPLY = 1000;
/** Of a region; more are no help to anybody in a hurry. */
const MOST_CANNED = 50;

/** The talks of the regions: waiting, taken, and those whose texts are still kept. */
export function conversationsOf(desk: Desk, regionCodes: readonly string[]): Promise<readonly Conversation[]> {
  return desk.store.conversations.list(regionCodes, desk.now() - TEXT_DAYS * DAY);
}

/** How many talks wait for somebody in the regions. */
export function waitingConversations(desk: Desk, mine: (regionCode: string) => boolean): Promise<number> {
  const codes = desk.world().directory.regions.map(({ code }) => code);
  return desk.store.conversations.waiting(codes.filter(mine));
}

/** Whether free text can reach the person now, and until when; `endsAt` null where a channel has no such window. */
export interface ReplyWindow {
  readonly open: boolean;
  readonly endsAt: Instant | null;
}

/** The window of a talk's channel, which begins anew with each message of the person. */
export function replyWindow(talk: Pick<Conversation, 'channel' | 'lastSeenAt'>, now: Instant): ReplyWindow {
  const endsAt = serviceWindowEnd(talk.channel, talk.lastSeenAt);
  return { open: endsAt === null || now < endsAt, endsAt };
}

/** Takes a talk in hand, out of those of `from` (null: nobody's). False when somebody was quicker, or it is closed. */
export function takeConversation(
  desk: Desk,
  member: StaffMember,
  talk: Conversation,
  from: string | null,
): Promise<boolean> {
  return desk.store.conversations.take(talk.id, from, authorOf(desk, member), restsUntil(desk, talk));
}

/** Gives a talk back to the colleagues; the bot waits for one of them as it does at the beginning. */
export function releaseConversation(desk: Desk, member: StaffMember, talk: Conversation): Promise<boolean> {
  const minutes = rulesOf(desk, talk)?.waitMinutes ?? WAIT_MINUTES.usual;
  return desk.store.conversations.release(talk.id, authorOf(desk, member), desk.now() + minutes * MINUTE);
}

/** Why a reply did not go out. */
export type ReplyFault = 'window_closed' | 'not_yours';

/** Lets a reply leave, once for each form that it is typed into; null = it is on its way. */
export async function replyInConversation(
  desk: Desk,
  member: StaffMember,
  talk: Conversation,
  reply: StaffReply,
): Promise<ReplyFault | null> {
  if (!replyWindow(talk, desk.now()).open) return 'window_closed';
  const author = authorOf(desk, member);
  return (await desk.store.conversations.reply(talk.id, reply, author, restsUntil(desk, talk))) ? null : 'not_yours';
}

/**
 * Ends a talk that is in nobody's or the member's own hands. The bot says that it answers again where it was silent and
 * its word can still arrive. False when it is in somebody else's hands, or closed.
 */
export async function closeConversation(desk: Desk, member: StaffMember, talk: Conversation): Promise<boolean> {
  if (talk.takenBy !== null && talk.takenBy !== member.email) return false;
  const now = desk.now();
  const heard = isSilent(talk, now) && replyWindow(talk, now).open;
  const word = heard ? botSays(talk, [phrase('handover:closed')]) : null;
  return desk.store.conversations.close(talk.id, authorOf(desk, member), word);
}

/** Lets the bot answer again while the member's talk stays open. False when it is not theirs, or the bot does so already. */
export async function handBackConversation(desk: Desk, member: StaffMember, talk: Conversation): Promise<boolean> {
  if (talk.takenBy !== member.email) return false;
  return desk.store.conversations.handBack(talk.id, authorOf(desk, member), botSays(talk, [phrase('handover:idle')]));
}

/** Adds what is said often (`id` null), or changes it. False when it is not there, or there are too many. */
export async function saveCannedReply(
  desk: Desk,
  member: StaffMember,
  reply: { readonly id: string | null } & Pick<CannedReply, 'regionCode' | 'title' | 'body'>,
): Promise<boolean> {
  const { conversations } = desk.store;
  const all = await conversations.cannedReplies(reply.regionCode);
  if (reply.id === null ? all.length >= MOST_CANNED : !all.some(({ id }) => id === reply.id)) return false;
  await conversations.putCannedReply({ ...reply, id: reply.id ?? randomUUID() }, authorOf(desk, member));
  return true;
}

/** Gives a region that has none the usual replies, to be changed to its own words. */
export async function putUsualReplies(desk: Desk, member: StaffMember, regionCode: string): Promise<void> {
  if ((await desk.store.conversations.cannedReplies(regionCode)).length > 0) return;
  for (const name of USUAL) {
    const say = (part: 'title' | 'body') => renderPhrase(phrase(`handover:usual.${name}.${part}`), 'id');
    await saveCannedReply(desk, member, { id: null, regionCode, title: say('title'), body: say('body') });
  }
}

const USUAL = ['greeting', 'moment', 'voice', 'identity', 'thanks'] as const;

function restsUntil(desk: Desk, talk: Conversation): Instant {
  return desk.now() + (rulesOf(desk, talk)?.idleMinutes ?? IDLE_MINUTES.usual) * MINUTE;
}

function rulesOf(desk: Desk, { regionCode }: Conversation) {
  return desk.world().handover?.(regionCode, desk.now())?.rules ?? null;
}
