import { type Request, type Response, Router } from 'express';
import type { Broadcast } from '../../../domain/broadcast.js';
import { MINUTE } from '../../../domain/time.js';
import { faultsOfContent } from '../../../services/announcement-faults.js';
import { approversNeeded } from '../../../services/approve-announcement.js';
import { readOfficeRules } from '../../../services/bulk-settings.js';
import { closuresAt, heldBy } from '../../../services/closed-for-event.js';
import { testContactKey } from '../../../services/link-contacts.js';
import { may } from '../../policies/staff.js';
import { draw, momentText, say, type View, visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { previewOf } from './check.js';
import { found, HOME, noteOf, regionOf } from './desk.js';
import { hasBegun, standingOf } from './standing.js';
import { actWords, factsOf, faultWords } from './words.js';

/** An announcement that goes out within this time is looked after as closely as one that does. */
const SOON = 2 * MINUTE;

/** One announcement: read before it is approved, watched while it goes out, looked back at afterwards. */
export function readRoutes(parts: ConsoleParts): Router {
  const router = Router();
  router.get('/announcements/:id', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.see');
    if (broadcast) await drawAnnouncement(parts, request, response, broadcast);
  });
  return router;
}

/** What keeps it from going on; an hour that passed while it waited for approval does not. */
function faultsNow({ desk }: ConsoleParts, { content, status }: Broadcast): readonly string[] {
  if (status !== 'draft' && status !== 'waiting') return [];
  const faults = faultsOfContent(content, desk.world(), desk.now());
  return faults.filter(({ field }) => status === 'draft' || field !== 'sendAt').map(faultWords);
}

/** Why an approved one is held back; null when nothing holds it. */
function heldWords({ desk }: ConsoleParts, { content }: Broadcast): string | null {
  const closure = heldBy(content, desk.world().directory);
  return closure && say('announcements:read.held', { why: closure.reason || '–' });
}

/** That the house is closed at the time to which it invites, for whoever hands it in or approves it. */
function closedWords({ desk }: ConsoleParts, { content }: Broadcast): string | null {
  const [closure] = closuresAt(content, desk.world().directory);
  return closure ? say('announcements:read.closedThen', { why: closure.reason || '–' }) : null;
}

/** Draws the announcement's page; `more` is what only this request knows, such as a code for linking. */
export async function drawAnnouncement(
  parts: ConsoleParts,
  request: Request,
  response: Response,
  broadcast: Broadcast,
  more: View = {},
): Promise<void> {
  const { desk } = parts;
  const { member } = visitorOf(response);
  const { content, status } = broadcast;
  const region = regionOf(parts, broadcast);
  const { meta, broadcasts } = desk.store;
  const own = broadcast.authors.some((author) => author.toLowerCase() === member.email.toLowerCase());
  const begun = hasBegun(broadcast);
  const acts = (await broadcasts.acts(broadcast.id)).toReversed();
  draw(request, response, 'announcements/announcement', content.title || say('announcements:list.untitled'), {
    home: HOME,
    note: noteOf(request),
    b: broadcast,
    region,
    facts: factsOf(parts, content, region.zone),
    ...(await previewOf(parts, content, region)),
    faults: faultsNow(parts, broadcast),
    late: status === 'waiting' && content.sendAt !== null && content.sendAt < desk.now(),
    held: status === 'approved' ? heldWords(parts, broadcast) : null,
    closedThen: status === 'draft' || status === 'waiting' ? closedWords(parts, broadcast) : null,
    eventOver: (status === 'draft' || status === 'waiting') && content.eventAt !== null && content.eventAt < desk.now(),
    needed: await approversNeeded({ meta, now: desk.now }, content),
    rules: await readOfficeRules(meta, content.regionCode),
    own,
    already: broadcast.approvals.some(({ who }) => who.toLowerCase() === member.email.toLowerCase()),
    mayWrite: may(member, 'announcements.write', content.regionCode),
    mayApprove: may(member, 'announcements.approve', content.regionCode),
    maySteer: may(member, 'announcements.steer', content.regionCode),
    approvals: broadcast.approvals.map(({ who, at }) => ({ who, at: momentText(at, region.zone) })),
    sendsAt: broadcast.sendAt === null ? null : momentText(broadcast.sendAt, region.zone),
    expires: broadcast.expiresAt === null ? null : momentText(broadcast.expiresAt, region.zone),
    looksEvery: (broadcast.sendAt ?? 0) - desk.now() < SOON ? '2s' : '20s',
    phone: ((await meta.get(testContactKey(member.email))) ?? '') !== '',
    code: null,
    begun,
    editable: status === 'draft' || status === 'waiting',
    ...(begun ? await standingOf(parts, broadcast) : {}),
    acts: acts.map((act) => ({ at: momentText(act.at, region.zone), who: act.who, text: actWords(act) })),
    ...more,
  });
}
