import type { Broadcast, BroadcastContent } from '../domain/broadcast.js';
import type { Instant } from '../domain/time.js';
import { endOf } from '../engines/broadcast/index.js';
import type { World } from '../engines/dialogue/index.js';
import type { BroadcastAct, BroadcastChange, Broadcasts } from '../ports/broadcasts.js';
import type { Meta } from '../ports/store.js';
import { type ContentFault, faultsOfContent } from './announcement-faults.js';
import { withNames } from './announcement-text.js';
import { readOfficeRules } from './bulk-settings.js';
import { needsSecondPerson } from './second-person.js';

export interface ApprovalParts {
  readonly broadcasts: Broadcasts;
  readonly meta: Meta;
  readonly world: () => World;
  readonly now: () => Instant;
}

/** `scheduled`: it goes out at its hour. `waiting`: for (another) approver. The rest: nothing was changed. */
export type ApprovalStep =
  | { readonly result: 'scheduled' | 'waiting' }
  | { readonly result: 'not_found' | 'changed_meanwhile' | 'own_text' | 'approved_already' }
  | { readonly result: 'faulty'; readonly faults: readonly ContentFault[] };

/** How many people must approve: one; two where it is urgent; none where the office wants none and it is not urgent. */
export async function approversNeeded(
  { meta, now }: Pick<ApprovalParts, 'meta' | 'now'>,
  { urgent, regionCode }: BroadcastContent,
): Promise<number> {
  if (urgent) return 2;
  return needsSecondPerson(await readOfficeRules(meta, regionCode), now()) ? 1 : 0;
}

/** Hands a draft in. `version` is the one that was on the screen. */
export async function submitAnnouncement(
  parts: ApprovalParts,
  id: string,
  version: number,
  who: string,
): Promise<ApprovalStep> {
  const known = await parts.broadcasts.find(id);
  if (!known) return { result: 'not_found' };
  const faults = faultsOfContent(known.content, parts.world(), parts.now());
  if (faults.length > 0) return { result: 'faulty', faults };
  const content = withNames(known.content, parts.world());
  if ((await approversNeeded(parts, content)) === 0) {
    return step(parts, known, version, who, 'scheduled', { content, ...scheduling(content, parts.now()) });
  }
  return step(parts, known, version, who, 'submitted', { content, status: 'waiting', approvals: [] });
}

/** Says yes to exactly the version that was read. Nobody approves what they wrote a part of, and nobody twice. */
export async function approveAnnouncement(
  parts: ApprovalParts,
  id: string,
  version: number,
  who: string,
): Promise<ApprovalStep> {
  const known = await parts.broadcasts.find(id);
  if (!known) return { result: 'not_found' };
  if (known.status !== 'waiting' || known.version !== version) return { result: 'changed_meanwhile' };
  if (known.authors.some((author) => isSame(author, who))) return { result: 'own_text' };
  if (known.approvals.some((approval) => isSame(approval.who, who))) return { result: 'approved_already' };
  const faults = faultsOfContent(known.content, parts.world(), parts.now()).filter(({ field }) => field !== 'sendAt');
  if (faults.length > 0) return { result: 'faulty', faults };
  const approvals = [...known.approvals, { who, at: parts.now() }];
  const enough = approvals.length >= (await approversNeeded(parts, known.content));
  const to = enough ? { ...scheduling(known.content, parts.now()), approvals } : { approvals };
  return step(parts, known, version, who, 'approved', to);
}

/** Sends it back to its author with a word on why. */
export async function sendBackAnnouncement(
  { broadcasts, now }: ApprovalParts,
  id: string,
  version: number,
  who: string,
  why: string,
): Promise<'sent_back' | 'changed_meanwhile'> {
  const back = await broadcasts.change(
    id,
    { status: ['waiting'], version },
    { status: 'draft', approvals: [] },
    { at: now(), who, act: 'sent_back', detail: JSON.stringify({ why }) },
  );
  return back ? 'sent_back' : 'changed_meanwhile';
}

/**
 * Takes one that waits for approval or for its hour back to being a draft: to be changed it needs a new approval. Of a
 * recurring one this stops what would have followed. `changed_meanwhile`: it has begun, or somebody else was quicker.
 */
export async function takeBackAnnouncement(
  { broadcasts, now }: ApprovalParts,
  id: string,
  version: number,
  who: string,
): Promise<'taken_back' | 'changed_meanwhile'> {
  const back = await broadcasts.change(
    id,
    { status: ['waiting', 'approved'], version },
    { status: 'draft', approvals: [], sendAt: null, expiresAt: null },
    { at: now(), who, act: 'taken_back', detail: null },
  );
  return back ? 'taken_back' : 'changed_meanwhile';
}

/** From now on it waits for its hour; one whose hour passed while it waited for approval goes out at once. */
function scheduling(content: BroadcastContent, now: Instant): BroadcastChange {
  const start = content.sendAt === null ? now : Math.max(content.sendAt, now);
  return { status: 'approved', sendAt: start, expiresAt: endOf(content, start) };
}

async function step(
  { broadcasts, now }: ApprovalParts,
  { id }: Broadcast,
  version: number,
  who: string,
  act: BroadcastAct['act'],
  to: BroadcastChange,
): Promise<ApprovalStep> {
  const status = act === 'approved' ? (['waiting'] as const) : (['draft'] as const);
  const made = await broadcasts.change(id, { status, version }, to, { at: now(), who, act, detail: null });
  if (!made) return { result: 'changed_meanwhile' };
  return { result: to.status === 'approved' ? 'scheduled' : 'waiting' };
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
