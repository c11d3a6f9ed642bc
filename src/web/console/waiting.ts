import type { PhraseKey } from '../../domain/phrase.js';
import type { StaffMember } from '../../domain/staff.js';
import { regionsWithWish } from '../../services/second-person.js';
import { heldBack, stoppedThemselves, waitingForApproval } from '../../services/staff-announcements.js';
import { openCards } from '../../services/staff-cards.js';
import { waitingConversations } from '../../services/staff-conversations.js';
import type { Desk } from '../../services/staff-desk.js';
import { openPromises } from '../../services/staff-pilot.js';
import { regionsToday } from '../../services/staff-today.js';
import { type Action, isTheirs, may } from '../policies/staff.js';

/** One kind of work that waits for somebody: shown on the first page to those who may do it, while there is any. */
export interface WaitingWork {
  /** Says it with `{{count}}`. */
  readonly key: PhraseKey;
  /** Where it is done. */
  readonly href: string;
  /** Who sees it. */
  readonly action: Action;
  /** How much of it there is in the member's regions. Asked at every visit of the first page: a count, not a list. */
  count(desk: Desk, member: StaffMember): Promise<number>;
}

/** Everything that can wait for somebody, the most urgent first. A new kind of work is one entry here. */
export const WAITING: readonly WaitingWork[] = [
  {
    key: 'handover:console.waitingCount',
    href: '/console/conversations',
    action: 'conversations.answer',
    count: (desk, member) => waitingConversations(desk, (code) => isTheirs(member, code)),
  },
  {
    key: 'reports:console.waiting',
    href: '/console/reports',
    action: 'reports.answer',
    count: async (desk, member) => {
      const counts = Object.entries(await desk.store.reports.openCounts());
      return sum(counts.filter(([code]) => isTheirs(member, code)).map(([, count]) => count));
    },
  },
  {
    key: 'announcements:work.stopped',
    href: '/console/announcements',
    action: 'announcements.steer',
    count: async (desk, member) => (await stoppedThemselves(desk)).filter(concerns(member)).length,
  },
  {
    key: 'announcements:work.held',
    href: '/console/announcements',
    action: 'announcements.steer',
    count: async (desk, member) => (await heldBack(desk)).filter(concerns(member)).length,
  },
  {
    key: 'announcements:work.approve',
    href: '/console/announcements',
    action: 'announcements.approve',
    count: async (desk, member) => (await waitingForApproval(desk, member)).filter(concerns(member)).length,
  },
  {
    key: 'announcements:work.second',
    href: '/console/announcements/settings',
    action: 'announcements.see',
    count: async ({ world, store, now }, member) => {
      const codes = world().directory.regions.map(({ code }) => code);
      const theirs = codes.filter((code) => isTheirs(member, code));
      return (await regionsWithWish(store.meta, theirs, now())).length;
    },
  },
  {
    key: 'console:waiting.holidays',
    href: '/console/holidays',
    action: 'holidays.edit',
    count: async (desk, member) => new Set(theirs(desk, member).flatMap(({ missingYears }) => missingYears)).size,
  },
  {
    key: 'console:waiting.unconfirmed',
    href: '/console/facilities?state=unconfirmed',
    action: 'facilities.edit',
    count: async (desk, member) => sum(theirs(desk, member).map(({ data }) => data.unconfirmed)),
  },
  {
    key: 'console:waiting.old',
    href: '/console/facilities?state=old',
    action: 'facilities.edit',
    count: async (desk, member) => sum(theirs(desk, member).map(({ data }) => data.old)),
  },
  {
    key: 'console:waiting.cards',
    href: '/console/cards?open=1',
    action: 'cards.sign',
    count: (desk) => openCards(desk),
  },
  {
    key: 'console:waiting.pilot',
    href: '/console/pilot',
    action: 'pilot.sign',
    count: (desk) => openPromises(desk),
  },
];

/** What waits for this member, as they are told it. */
export async function waitingFor(
  desk: Desk,
  member: StaffMember,
): Promise<readonly { readonly key: PhraseKey; readonly href: string; readonly count: number }[]> {
  const allowed = WAITING.filter(({ action }) => may(member, action));
  const counted = await Promise.all(
    allowed.map(async (work) => ({ key: work.key, href: work.href, count: await work.count(desk, member) })),
  );
  return counted.filter(({ count }) => count > 0);
}

/** True for what is of one of the member's regions. */
function concerns(member: StaffMember) {
  return ({ content }: { readonly content: { readonly regionCode: string } }) => isTheirs(member, content.regionCode);
}

function theirs(desk: Desk, member: StaffMember) {
  return regionsToday(desk, (code) => isTheirs(member, code));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
