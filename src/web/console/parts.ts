import type { Channel } from '../../ports/channel.js';
import type { StaffAccounts } from '../../ports/staff.js';
import type { Timing } from '../../ports/timing.js';
import type { KeepSettings } from '../../services/kept-data.js';
import type { Desk } from '../../services/staff-desk.js';

/** What the console's pages are made from. */
export interface ConsoleParts {
  readonly desk: Desk;
  readonly staff: StaffAccounts;
  /** The periods of this installation, for the record of processing. */
  readonly keep: KeepSettings;
  /** What announcements leave on: for previews, and tests to one's own phone. */
  readonly announcing: { readonly channels: readonly Channel[]; readonly timing: Timing };
  /** The key under which forms are signed. */
  readonly secret: string;
  /** The public address, when there is one; `https` makes cookies secure. */
  readonly publicUrl: string | null;
  /** Where maps get their pictures from; null: maps show outlines and points only. */
  readonly mapTiles: { readonly url: string; readonly attribution: string } | null;
}
