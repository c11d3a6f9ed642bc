import type { Broadcast, BroadcastContent } from '../domain/broadcast.js';
import { EVERYBODY, emptyContent } from '../domain/broadcast.js';
import type { HoursException } from '../domain/facility.js';
import { phrase } from '../domain/phrase.js';
import { DAY, type Instant } from '../domain/time.js';
import type { World } from '../engines/dialogue/index.js';
import { renderPhrase } from '../i18n/translate.js';
import type { Broadcasts } from '../ports/broadcasts.js';

export interface DraftParts {
  readonly broadcasts: Broadcasts;
  readonly world: () => World;
  readonly now: () => Instant;
  /** A new id, of letters and digits. */
  readonly newId: () => string;
}

/** How long back "asked about it lately" reaches. */
const LATELY = 30 * DAY;

/** A new draft. Anything may still be missing in it; only handing it in asks for all. */
export async function draftAnnouncement(
  { broadcasts, now, newId }: DraftParts,
  content: BroadcastContent,
  who: string,
): Promise<Broadcast> {
  const at = now();
  const draft: Broadcast = {
    id: newId(),
    content,
    status: 'draft',
    version: 1,
    authors: [who],
    approvals: [],
    pause: null,
    createdAt: at,
    updatedAt: at,
    sendAt: null,
    expiresAt: null,
    startedAt: null,
    endedAt: null,
    seriesId: null,
  };
  await broadcasts.create(draft, { at, who, act: 'created', detail: null });
  return draft;
}

/**
 * Puts another content in the place of a draft's. One that waits for approval goes back to being a draft, and what was
 * approved of it counts no more. `changed_meanwhile`: somebody else was quicker, or it is approved already.
 */
export async function editAnnouncement(
  { broadcasts, now }: DraftParts,
  id: string,
  version: number,
  content: BroadcastContent,
  who: string,
): Promise<'saved' | 'changed_meanwhile' | 'not_found'> {
  const known = await broadcasts.find(id);
  if (!known) return 'not_found';
  const authors = [...new Set([...known.authors, who])];
  const saved = await broadcasts.change(
    id,
    { status: ['draft', 'waiting'], version },
    { content, status: 'draft', authors, approvals: [] },
    { at: now(), who, act: 'changed', detail: null },
  );
  return saved ? 'saved' : 'changed_meanwhile';
}

/** A draft like an earlier announcement, without its dates. Null when there is none of this id. */
export async function copyAnnouncement(parts: DraftParts, id: string, who: string): Promise<Broadcast | null> {
  const known = await parts.broadcasts.find(id);
  if (!known) return null;
  const { names: _names, closures: _closures, ...written } = known.content;
  const content = { ...written, sendAt: null, expiresAt: null, eventAt: null, recurrence: null };
  return draftAnnouncement(parts, content, who);
}

/**
 * What a closure suggests telling the people who asked about the facility lately and agreed to hear: a content to be
 * saved as a draft. Null for a whole region's departure, and for one that is not a closure.
 */
export function offerForClosure(exception: HoursException, world: World, now: Instant): BroadcastContent | null {
  const facility = exception.facilityId === null ? null : world.directory.facility(exception.facilityId);
  const region = world.directory.region(exception.regionCode);
  if (!facility || !region || exception.hours !== null || exception.to <= now) return null;
  const moment = (at: Instant) => ({ moment: at, zone: region.zone, style: 'dayClock' }) as const;
  const key = exception.reason.trim() === '' ? 'closure' : 'closure_because';
  const text = (language: 'id' | 'en') =>
    renderPhrase(
      phrase(`dialogue:announcements.${key}`, {
        facility: '{{tempat}}',
        from: moment(exception.from),
        to: moment(exception.to),
        reason: exception.reason.replaceAll(/[{}]/g, ''),
      }),
      language,
    );
  return {
    ...emptyContent(region.code),
    title: renderPhrase(phrase('dialogue:announcements.closure_title', { facility: facility.name }), 'id'),
    texts: { id: text('id'), en: text('en') },
    facilityId: facility.id,
    audience: { ...EVERYBODY, askedAbout: { facilityId: facility.id, since: now - LATELY } },
    expiresAt: exception.to,
  };
}
