import type { Instant } from './time.js';

/** What a member of staff is there for; `web/policies` says what each may do. */
export const ROLES = ['admin', 'editor', 'approver', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** True when the text names a role. */
export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** Somebody of a health office who may enter the console. */
export interface StaffMember {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Codes of the regions that the member is limited to; empty = every region. */
  readonly regions: readonly string[];
  /** False: the account is kept for the record, nobody enters with it. */
  readonly active: boolean;
  readonly secondFactor: boolean;
}

/** One place where a member is signed in. */
export interface StaffSession {
  readonly id: string;
  readonly begun: Instant;
  readonly ends: Instant;
  /** The browser as it names itself; never trusted. */
  readonly agent: string | null;
  readonly current: boolean;
}
