import type { Role, StaffMember } from '../domain/staff.js';
import type { NewStaffMember, StaffAccounts } from '../ports/staff.js';
import { authorOf, type Desk } from './staff-desk.js';

interface Rights {
  readonly role: Role;
  readonly regions: readonly string[];
  readonly active: boolean;
}

/** Makes an account, and says so in the change log. Throws INPUT_INVALID as the accounts do. */
export async function addMember(
  desk: Desk,
  staff: StaffAccounts,
  by: StaffMember,
  wanted: NewStaffMember,
): Promise<void> {
  const member = await staff.add(wanted);
  await desk.store.data.note(
    { what: 'staff', subject: member.email, before: null, after: rightsText(member) },
    authorOf(desk, by),
  );
}

/** Changes what a member may do; nothing is written when nothing changes. Throws NOT_FOUND. */
export async function changeMember(
  desk: Desk,
  staff: StaffAccounts,
  by: StaffMember,
  member: StaffMember,
  to: Rights,
): Promise<void> {
  if (rightsText(member) === rightsText(to)) return;
  await staff.change(member.id, to);
  await desk.store.data.note(
    { what: 'staff', subject: member.email, before: rightsText(member), after: rightsText(to) },
    authorOf(desk, by),
  );
}

/** Sets a new password for a member who lost theirs; it also ends their sessions and drops the second factor. */
export async function resetMember(
  desk: Desk,
  staff: StaffAccounts,
  by: StaffMember,
  member: StaffMember,
  password: string,
): Promise<void> {
  await staff.resetPassword(member.id, password, true);
  await desk.store.data.note(
    { what: 'staff', subject: member.email, before: null, after: JSON.stringify({ password: 'new' }) },
    authorOf(desk, by),
  );
}

function rightsText({ role, regions, active }: Rights): string {
  return JSON.stringify({ role, regions, active });
}
