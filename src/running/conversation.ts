import type { ChannelEvents } from '../ports/channel.js';
import type { OutboxItem } from '../ports/outbox.js';
import { answerUnfiled } from '../services/answer-unfiled.js';
import { type ChannelAccount, createChannelAccount } from '../services/channel-account.js';
import { createDeliverer, type Deliverer } from '../services/deliver.js';
import { createDirectCard } from '../services/direct-card.js';
import { createFloodGate } from '../services/flood-gate.js';
import { createReceiptKeeper, type ReceiptKeeper } from '../services/keep-receipts.js';
import { lateAnswer, readLateTemplates } from '../services/late-answer.js';
import { noteReach } from '../services/note-reach.js';
import { createReceiver, type Receiver } from '../services/receive-message.js';
import { type BulkSender, createBulkSender } from '../services/run-broadcast.js';
import type { Foundation } from './foundation.js';

const MESSAGES_A_MINUTE = 30;

/** What takes messages in and what sends, joined but not yet running. */
export interface Conversation {
  readonly receiver: Receiver;
  readonly receiptKeeper: ReceiptKeeper;
  /** What every channel tells of. */
  readonly events: ChannelEvents;
  /** By channel: answers, and announcements. */
  readonly deliverers: ReadonlyMap<string, Deliverer>;
  readonly bulkSenders: ReadonlyMap<string, BulkSender>;
}

export function joinConversation({
  config,
  log,
  meters,
  timing,
  store,
  owner,
  world,
  channels,
}: Foundation): Conversation {
  const { inbox, outbox, contacts, broadcasts, meta } = store;
  const lateTemplate = async ({ reply, language }: OutboxItem) =>
    lateAnswer(await readLateTemplates(meta), reply, language);
  const accounts = new Map<string, ChannelAccount>();
  const deliverers = new Map<string, Deliverer>();
  const bulkSenders = new Map<string, BulkSender>();
  for (const channel of channels) {
    const account = createChannelAccount(timing);
    accounts.set(channel.name, account);
    const shared = { contacts, channel, account, owner, timing, log };
    deliverers.set(channel.name, createDeliverer({ ...shared, outbox, meters, lateTemplate }));
    bulkSenders.set(channel.name, createBulkSender({ ...shared, broadcasts, meta, world }));
  }
  const directCard = createDirectCard({
    channels,
    world,
    timing,
    log,
    meters,
    account: (name) => accounts.get(name),
  });
  const receiver = createReceiver({
    inbox,
    world,
    timing,
    log,
    floodGate: createFloodGate(MESSAGES_A_MINUTE),
    directCard,
    meters,
    wake: (channel) => deliverers.get(channel)?.wake(),
    linking: {
      broadcasts,
      meta,
      facilities: { reports: store.reports, nameOf: (id) => world().directory.facility(id)?.name ?? null },
    },
    kept: async (contactId) => ({
      ...(await contacts.kept(contactId)),
      messageDays: config.messageRetentionDays,
      page: config.publicUrl === null ? null : `${config.publicUrl}/privasi`,
    }),
    keepBodies: config.messageRetentionDays > 0,
  });
  const receiptKeeper = createReceiptKeeper({
    outbox,
    broadcasts,
    contacts,
    timing,
    log,
    ignored: (channel, code) => events.ignored?.(channel, code, 1),
  });
  const events: ChannelEvents = {
    receive: (messages, requestId) => receiver.receive(messages, requestId),
    receipt: (receipts) => receiptKeeper.keep(receipts),
    reach: (changes) => noteReach(contacts, changes),
    samePerson: async (channel, contact, other) => void (await contacts.merge(channel, contact, other)),
    unfiled: (messages) => answerUnfiled(directCard, messages),
    ignored: (channel, code, count) => {
      meters.ignored(channel, code, count);
      log.debug('ignored', { channel, state: code, count });
    },
  };
  return { receiver, receiptKeeper, events, deliverers, bulkSenders };
}
