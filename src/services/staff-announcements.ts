import type { Broadcast, BroadcastContent, MessageTemplate } from '../domain/broadcast.js';
import type { StaffMember } from '../domain/staff.js';
import type { Instant, Zone } from '../domain/time.js';
import { nextOccurrence } from '../engines/broadcast/index.js';
import { type BulkSettings, readBulkSettings, writeBulkSettings } from './bulk-settings.js';
import { heldBy } from './closed-for-event.js';
import { readLateTemplates, writeLateTemplates } from './late-answer.js';
import { authorOf, type Desk } from './staff-desk.js';

/** Writes a line of the common change log about an announcement; its own history says the same in its own words. */
export async function noteAnnouncement(
  desk: Desk,
  member: StaffMember,
  { id, content }: Pick<Broadcast, 'id' | 'content'>,
  act: string,
): Promise<void> {
  const subject = `${content.regionCode}/${id}`;
  const after = JSON.stringify({ act, title: content.title });
  await desk.store.data.note({ what: 'announcements', subject, before: null, after }, authorOf(desk, member));
}

/**
 * Keeps what `change` makes of the settings of all channel accounts, and says so in the change log. Throws INPUT_INVALID
 * when a figure is out of its bounds.
 */
export async function saveBulkSettings(
  desk: Desk,
  member: StaffMember,
  change: (known: BulkSettings) => BulkSettings,
): Promise<void> {
  const known = await readBulkSettings(desk.store.meta);
  const changed = change(known);
  await writeBulkSettings(desk.store.meta, changed);
  await noteSettings(desk, member, 'channels', JSON.stringify(known), JSON.stringify(changed));
}

/**
 * Keeps the templates by which late answers go out, and says so in the change log. Throws INPUT_INVALID when one could not
 * be a template of Meta's.
 */
export async function saveLateTemplates(
  desk: Desk,
  member: StaffMember,
  templates: readonly MessageTemplate[],
): Promise<void> {
  const before = JSON.stringify(await readLateTemplates(desk.store.meta));
  await writeLateTemplates(desk.store.meta, templates);
  await noteSettings(desk, member, 'late_templates', before, JSON.stringify(templates));
}

/** Writes what changed of the settings into the change log; nothing where they are as before. */
export async function noteSettings(
  desk: Desk,
  member: StaffMember,
  subject: string,
  before: string,
  after: string,
): Promise<void> {
  if (before === after) return;
  await desk.store.data.note({ what: 'announcement_settings', subject, before, after }, authorOf(desk, member));
}

/** The times at which an announcement goes out, the first included; at most `many`. Empty when it has no hour yet. */
export function timesOf({ recurrence, sendAt }: BroadcastContent, zone: Zone, many: number): readonly Instant[] {
  if (sendAt === null) return [];
  const times = [sendAt];
  while (recurrence !== null && times.length < many) {
    const next = nextOccurrence(recurrence, times.at(-1) ?? sendAt, zone);
    if (next === null) break;
    times.push(next);
  }
  return times;
}

/** Announcements that wait for this member's yes: not those that they wrote a part of, or said yes to already. */
export async function waitingForApproval(desk: Desk, member: StaffMember): Promise<readonly Broadcast[]> {
  const email = member.email.toLowerCase();
  const mine = (who: string) => who.toLowerCase() === email;
  const waiting = await desk.store.broadcasts.list({
    regionCode: null,
    status: ['waiting'],
    limit: MOST_COUNTED,
    skip: 0,
  });
  return waiting.filter(({ authors, approvals }) => !authors.some(mine) && !approvals.some(({ who }) => mine(who)));
}

/** Announcements that paused themselves and wait for somebody to look. */
export async function stoppedThemselves(desk: Desk): Promise<readonly Broadcast[]> {
  const paused = await desk.store.broadcasts.list({
    regionCode: null,
    status: ['paused'],
    limit: MOST_COUNTED,
    skip: 0,
  });
  return paused.filter(({ pause }) => pause?.kind === 'failures');
}

/** Approved announcements that will not go out as it stands: the house they invite to was closed since. */
export async function heldBack(desk: Desk): Promise<readonly Broadcast[]> {
  const query = { regionCode: null, status: ['approved'], limit: MOST_COUNTED, skip: 0 } as const;
  const { directory } = desk.world();
  return (await desk.store.broadcasts.list(query)).filter(({ content }) => heldBy(content, directory) !== null);
}

const MOST_COUNTED = 200;
