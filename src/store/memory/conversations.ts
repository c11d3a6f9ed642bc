import type { Conversation } from '../../domain/conversation.js';
import type { MessageBody } from '../../domain/message.js';
import type { Reply } from '../../domain/reply.js';
import type { Instant } from '../../domain/time.js';
import type { CannedReply, Conversations } from '../../ports/conversations.js';
import type { Author } from '../../ports/facility-store.js';
import type { Turn } from '../../ports/inbox.js';
import { putInLine } from './outbox.js';
import type { Tables } from './tables.js';

/** A talk as it is kept; what else a talk shows is the contact's. */
export type ConversationEntry = {
  -readonly [K in keyof Omit<Conversation, 'channel' | 'language' | 'lastSeenAt' | 'unreachableAt'>]: Conversation[K];
};

export interface ConversationMessageEntry {
  readonly id: string;
  readonly conversationId: string;
  readonly at: Instant;
  readonly who: string | null;
  body: MessageBody | null;
  readonly emergency: boolean;
  readonly outboxId: string | null;
}

/** The open talk of a person. */
export function openTalk(tables: Tables, contactId: string): ConversationEntry | undefined {
  return [...tables.conversations.values()].find((each) => each.contactId === contactId && each.status !== 'closed');
}

/** What a committed turn does to the person's talk with the office. */
export function stepTalk(tables: Tables, turn: Turn): void {
  const step = turn.conversation;
  if (step === undefined) return;
  let talk = openTalk(tables, turn.contactId);
  if (step.act === 'open') {
    talk ??= newTalk(tables, turn, step.regionCode ?? '');
    talk.silentUntil = step.silentUntil;
    talk.residentAt = turn.at;
    if (talk.status === 'waiting') talk.regionCode = step.regionCode ?? '';
  }
  if (!talk) return;
  if (step.body !== null) {
    putMessage(tables, talk.id, turn.at, null, step.body, step.emergency, null);
    talk.residentAt = turn.at;
  }
  if (step.emergency) talk.emergencyAt = turn.at;
  if (step.act === 'keep' && step.silentUntil !== null && talk.silentUntil !== null) {
    talk.silentUntil = Math.max(talk.silentUntil, step.silentUntil);
  }
  if (step.act === 'return' || step.act === 'end') talk.silentUntil = null;
  if (step.act === 'end') Object.assign(talk, { status: 'closed', closedAt: turn.at, closedBy: 'resident' });
}

function newTalk(tables: Tables, turn: Turn, regionCode: string): ConversationEntry {
  const talk: ConversationEntry = {
    id: `conversation-${tables.conversations.size + 1}`,
    regionCode,
    contactId: turn.contactId,
    status: 'waiting',
    openedAt: turn.at,
    takenAt: null,
    takenBy: null,
    closedAt: null,
    closedBy: null,
    silentUntil: null,
    residentAt: turn.at,
    staffAt: null,
    emergencyAt: null,
  };
  tables.conversations.set(talk.id, talk);
  return talk;
}

function putMessage(
  tables: Tables,
  conversationId: string,
  at: Instant,
  who: string | null,
  body: MessageBody,
  emergency: boolean,
  outboxId: string | null,
): void {
  const id = `message-${tables.conversationMessages.length + 1}`;
  tables.conversationMessages.push({ id, conversationId, at, who, body, emergency, outboxId });
}

const RANK = { waiting: 0, taken: 1, closed: 2 } as const;

