import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Broadcast } from '../../../domain/broadcast.js';
import type { Region } from '../../../domain/place.js';
import type { ApprovalParts } from '../../../services/approve-announcement.js';
import type { SecondPersonEnding } from '../../../services/bulk-settings.js';
import type { DraftParts } from '../../../services/draft-announcement.js';
import type { PlanningParts } from '../../../services/plan-broadcast.js';
import { type Action, isTheirs, may } from '../../policies/staff.js';
import { missing, refuse } from '../guard.js';
import { goTo, momentText, visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';

export const HOME = '/console/announcements';

/** The regions of the visitor in which they may do this. */
export function regionsFor({ desk }: ConsoleParts, response: Response, action: Action): readonly Region[] {
  const { member } = visitorOf(response);
  return desk.world().directory.regions.filter(({ code }) => may(member, action, code));
}

/** The announcement of the address, when the visitor may do this with it; else the page that says no is drawn: null. */
export async function found(
  { desk }: ConsoleParts,
  request: Request,
  response: Response,
  action: Action,
): Promise<Broadcast | null> {
  const { member } = visitorOf(response);
  const broadcast = await desk.store.broadcasts.find(String(request.params.id));
  if (!broadcast || !isTheirs(member, broadcast.content.regionCode)) {
    missing(request, response);
    return null;
  }
  if (may(member, action, broadcast.content.regionCode)) return broadcast;
  refuse(request, response);
  return null;
}

/** The region that an announcement is for; one that is no longer in the data still has a code and a clock. */
export function regionOf({ desk }: ConsoleParts, { content }: Pick<Broadcast, 'content'>): Region {
  const known = desk.world().directory.region(content.regionCode);
  return (
    known ?? {
      code: content.regionCode,
      name: content.regionCode,
      zone: 'Asia/Jakarta',
      emergencyNumbers: [],
      officeContact: null,
    }
  );
}

/** What a page may say after something was done: `?note=…`; the second list is of what was not done. */
export const DONE = [
  'saved',
  'copied',
  'offered',
  'submitted',
  'scheduled',
  'approved_first',
  'sent_back',
  'taken_back',
  'cancelled',
  'skipped',
  'paused',
  'resumed',
  'retried',
  'test_sent',
  'unlinked',
  'settings',
] as const;
export const NOT_DONE = [
  'changed_meanwhile',
  'own_text',
  'approved_already',
  'faulty',
  'why_missing',
  'too_late',
  'nothing_to_retry',
  'test_retry',
  'test_failed',
  'test_unsure',
  'not_linked',
  'risk_unread',
  'own_wish',
  'no_wish',
] as const;
export type Note = (typeof DONE)[number] | (typeof NOT_DONE)[number];

/** Back to the announcement's page, which then says what was done. */
export function back(response: Response, id: string, note: Note): void {
  goTo(response, `${HOME}/${id}?note=${note}`);
}

/** What a page was asked to say, and whether it is good news. */
export function noteOf(request: Request): { readonly name: Note; readonly good: boolean } | null {
  const done = DONE.find((name) => name === request.query.note);
  const not = NOT_DONE.find((name) => name === request.query.note);
  if (done) return { name: done, good: true };
  return not ? { name: not, good: false } : null;
}

/** What everybody is told of a wish to do without the second person. */
export function wishWords(
  { who, at, from }: SecondPersonEnding,
  { name, zone }: Region,
): Readonly<Record<string, string>> {
  return { region: name, who, at: momentText(at, zone), from: momentText(from, zone) };
}

export function draftParts({ desk }: ConsoleParts): DraftParts {
  const newId = () => randomBytes(8).toString('hex');
  return { broadcasts: desk.store.broadcasts, world: desk.world, now: desk.now, newId };
}

export function approvalParts({ desk }: ConsoleParts): ApprovalParts {
  return { broadcasts: desk.store.broadcasts, meta: desk.store.meta, world: desk.world, now: desk.now };
}

export function planningParts({ desk, announcing }: ConsoleParts): PlanningParts {
  const { broadcasts, meta } = desk.store;
  return { broadcasts, meta, channels: announcing.channels, world: desk.world, now: desk.now };
}
