import type { Broadcast, BroadcastContent, Candidate, ExclusionReason, PlannedRecipient } from '../domain/broadcast.js';
import type { ChannelName, Language } from '../domain/message.js';
import type { Instant } from '../domain/time.js';
import { type Carrier, endOf, nextOccurrence, type Plan, planFor } from '../engines/broadcast/index.js';
import type { BroadcastAct, BroadcastChange, Broadcasts } from '../ports/broadcasts.js';
import type { Channel } from '../ports/channel.js';
import type { Directory } from '../ports/directory.js';
import type { Meta } from '../ports/store.js';
import { templateIn } from './announcement-text.js';
import { type BulkSettings, limitsFor, readBulkSettings, readOfficeRules } from './bulk-settings.js';
import { heldBy } from './closed-for-event.js';

export interface PlanningParts {
  readonly broadcasts: Broadcasts;
  readonly meta: Meta;
  readonly channels: readonly Pick<Channel, 'name' | 'capabilities'>[];
  readonly world: () => { readonly directory: Directory };
  readonly now: () => Instant;
}

/** People judged at a time: large enough to be quick, small enough for memory and for the turns in between. */
const PAGE = 200;
const SYSTEM = 'system';

/** How many people an announcement would reach now, and why the others not. */
export interface AudienceCount {
  readonly reached: number;
  /** Of those reached, by channel; `templates` are the ones that cost a template. */
  readonly byChannel: Readonly<Partial<Record<ChannelName, { readonly people: number; readonly templates: number }>>>;
  readonly leftOut: Readonly<Partial<Record<ExclusionReason, number>>>;
  /** How many of those reached wait for the end of quiet hours. */
  readonly later: number;
  /** null = no price list is configured, or nothing costs. */
  readonly cost: { readonly currency: string; readonly amount: number } | null;
}

/** Counts an audience as it would be at its hour, from what is known now, without writing anything. */
export async function countAudience(parts: PlanningParts, content: BroadcastContent): Promise<AudienceCount> {
  const settings = await readBulkSettings(parts.meta);
  const start = Math.max(parts.now(), content.sendAt ?? 0);
  const plan = { ...(await planOf(parts, content, endOf(content, start), settings)), now: start };
  const byChannel: Partial<Record<ChannelName, { people: number; templates: number }>> = {};
  const leftOut: Partial<Record<ExclusionReason, number>> = {};
  let [reached, later, amount] = [0, 0, 0];
  for await (const { rows, candidates } of pages(parts, content, plan)) {
    const languageOf = new Map(candidates.map(({ contactId, language }) => [contactId, language]));
    for (const row of rows) {
      if (row.reason !== null) {
        leftOut[row.reason] = (leftOut[row.reason] ?? 0) + 1;
        continue;
      }
      reached += 1;
      if (row.nextAt > plan.now) later += 1;
      const known = byChannel[row.channel] ?? { people: 0, templates: 0 };
      const templates = known.templates + (row.via === 'template' ? 1 : 0);
      byChannel[row.channel] = { people: known.people + 1, templates };
      if (row.via === 'template') amount += priceOf(content, languageOf.get(row.contactId) ?? 'id', settings);
    }
  }
  const cost = settings.prices === null || amount === 0 ? null : { currency: settings.prices.currency, amount };
  return { reached, byChannel, leftOut, later, cost };
}

function priceOf(content: BroadcastContent, language: Language, { prices }: BulkSettings): number {
  const template = templateIn(content, language);
  return prices === null || template === null ? 0 : prices[template.category];
}

/** Freezes the audience into one row per person. Begun again after a crash it adds what is missing and changes nothing. */
export async function planBroadcast(parts: PlanningParts, broadcast: Broadcast): Promise<number> {
  const { content, id } = broadcast;
  const settings = await readBulkSettings(parts.meta);
  const plan = await planOf(parts, content, broadcast.expiresAt ?? 0, settings);
  let many = 0;
  for await (const { rows } of pages(parts, content, plan)) {
    await parts.broadcasts.plan(id, rows);
    many += rows.length;
  }
  return many;
}