/** Talks with the office in memory. */
export function memoryConversations(tables: Tables): Conversations {
  const shown = (talk: ConversationEntry): readonly Conversation[] => {
    const contact = tables.contacts.get(talk.contactId);
    if (!contact) return [];
    const { channel, language, lastSeenAt, unreachableAt } = contact;
    return [{ ...talk, channel, language, lastSeenAt, unreachableAt }];
  };
  const all = () => [...tables.conversations.values()];
  const act = async (id: string, fits: (talk: ConversationEntry) => boolean, change: Partial<ConversationEntry>) => {
    const talk = tables.conversations.get(id);
    if (!talk || talk.status === 'closed' || !fits(talk)) return null;
    Object.assign(talk, change);
    const session = tables.sessions.get(talk.contactId);
    if (session) tables.sessions.set(talk.contactId, { ...session, version: session.version + 1 });
    return talk;
  };
  const send = (talk: ConversationEntry, reply: Reply, at: Instant, once?: string): string | null => {
    const id = `conversation/${talk.id}/${once ?? tables.outbox.size + 1}`;
    if (tables.outbox.has(id)) return null;
    putInLine(tables, { id, contactId: talk.contactId, replyTo: null, kind: 'reply' }, reply, at);
    return id;
  };
  const note = (what: string, subject: string, author: Author, after: object | null, before: object | null = null) => {
    const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
    tables.changes.push({ ...author, what, subject, before: json(before), after: json(after) });
  };
  const noteAct = (talk: ConversationEntry, word: string, author: Author) =>
    note('conversations', `${talk.regionCode}/${talk.id}`, author, { act: word });
  return {
    find: async (id) => {
      const talk = tables.conversations.get(id);
      return (talk && shown(talk)[0]) ?? null;
    },
    list: async (regionCodes, closedSince) =>
      all()
        .filter(({ regionCode, status, closedAt }) => {
          const recent = status !== 'closed' || (closedAt !== null && closedAt >= closedSince);
          return regionCodes.includes(regionCode) && recent;
        })
        .sort((a, b) => RANK[a.status] - RANK[b.status] || a.openedAt - b.openedAt)
        .flatMap(shown),
    waiting: async (regionCodes) =>
      all().filter(({ regionCode, status }) => status === 'waiting' && regionCodes.includes(regionCode)).length,
    messages: async (id) =>
      tables.conversationMessages
        .filter(({ conversationId }) => conversationId === id)
        .map(({ conversationId: _, outboxId, ...message }) => {
          const row = tables.outbox.get(outboxId ?? '');
          const receipt = row?.receipt as 'delivered' | 'read' | 'failed' | null | undefined;
          return { ...message, delivery: row ? { status: row.status, code: null, receipt: receipt ?? null } : null };
        }),
    take: async (id, from, author, silentUntil) => {
      const change = { status: 'taken', takenBy: author.who, takenAt: author.at, silentUntil } as const;
      const talk = await act(id, ({ takenBy }) => takenBy === from, change);
      if (talk) noteAct(talk, 'taken', author);
      return talk !== null;
    },
    release: async (id, author, silentUntil) => {
      const change = { status: 'waiting', takenBy: null, takenAt: null, silentUntil } as const;
      const talk = await act(id, ({ takenBy }) => takenBy === author.who, change);
      if (talk) noteAct(talk, 'released', author);
      return talk !== null;
    },
    reply: async (id, { text, once }, author, silentUntil) => {
      const talk = await act(id, ({ takenBy }) => takenBy === author.who, { staffAt: author.at, silentUntil });
      if (!talk) return false;
      const outboxId = send(talk, { type: 'text', text, choices: [] }, author.at, once);
      if (outboxId === null) return true;
      putMessage(tables, id, author.at, author.who, { type: 'text', text }, false, outboxId);
      noteAct(talk, 'replied', author);
      return true;
    },
    close: async (id, author, word) => {
      const over = { status: 'closed', closedAt: author.at, closedBy: author.who, silentUntil: null } as const;
      const talk = await act(id, () => true, over);
      if (!talk) return false;
      if (word !== null) send(talk, word, author.at);
      noteAct(talk, 'closed', author);
      return true;
    },
    handBack: async (id, author, word) => {
      const talk = await act(id, ({ silentUntil }) => silentUntil !== null, { silentUntil: null });
      if (!talk) return false;
      send(talk, word, author.at);
      noteAct(talk, 'handed_back', author);
      return true;
    },
    due: async (now, limit) =>
      all()
        .filter(({ status, silentUntil }) => status !== 'closed' && silentUntil !== null && silentUntil <= now)
        .slice(0, limit)
        .flatMap(shown),
    endSilence: async (id, seen, word, at) => {
      const talk = await act(id, ({ silentUntil }) => silentUntil === seen, { silentUntil: null });
      if (talk) send(talk, word, at);
      return talk !== null;
    },
    closeIdle: async (since, at) => {
      const idle = all().filter(
        ({ status, residentAt, staffAt }) => status !== 'closed' && residentAt < since && (staffAt ?? 0) < since,
      );
      for (const talk of idle) {
        Object.assign(talk, { status: 'closed', closedAt: at, closedBy: 'time', silentUntil: null });
      }
      return idle.length;
    },
    emptyTexts: async (closedBefore) => {
      const old = tables.conversationMessages.filter(
        ({ conversationId, body }) => body !== null && isOver(tables, conversationId, closedBefore),
      );
      for (const message of old) message.body = null;
      return old.length;
    },
    prune: async (closedBefore) => {
      const old = all().filter(({ id }) => isOver(tables, id, closedBefore));
      for (const { id } of old) removeTalk(tables, id);
      return old.length;
    },
    cannedReplies: async (regionCode) =>
      [...tables.cannedReplies.values()]
        .filter((each) => each.regionCode === regionCode)
        .sort((a, b) => (a.title < b.title ? -1 : 1)),
    putCannedReply: async (reply, author) => {
      const before = tables.cannedReplies.get(reply.id);
      const kept: CannedReply = { ...reply, updatedBy: author.who, updatedAt: author.at };
      tables.cannedReplies.set(reply.id, kept);
      const words = ({ title, body }: { readonly title: string; readonly body: string }) => ({ title, body });
      note('canned_replies', `${reply.regionCode}/${reply.id}`, author, words(reply), before ? words(before) : null);
    },
    removeCannedReply: async (id, regionCode, author) => {
      const gone = tables.cannedReplies.get(id);
      if (gone?.regionCode !== regionCode) return;
      tables.cannedReplies.delete(id);
      note('canned_replies', `${regionCode}/${id}`, author, null, { title: gone.title, body: gone.body });
    },
  };
}

function isOver(tables: Tables, id: string, before: Instant): boolean {
  const closedAt = tables.conversations.get(id)?.closedAt ?? null;
  return closedAt !== null && closedAt < before;
}

function removeTalk(tables: Tables, id: string): void {
  tables.conversations.delete(id);
  const left = tables.conversationMessages.filter(({ conversationId }) => conversationId !== id);
  tables.conversationMessages.splice(0, Number.POSITIVE_INFINITY, ...left);
}

/** A person's talks go with the person. */
export function forgetTalks(tables: Tables, contactId: string): void {
  for (const { id, contactId: whose } of [...tables.conversations.values()]) {
    if (whose === contactId) removeTalk(tables, id);
  }
}
