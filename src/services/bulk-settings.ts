import { z } from 'zod';
import type { QuietHours } from '../domain/broadcast.js';
import type { ChannelName } from '../domain/message.js';
import type { Instant } from '../domain/time.js';
import { minutesOf, type PaceLimits, USUAL_QUIET } from '../engines/broadcast/index.js';
import { AppError } from '../errors.js';
import type { Meta } from '../ports/store.js';

const who = z.object({ who: z.string(), at: z.number() });
const pace = z.object({
  /** Sends a second over the whole account; null = without limit, for a server of one's own. */
  perSecond: z.number().int().min(1).max(1000).nullable(),
});

const bulkSettings = z.object({
  telegram: pace.default({ perSecond: 30 }),
  whatsapp_cloud: pace
    .extend({
      /** The portfolio's messaging limit: people outside the 24-hour window per rolling day. Meta begins at 250. */
      perDay: z.number().int().min(1).nullable(),
    })
    .default({ perSecond: 40, perDay: 250 }),
  whatsapp: z
    .object({
      /** Who switched it on after reading what it risks; null = off. */
      on: who.nullable(),
      /** The restriction at which it switched itself off; cleared by switching it on again. */
      stoppedBy: z.object({ detail: z.string(), at: z.number() }).nullable(),
      gapSeconds: z.tuple([z.number().min(20), z.number().min(20)]),
      perDay: z.number().int().min(1).max(1000),
    })
    .default({ on: null, stoppedBy: null, gapSeconds: [30, 60], perDay: 200 }),
  /** What a delivered template costs, from the office's own contract; null = no estimate is shown. */
  prices: z
    .object({ currency: z.string().max(8), marketing: z.number().min(0), utility: z.number().min(0) })
    .nullable()
    .default(null),
});

/** How announcements leave on each channel account, for the whole installation. */
export type BulkSettings = z.infer<typeof bulkSettings>;

const KEY = 'announcements/channels';

/** The settings kept, with the usual ones where none are. */
export async function readBulkSettings(meta: Meta): Promise<BulkSettings> {
  const stored = await meta.get(KEY);
  return bulkSettings.parse(stored === null ? {} : JSON.parse(stored));
}

/** Keeps the settings. Throws INPUT_INVALID when a figure is out of its bounds. */
export async function writeBulkSettings(meta: Meta, settings: BulkSettings): Promise<void> {
  const parsed = bulkSettings.safeParse(settings);
  if (!parsed.success) throw invalid(parsed.error);
  await meta.set(KEY, JSON.stringify(parsed.data));
}

/** Switches announcements over the linked device off, at a restriction (`detail`) or by choice (null). */
export async function switchWhatsAppOff(meta: Meta, detail: string | null, at: Instant): Promise<void> {
  const settings = await readBulkSettings(meta);
  const stoppedBy = detail === null ? null : { detail, at };
  await writeBulkSettings(meta, { ...settings, whatsapp: { ...settings.whatsapp, on: null, stoppedBy } });
}

/** The pace of a channel's account; null = announcements do not go out there. */
export function limitsFor(channel: ChannelName, settings: BulkSettings): PaceLimits | null {
  switch (channel) {
    case 'telegram':
      return { perSecond: settings.telegram.perSecond, gapMs: null, perDay: null };
    case 'whatsapp_cloud':
      return { ...settings.whatsapp_cloud, gapMs: null };
    case 'whatsapp': {
      const { on, gapSeconds, perDay } = settings.whatsapp;
      if (on === null) return null;
      return { perSecond: null, gapMs: [gapSeconds[0] * 1000, gapSeconds[1] * 1000], perDay };
    }
    // A page or a terminal that is closed cannot be reached.
    case 'web':
    case 'console':
      return null;
  }
}

const time = z.string().refine((text) => minutesOf(text) !== null, 'must be a time such as 21:00');
const officeRules = z.object({
  /** False: an editor may send without a second person. Urgent ones need two approvers all the same. */
  approval: z.boolean().default(true),
  /** Somebody wants to do without the second person. */
  ending: who.extend({ from: z.number() }).nullable().default(null),
  quiet: z.object({ from: time, to: time }).default({ ...USUAL_QUIET }),
});

/** That somebody (`who`, `at`) wants no second person any more; it holds by itself from `from` on. */
export interface SecondPersonEnding {
  readonly who: string;
  readonly at: Instant;
  readonly from: Instant;
}

/** What one health office set for its region; whether a second person is needed now, `second-person` tells. */
export interface OfficeRules {
  readonly approval: boolean;
  readonly ending?: SecondPersonEnding | null;
  readonly quiet: QuietHours;
}

/** The rules of a region, the usual ones where it set none. */
export async function readOfficeRules(meta: Meta, regionCode: string): Promise<OfficeRules> {
  const stored = await meta.get(`announcements/region/${regionCode}`);
  return officeRules.parse(stored === null ? {} : JSON.parse(stored));
}

/** Keeps the rules of a region. Throws INPUT_INVALID when an hour cannot be read. */
export async function writeOfficeRules(meta: Meta, regionCode: string, rules: OfficeRules): Promise<void> {
  const parsed = officeRules.safeParse(rules);
  if (!parsed.success) throw invalid(parsed.error);
  await meta.set(`announcements/region/${regionCode}`, JSON.stringify(parsed.data));
}

function invalid({ issues }: z.ZodError): AppError {
  return new AppError('INPUT_INVALID', issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '));
}