async function planOf(
  parts: PlanningParts,
  content: BroadcastContent,
  expiresAt: Instant,
  settings: BulkSettings,
): Promise<Plan> {
  const region = parts.world().directory.region(content.regionCode);
  const rules = await readOfficeRules(parts.meta, content.regionCode);
  return {
    regionCode: content.regionCode,
    topic: content.topic,
    audience: content.audience,
    carriers: carriersFor(parts.channels, content, settings),
    // The people of a region live by its clock.
    zone: region?.zone ?? 'Asia/Makassar',
    quiet: content.ignoreQuiet ? null : rules.quiet,
    now: parts.now(),
    expiresAt,
  };
}

function carriersFor(
  channels: PlanningParts['channels'],
  content: BroadcastContent,
  settings: BulkSettings,
): ReadonlyMap<ChannelName, Carrier> {
  const languages = (['id', 'en'] as const).filter((language) => templateIn(content, language) !== null);
  return new Map(
    channels
      .filter(({ name }) => limitsFor(name, settings) !== null)
      .map(({ name, capabilities }) => [name, { templates: capabilities.templates ? languages : [] }]),
  );
}

async function* pages(
  { broadcasts }: PlanningParts,
  { regionCode, audience }: BroadcastContent,
  plan: Plan,
): AsyncGenerator<{ readonly rows: readonly PlannedRecipient[]; readonly candidates: readonly Candidate[] }> {
  for (let after = ''; ; ) {
    const candidates = await broadcasts.candidates(regionCode, audience.askedAbout, after, PAGE);
    const linked = [...new Set(candidates.flatMap(({ personId }) => personId ?? []))];
    const people = byPerson(await broadcasts.linked(linked, audience.askedAbout));
    const rows = candidates.flatMap((each) => {
      const siblings = each.personId === null ? [] : (people.get(each.personId) ?? []);
      return planFor(each, siblings, plan) ?? [];
    });
    yield { rows, candidates };
    const last = candidates.at(-1);
    if (candidates.length < PAGE || !last) return;
    after = last.contactId;
  }
}

function byPerson(contacts: readonly Candidate[]): ReadonlyMap<string | null, readonly Candidate[]> {
  const people = new Map<string | null, Candidate[]>();
  for (const contact of contacts) people.set(contact.personId, [...(people.get(contact.personId) ?? []), contact]);
  return people;
}

/**
 * Moves announcements on: what is due is planned and begins, what has expired or is through ends, and a recurring one is
 * put on the calendar again. Safe at any moment and by several processes; one at a time is enough.
 */
export async function advanceBroadcasts(parts: PlanningParts): Promise<void> {
  const list = (...status: readonly Broadcast['status'][]) =>
    parts.broadcasts.list({ regionCode: null, status, limit: 200, skip: 0 });
  const faults: unknown[] = [];
  const each = async (work: typeof start, ...status: readonly Broadcast['status'][]) => {
    // One that fails must not hold up those behind it.
    for (const broadcast of await list(...status)) await work(parts, broadcast).catch((fault) => faults.push(fault));
  };
  await each(start, 'approved');
  await each(freeze, 'planning');
  await each(finish, 'running', 'paused');
  if (faults.length > 0) throw faults[0];
}

async function start(parts: PlanningParts, broadcast: Broadcast): Promise<void> {
  const now = parts.now();
  if ((broadcast.sendAt ?? 0) > now) return;
  if ((broadcast.expiresAt ?? 0) <= now) {
    await scheduleNext(parts, broadcast);
    await move(parts, broadcast, { status: 'expired', endedAt: now }, 'ended', { expired: 0 });
    return;
  }
  // Nobody is sent to a house that was closed since.
  if (heldBy(broadcast.content, parts.world().directory) !== null) return;
  await move(parts, broadcast, { status: 'planning' }, 'scheduled', null);
}

async function freeze(parts: PlanningParts, broadcast: Broadcast): Promise<void> {
  const many = await planBroadcast(parts, broadcast);
  const begun = await move(parts, broadcast, { status: 'running', startedAt: parts.now() }, 'planned', { many });
  if (begun) await scheduleNext(parts, broadcast);
  // Cancelled while it was being planned: rows that came after the cancelling end like those before it.
  else await parts.broadcasts.endOpen(broadcast.id, 'cancelled');
}

