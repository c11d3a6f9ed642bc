import type { StaffAccounts } from '../../ports/staff.js';
import type { Desk } from '../../services/staff-desk.js';

/** What the console's pages are made from. */
export interface ConsoleParts {
  readonly desk: Desk;
  readonly staff: StaffAccounts;
  /** The key under which forms are signed. */
  readonly secret: string;
  /** The public address, when there is one; `https` makes cookies secure. */
  readonly publicUrl: string | null;
}
