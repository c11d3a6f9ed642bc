import { z } from 'zod';
import { createVault, type Vault } from '../channels/vault.js';
import type { Instant } from '../domain/time.js';
import type { Channel, ChannelStatus } from '../ports/channel.js';
import type { ChannelTenures } from './channel-tenures.js';
import { type Foundation, LEASE_MS } from './foundation.js';
import { secretKey } from './secret-key.js';

/** How each channel stands, whichever process runs it. */
export interface SharedStatus {
  /** Publishes how the channels of this process stand, and reads how the others' do. Throws when the store cannot be asked. */
  exchange(): Promise<void>;
  /** As of the last exchange; first hand where the channel runs here. */
  of(channel: Channel): ChannelStatus;
  /** Takes back what this process published, so that nobody shows it any more. */
  withdraw(): Promise<void>;
}

/** How often it is exchanged, in milliseconds. */
export const EXCHANGE_MS = 1_000;
/** What does not change is published anew after this long; it counts for three times as long. */
const RENEW_MS = LEASE_MS / 3;

const published = z.object({
  owner: z.string(),
  /** By the common clock; after it nobody knows any more. */
  until: z.number(),
  /** True while what links a telephone lies sealed beside it. */
  links: z.boolean(),
  status: z.object({
    state: z.enum(['off', 'starting', 'waiting', 'up', 'pairing', 'down', 'stopped']),
    detail: z.string().nullable(),
    since: z.number(),
    restrictions: z.array(z.object({ code: z.string(), until: z.number().nullable() })).optional(),
  }),
});
type Published = z.infer<typeof published>;
const linking = z.object({ kind: z.enum(['qr', 'code']), value: z.string() });
type Linking = z.infer<typeof linking>;

const keyOf = ({ name }: Channel) => `channels/${name}/status`;
const FOLDER = 'channel-pairing';
const nameOf = ({ name }: Channel) => `=${name}`;

/**
 * Of the channels that one process at a time runs, its holder keeps a row of codes in the store. A QR or pairing code
 * lets whoever has it take the account over: it is sealed with SECRET_KEY, and removed as soon as nobody needs it.
 */
export function createSharedStatus(
  parts: Foundation,
  tenures: Pick<ChannelTenures, 'firstHand' | 'statusOf'>,
): SharedStatus {
  const { store, common, owner, config, channels } = parts;
  const exclusive = channels.filter((channel) => channel.exclusive === true);
  const ours = new Map<Channel, { readonly text: string; readonly links: boolean; readonly at: Instant }>();
  const theirs = new Map<Channel, ChannelStatus>();
  let opened: Vault | null = null;
  /** Only where something is to be sealed: a program without secrets makes no key. */
  const vault = () => {
    opened ??= createVault(store.credentials, secretKey(config), common.timing.now);
    return opened;
  };

  async function read(channel: Channel): Promise<Published | null> {
    const stored = await store.meta.get(keyOf(channel));
    return stored === null || stored === '' ? null : (published.safeParse(JSON.parse(stored)).data ?? null);
  }

  /** null removes it. */
  async function seal(channel: Channel, pairing: Linking | null): Promise<void> {
    const value = pairing ? JSON.stringify(pairing) : null;
    await vault().put(FOLDER, new Map([[nameOf(channel), value]]));
  }

  async function publish(channel: Channel, { pairing, ...status }: ChannelStatus): Promise<void> {
    const now = common.timing.now();
    const links = pairing !== undefined;
    const text = JSON.stringify({ status, pairing });
    const before = ours.get(channel);
    if (before?.text === text && now < before.at + RENEW_MS) return;
    if (before?.text !== text) {
      const sealed = before === undefined ? (await read(channel))?.links : before.links;
      if (links || sealed) await seal(channel, pairing ?? null);
    }
    await store.meta.set(keyOf(channel), JSON.stringify({ owner, until: now + LEASE_MS, links, status }));
    ours.set(channel, { text, links, at: now });
  }

  /** What another process says of the channel, while it counts. */
  async function hear(channel: Channel): Promise<ChannelStatus | null> {
    const row = await read(channel);
    if (row === null) return null;
    if (row.until <= common.timing.now()) {
      if (row.links) await forget(channel);
      return null;
    }
    if (row.owner === owner) return null;
    const { restrictions, ...status } = row.status;
    const pairing = row.links ? await unseal(channel) : null;
    return { ...status, ...(restrictions ? { restrictions } : {}), ...(pairing ? { pairing } : {}) };
  }

  /** null also when it was sealed with another key: the state is told all the same. */
  async function unseal(channel: Channel): Promise<Linking | null> {
    const found = await vault()
      .get(FOLDER, [nameOf(channel)])
      .catch(() => new Map<string, string>());
    const text = found.get(nameOf(channel));
    return text === undefined ? null : (linking.safeParse(JSON.parse(text)).data ?? null);
  }

  async function forget(channel: Channel): Promise<void> {
    await seal(channel, null);
    await store.meta.set(keyOf(channel), '');
  }

  async function exchangeOne(channel: Channel): Promise<void> {
    const own = tenures.firstHand(channel);
    const heard = own?.running ? null : await hear(channel);
    if (heard) theirs.set(channel, heard);
    else theirs.delete(channel);
    if (own && !heard) await publish(channel, own.status);
    else ours.delete(channel);
  }

  return {
    exchange: async () => {
      for (const channel of exclusive) await exchangeOne(channel);
    },
    of: (channel) => {
      const own = tenures.firstHand(channel);
      return own?.running ? own.status : (theirs.get(channel) ?? tenures.statusOf(channel));
    },
    withdraw: async () => {
      for (const channel of [...ours.keys()]) {
        const row = await read(channel).catch(() => null);
        if (row?.owner === owner) await (row.links ? forget(channel) : store.meta.set(keyOf(channel), ''));
      }
      ours.clear();
    },
  };
}
