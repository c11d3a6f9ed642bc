import type { Role, StaffMember } from '../../domain/staff.js';

const EVERYBODY = ['admin', 'editor', 'approver', 'viewer'] as const;

/** Who may do what in the console: the whole of it. A region limit (below) narrows every line further. */
export const MAY = {
  'today.see': EVERYBODY,
  'channels.link': ['admin'],
  'facilities.see': EVERYBODY,
  'facilities.edit': ['admin', 'editor'],
  'facilities.import': ['admin', 'editor'],
  'facilities.export': EVERYBODY,
  'exceptions.see': EVERYBODY,
  'exceptions.edit': ['admin', 'editor', 'approver'],
  'holidays.see': EVERYBODY,
  'holidays.edit': ['admin', 'editor'],
  'regions.see': EVERYBODY,
  'regions.edit': ['admin'],
  'programmes.see': EVERYBODY,
  'programmes.edit': ['admin', 'approver'],
  // What residents write to staff is read by those who answer them.
  'conversations.see': ['admin', 'editor', 'approver'],
  'conversations.answer': ['admin', 'editor', 'approver'],
  'conversations.canned': ['admin', 'editor'],
  'conversations.settings': ['admin'],
  'announcements.see': EVERYBODY,
  'announcements.write': ['admin', 'editor'],
  'announcements.approve': ['admin', 'approver'],
  'announcements.steer': ['admin', 'editor', 'approver'],
  'announcements.settings': ['admin'],
  'demand.see': EVERYBODY,
  'reports.see': EVERYBODY,
  'reports.answer': ['admin', 'editor'],
  'reports.morning': ['admin', 'editor'],
  'pilot.see': EVERYBODY,
  'pilot.sign': ['admin'],
  'cards.see': EVERYBODY,
  'cards.sign': ['admin', 'approver'],
  'audit.see': ['admin', 'editor', 'approver'],
  'audit.export': ['admin', 'approver'],
  'privacy.export': ['admin'],
  'staff.manage': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof MAY;

/**
 * True when the member may do it in the region. `where` null: it concerns the whole country, so only members without
 * a region limit may; left out: somewhere, and the page itself asks again for each region.
 */
export function may(member: StaffMember, action: Action, where?: string | null): boolean {
  const roles: readonly Role[] = MAY[action];
  if (!member.active || !roles.includes(member.role)) return false;
  if (where === undefined || member.regions.length === 0) return true;
  return where !== null && member.regions.includes(where);
}

/** True when the region is one of the member's. */
export function isTheirs(member: StaffMember, regionCode: string): boolean {
  return member.regions.length === 0 || member.regions.includes(regionCode);
}
