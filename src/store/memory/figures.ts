import type { Instant } from '../../domain/time.js';
import type { Figures } from '../../ports/figures.js';
import type { Tables } from './tables.js';

/** Counts what waits and what runs, as the databases do. */
export function memoryFigures(tables: Tables): Figures {
  const unanswered = [...tables.messages.values()]
    .filter(({ handledAt }) => handledAt === null)
    .map(({ message, receivedAt }) => ({ of: { channel: message.channel }, at: receivedAt }));
  const outbox = [...tables.underWay.values()].flatMap(({ contactId, kind, createdAt }) => {
    const contact = tables.contacts.get(contactId);
    return contact ? [{ of: { channel: contact.channel, kind }, at: createdAt }] : [];
  });
  const broadcasts = [...tables.broadcasts.values()].map(({ status }) => ({ of: { status }, at: 0 }));
  const live = [...tables.broadcasts.values()].filter(({ status }) =>
    ['planning', 'running', 'paused'].includes(status),
  );
  const recipients = live.flatMap(({ id }) =>
    [...(tables.recipients.get(id)?.values() ?? [])].map(({ channel, status }) => ({ of: { channel, status }, at: 0 })),
  );
  return {
    unanswered: grouped(unanswered).map(({ of, count, oldestAt }) => ({ ...of, count, oldestAt })),
    outbox: grouped(outbox).map(({ of, count, oldestAt }) => ({ ...of, count, oldestAt })),
    broadcasts: grouped(broadcasts).map(({ of, count }) => ({ ...of, count })),
    recipients: grouped(recipients).map(({ of, count }) => ({ ...of, count })),
  };
}

interface Group<Of> {
  readonly of: Of;
  readonly count: number;
  readonly oldestAt: Instant;
}

function grouped<Of>(entries: readonly { readonly of: Of; readonly at: Instant }[]): readonly Group<Of>[] {
  const groups = new Map<string, Group<Of>>();
  for (const { of, at } of entries) {
    const key = JSON.stringify(of);
    const before = groups.get(key);
    groups.set(key, { of, count: (before?.count ?? 0) + 1, oldestAt: Math.min(before?.oldestAt ?? at, at) });
  }
  return [...groups.values()];
}