async function finish(parts: PlanningParts, broadcast: Broadcast): Promise<void> {
  const now = parts.now();
  const over = (broadcast.expiresAt ?? 0) <= now;
  const expired = over ? await parts.broadcasts.endOpen(broadcast.id, 'expired') : 0;
  if (await parts.broadcasts.hasOpen(broadcast.id)) return;
  await mendSeries(parts, broadcast);
  await move(parts, broadcast, { status: 'done', pause: null, endedAt: now }, 'ended', { expired });
}

function move(
  { broadcasts, now }: PlanningParts,
  { id, status }: Broadcast,
  to: BroadcastChange,
  act: BroadcastAct['act'],
  detail: object | null,
): Promise<boolean> {
  const line = { at: now(), who: SYSTEM, act, detail: detail === null ? null : JSON.stringify(detail) };
  return broadcasts.change(id, { status: [status], version: null }, to, line);
}

/**
 * The process may have died between the beginning of a recurring one and the making of the next. Where there is a next,
 * whatever became of it, nothing is made: it may have been taken back.
 */
async function mendSeries(parts: PlanningParts, broadcast: Broadcast): Promise<void> {
  const { content, sendAt } = broadcast;
  const zone = parts.world().directory.region(content.regionCode)?.zone;
  if (content.recurrence === null || sendAt === null || zone === undefined) return;
  const next = nextOccurrence(content.recurrence, content.sendAt ?? sendAt, zone);
  if (next === null || (await parts.broadcasts.find(idInSeries(broadcast, next))) !== null) return;
  await scheduleNext(parts, broadcast);
}

function idInSeries({ id, seriesId }: Broadcast, at: Instant): string {
  return `${seriesId ?? id}-${at}`;
}

/**
 * Leaves one time of a recurring announcement out: it is cancelled, and the next is put on the calendar. False: it is not
 * a recurring one that waits for its hour. The next comes first, so that a crash between the two never ends the series.
 */
export async function skipBroadcast(parts: PlanningParts, id: string, who: string): Promise<boolean> {
  const known = await parts.broadcasts.find(id);
  if (known?.status !== 'approved' || known.content.recurrence === null) return false;
  await scheduleNext(parts, known);
  const at = parts.now();
  const line = { at, who, act: 'cancelled', detail: null } as const;
  return parts.broadcasts.change(
    id,
    { status: ['approved'], version: known.version },
    { status: 'cancelled', endedAt: at },
    line,
  );
}

/**
 * Puts the next of a recurring announcement on the calendar, approved as the one before it was: the same words, the dates
 * moved. Its id follows from the series and the day, so that two processes make one.
 */
async function scheduleNext(parts: PlanningParts, broadcast: Broadcast): Promise<void> {
  const { content, sendAt } = broadcast;
  const zone = parts.world().directory.region(content.regionCode)?.zone;
  if (content.recurrence === null || sendAt === null || zone === undefined) return;
  const now = parts.now();
  const planned = content.sendAt ?? sendAt;
  const lasts = endOf(content, planned) - planned;
  let next = nextOccurrence(content.recurrence, planned, zone);
  // Times that passed while the server was off are left out.
  while (next !== null && next + lasts <= now) next = nextOccurrence(content.recurrence, next, zone);
  if (next === null) return;
  const later = next - planned;
  const following: Broadcast = {
    ...broadcast,
    id: idInSeries(broadcast, next),
    content: {
      ...content,
      sendAt: next,
      expiresAt: content.expiresAt === null ? null : content.expiresAt + later,
      eventAt: content.eventAt === null ? null : content.eventAt + later,
    },
    status: 'approved',
    version: 1,
    pause: null,
    createdAt: now,
    updatedAt: now,
    sendAt: next,
    expiresAt: next + lasts,
    startedAt: null,
    endedAt: null,
    seriesId: broadcast.seriesId ?? broadcast.id,
  };
  const detail = JSON.stringify({ seriesId: following.seriesId, after: broadcast.id });
  await parts.broadcasts.create(following, { at: now, who: SYSTEM, act: 'created', detail });
}
