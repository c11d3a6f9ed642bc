import type {
  Audience,
  Candidate,
  ExclusionReason,
  PlannedRecipient,
  QuietHours,
  Topic,
} from '../../domain/broadcast.js';
import type { ChannelName, Language } from '../../domain/message.js';
import { serviceWindowOpen } from '../../domain/service-window.js';
import { type Instant, MINUTE, type Zone } from '../../domain/time.js';
import { quietUntil } from './schedule.js';

/** How an announcement can leave on a channel at this moment; a channel that is missing cannot carry any. */
export interface Carrier {
  /** Languages in which an approved template stands in when the window is closed. */
  readonly templates: readonly Language[];
}

/** Everything that decides about a person, apart from the person. */
export interface Plan {
  readonly regionCode: string;
  readonly topic: Topic;
  readonly audience: Audience;
  readonly carriers: ReadonlyMap<ChannelName, Carrier>;
  readonly zone: Zone;
  /** null: it may disturb at night. */
  readonly quiet: QuietHours | null;
  readonly now: Instant;
  readonly expiresAt: Instant;
}

/** A message that takes a while to leave must not find the window closed. */
const WINDOW_MARGIN = 5 * MINUTE;

/** True when free text on the channel would be refused for want of a recent message. */
export function windowClosed(channel: ChannelName, lastSeenAt: Instant, now: Instant): boolean {
  return !serviceWindowOpen(channel, lastSeenAt, now + WINDOW_MARGIN);
}

/**
 * What the plan does with one contact; null when it is not of the audience at all. `siblings` are the other contacts of
 * the same person: of those that could get it, the one that wrote last does, so that nobody is told twice.
 */
export function planFor(candidate: Candidate, siblings: readonly Candidate[], plan: Plan): PlannedRecipient | null {
  if (!isMeant(candidate, plan)) return null;
  const own = ownReason(candidate, plan);
  const reason = own ?? (isBest(candidate, siblings, plan) ? null : 'linked');
  const quietEnd = plan.quiet === null ? null : quietUntil(plan.now, plan.zone, plan.quiet);
  const late = reason === null && quietEnd !== null && quietEnd >= plan.expiresAt;
  const left = reason ?? (late ? 'quiet' : null);
  return {
    contactId: candidate.contactId,
    channel: candidate.channel,
    status: left === null ? 'pending' : 'excluded',
    reason: left,
    via: needsTemplate(candidate, plan) ? 'template' : 'text',
    zone: plan.zone,
    nextAt: left === null ? (quietEnd ?? 0) : 0,
    personId: left === null ? candidate.personId : null,
  };
}

/** The editor's choice: who is not named by it does not appear in the plan. */
function isMeant(candidate: Candidate, { audience, regionCode }: Plan): boolean {
  return (
    candidate.regionCode === regionCode &&
    listed(audience.channels, candidate.channel) &&
    (audience.activeSince === null || candidate.lastSeenAt >= audience.activeSince) &&
    (audience.askedAbout === null || candidate.askedAbout) &&
    fitsByTold(candidate, audience)
  );
}

/** What of a person may be another when the message leaves than when the audience was frozen. */
export type Told = Pick<Candidate, 'language' | 'kecamatanCode' | 'interests'>;

/** What the announcement asks of a person's own words. */
type Wanted = Pick<Plan, 'topic' | 'audience'>;

/**
 * Why somebody who was planned is left out after all, by what they have told by now; null when nothing stands in the way.
 * `changed`: they live elsewhere by now, or read another language. Their region stays the one of the plan: it is only
 * what they asked about last.
 */
export function reasonNow(told: Told, wanted: Wanted): 'changed' | 'place_unknown' | 'interest' | null {
  if (!fitsByTold(told, wanted.audience)) return 'changed';
  return reasonByTold(told, wanted);
}

function fitsByTold({ language, kecamatanCode }: Told, audience: Audience): boolean {
  return (
    listed(audience.languages, language) &&
    (kecamatanCode === null || listed(audience.kecamatan, kecamatanCode)) &&
    (kecamatanCode === null || !audience.exceptKecamatan.includes(kecamatanCode))
  );
}

function reasonByTold(told: Told, wanted: Wanted): 'place_unknown' | 'interest' | null {
  const { kecamatan, exceptKecamatan } = wanted.audience;
  const placed = kecamatan.length > 0 || exceptKecamatan.length > 0;
  if (placed && told.kecamatanCode === null) return 'place_unknown';
  return wants(told, wanted) ? null : 'interest';
}

function listed<T>(list: readonly T[], value: T): boolean {
  return list.length === 0 || list.includes(value);
}

/** What stands in the way with this very contact, the weightiest first: a person's own word before our own means. */
function ownReason(candidate: Candidate, plan: Plan): ExclusionReason | null {
  if (candidate.consent === 'never_asked') return 'no_consent';
  if (candidate.consent === 'stopped') return 'stopped';
  const byTold = reasonByTold(candidate, plan);
  if (byTold !== null) return byTold;
  if (candidate.unreachableAt !== null) return 'unreachable';
  const carrier = plan.carriers.get(candidate.channel);
  if (!carrier) return 'no_channel';
  return needsTemplate(candidate, plan) && !carrier.templates.includes(candidate.language) ? 'window_closed' : null;
}

/** "My kecamatan" hears what names it, and an outbreak wherever in the region it is. */
function wants({ interests, kecamatanCode }: Told, { topic, audience }: Wanted): boolean {
  if (interests.length === 0 || interests.includes('all')) return true;
  if (topic !== 'general' && interests.includes(topic)) return true;
  const named = kecamatanCode !== null && audience.kecamatan.includes(kecamatanCode);
  return interests.includes('my_kecamatan') && (named || (topic === 'outbreak' && audience.kecamatan.length === 0));
}

function needsTemplate({ channel, lastSeenAt }: Candidate, { now }: Plan): boolean {
  return windowClosed(channel, lastSeenAt, now);
}

function isBest(candidate: Candidate, siblings: readonly Candidate[], plan: Plan): boolean {
  const others = siblings.filter(
    (other) => other.contactId !== candidate.contactId && isMeant(other, plan) && ownReason(other, plan) === null,
  );
  return others.every((other) => goesBefore(candidate, other, plan));
}

/** Free text before a template that costs, then the channel used last; the id ends a tie alike for both. */
function goesBefore(one: Candidate, other: Candidate, plan: Plan): boolean {
  const [paid, otherPaid] = [needsTemplate(one, plan), needsTemplate(other, plan)];
  if (paid !== otherPaid) return !paid;
  if (one.lastSeenAt !== other.lastSeenAt) return one.lastSeenAt > other.lastSeenAt;
  return one.contactId < other.contactId;
}
