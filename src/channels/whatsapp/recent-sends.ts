import { proto } from '@whiskeysockets/baileys';
import { HOUR, type Instant } from '../../domain/time.js';
import type { Vault } from '../vault.js';

const FOLDER = 'whatsapp/sent';
const KEPT_HOURS = 6;

/**
 * What was sent lately, sealed. A phone that could not decrypt asks again, and without the original it shows "Waiting
 * for this message" for ever; nearly all ask within minutes, so six hours are kept.
 */
export interface RecentSends {
  put(id: string, message: proto.IMessage): Promise<void>;
  /** undefined, never an empty message: that would use up the retry. */
  get(id: string): Promise<proto.IMessage | undefined>;
}

/** Each hour is a folder of its own; a new hour drops the old ones. */
export function createRecentSends(vault: Vault, now: () => Instant): RecentSends {
  let lastHour = -1;
  const hourNow = () => Math.floor(now() / HOUR);
  const folderOf = (hour: number) => `${FOLDER}/${hour}`;

  async function dropOld(): Promise<void> {
    const kept = new Set(Array.from({ length: KEPT_HOURS }, (_, back) => folderOf(hourNow() - back)));
    for (const folder of await vault.folders(FOLDER)) if (!kept.has(folder)) await vault.clear(folder);
  }

  return {
    async put(id, message) {
      const bytes = Buffer.from(proto.Message.encode(message).finish()).toString('base64');
      const hour = hourNow();
      await vault.put(folderOf(hour), new Map([[id, bytes]]));
      if (hour !== lastHour) {
        lastHour = hour;
        await dropOld();
      }
    },
    async get(id) {
      for (let back = 0; back < KEPT_HOURS; back += 1) {
        const bytes = (await vault.get(folderOf(hourNow() - back), [id])).get(id);
        if (bytes !== undefined) return proto.Message.decode(Buffer.from(bytes, 'base64'));
      }
      return undefined;
    },
  };
}
