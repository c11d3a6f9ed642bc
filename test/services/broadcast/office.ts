import { type Broadcast, type BroadcastContent, emptyContent } from '../../../src/domain/broadcast.js';
import type { ContactFacts } from '../../../src/domain/contact.js';
import type { ChannelName } from '../../../src/domain/message.js';
import type { Log } from '../../../src/log.js';
import type { Store } from '../../../src/ports/store.js';
import { approveAnnouncement, submitAnnouncement } from '../../../src/services/approve-announcement.js';
import { reportBroadcast } from '../../../src/services/broadcast-report.js';
import { createChannelAccount } from '../../../src/services/channel-account.js';
import { draftAnnouncement } from '../../../src/services/draft-announcement.js';
import { advanceBroadcasts } from '../../../src/services/plan-broadcast.js';
import { createBulkSender } from '../../../src/services/run-broadcast.js';
import { createMemoryStore } from '../../../src/store/memory/index.js';
import { type HeldClock, heldClock } from '../../fakes/held-clock.js';
import { meetResident } from '../../fakes/residents.js';
import { type ScriptedChannel, scriptedChannel } from '../../fakes/scripted-channel.js';
import { WORLD } from '../house.js';

export const at = (iso: string) => Date.parse(`${iso}+08:00`);
/** Monday morning. */
export const MORNING = at('2026-11-23T09:00:00');
export const RINA = 'rina@contoh.test';
export const JOKO = 'joko@contoh.test';
export const DEWI = 'dewi@contoh.test';

export const PLAIN: BroadcastContent = {
  ...emptyContent('64.02'),
  title: 'Vaksinasi campak',
  topic: 'vaccination',
  texts: { id: 'Besok vaksinasi campak gratis di {{tempat}}.', en: null },
  facilityId: '64.02-puskesmas-rapak-mahang',
};

const SILENT: Log = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };

/** A health office with its channels, on a clock that is moved by hand; the announcements' loops run beside. */
export function office(
  parts: { store?: Store; channels?: readonly ChannelName[]; from?: number; clock?: HeldClock } = {},
) {
  const clock = parts.clock ?? heldClock(parts.from ?? MORNING);
  const store = parts.store ?? createMemoryStore();
  const channels: readonly ScriptedChannel[] = (parts.channels ?? ['telegram']).map((name) => {
    const channel = scriptedChannel(name, clock.now);
    const templates = name === 'whatsapp_cloud';
    return Object.assign(channel, { capabilities: { ...channel.capabilities, templates } });
  });
  const { broadcasts, contacts, meta } = store;
  const world = () => WORLD;
  const planning = { broadcasts, meta, channels, world, now: clock.now };
  const approving = { broadcasts, meta, world, now: clock.now };
  let ids = 0;
  const drafting = {
    broadcasts,
    world,
    now: clock.now,
    newId: () => {
      ids += 1;
      return `a${ids}`;
    },
  };
  let stop = new AbortController();
  let loops: Promise<void>[] = [];

  /** Begins sending; it goes on until `shut`. */
  async function open(): Promise<void> {
    stop = new AbortController();
    const { signal } = stop;
    for (const channel of channels) {
      await channel.start({ receive: async () => {}, receipt: async () => {} });
      const account = createChannelAccount(clock);
      const sender = createBulkSender({
        broadcasts,
        contacts,
        meta,
        channel,
        account,
        owner: 'here',
        world,
        timing: clock,
        log: SILENT,
      });
      loops.push(sender.run(signal));
    }
    loops.push(
      (async () => {
        while (!signal.aborted) {
          await advanceBroadcasts(planning);
          await clock.wait(1_000, signal);
        }
      })(),
    );
  }

  async function shut(): Promise<void> {
    stop.abort();
    await clock.settle();
    await Promise.allSettled(loops);
    loops = [];
  }

  const person = (address: string, facts: Partial<ContactFacts> = {}, channel: ChannelName = 'telegram') =>
    meetResident(store, address, clock.now(), facts, channel);

  return {
    clock,
    store,
    channels,
    channel: channels[0]!,
    planning,
    approving,
    drafting,
    steering: { broadcasts, now: clock.now },
    open,
    /** Lets time pass with nobody at work, and then opens for a minute: what days bring in a moment. */
    async openAfter(ms: number): Promise<void> {
      await clock.advance(ms);
      await open();
      await clock.advance(60_000);
      await shut();
    },
    person,
    people: async (many: number, facts: Partial<ContactFacts> = {}, channel: ChannelName = 'telegram') => {
      for (let n = 1; n <= many; n += 1) await person(String(n), facts, channel);
    },
    /** Written by Rina, approved by Joko (and Dewi). */
    async announce(over: Partial<BroadcastContent> = {}): Promise<string> {
      const { id } = await draftAnnouncement(drafting, { ...PLAIN, ...over }, RINA);
      await submitAnnouncement(approving, id, 1, RINA);
      await approveAnnouncement(approving, id, 2, JOKO);
      if (over.urgent) await approveAnnouncement(approving, id, 3, DEWI);
      return id;
    },
    broadcast: async (id: string): Promise<Broadcast> => (await broadcasts.find(id))!,
    /** Only the figures that are not zero. */
    async standing(id: string) {
      const report = await reportBroadcast(broadcasts, id);
      return Object.fromEntries(Object.entries(report?.total ?? {}).filter(([, many]) => many > 0));
    },
    report: async (id: string) => (await reportBroadcast(broadcasts, id))!,
    close: async () => {
      await shut();
      await store.close();
    },
  };
}

export type Office = ReturnType<typeof office>;
