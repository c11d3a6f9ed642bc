import type { StaffMember } from '../domain/staff.js';
import { DAY, type Instant } from '../domain/time.js';
import type { Meta } from '../ports/store.js';
import { type OfficeRules, readOfficeRules, type SecondPersonEnding, writeOfficeRules } from './bulk-settings.js';
import { noteSettings } from './staff-announcements.js';
import type { Desk } from './staff-desk.js';

/**
 * How long one person's wish to do without the second person waits before it holds by itself: long enough for colleagues
 * to come back from a weekend and see it, short enough for an office that has one account only.
 */
const WAITS = 3 * DAY;

/** True when at this moment an announcement of the region, urgent or not, needs somebody who did not write it. */
export function needsSecondPerson({ approval, ending }: OfficeRules, now: Instant): boolean {
  return approval && !(ending && now >= ending.from);
}

/** The wish that has not become the rule yet; null when there is none. */
export function wishOf({ approval, ending }: OfficeRules, now: Instant): SecondPersonEnding | null {
  return approval && ending && now < ending.from ? ending : null;
}

/**
 * Keeps the rules of a region as a form wants them, and says so in the change log. Asking for the second person counts at
 * once; doing without is a wish that another person agrees to, or that waits three days in everybody's sight. While a
 * wish waits the form changes the quiet hours alone. Throws INPUT_INVALID when an hour cannot be read.
 */
export async function saveOfficeRules(
  desk: Desk,
  member: StaffMember,
  regionCode: string,
  wanted: Pick<OfficeRules, 'approval' | 'quiet'>,
): Promise<void> {
  const now = desk.now();
  const known = await readOfficeRules(desk.store.meta, regionCode);
  await keep(desk, member, regionCode, { ...afterForm(known, wanted.approval, member, now), quiet: wanted.quiet });
}

function afterForm(known: OfficeRules, approval: boolean, { email }: StaffMember, now: Instant): OfficeRules {
  if (wishOf(known, now) !== null) return known;
  if (approval) return { ...known, approval: true, ending: null };
  if (!needsSecondPerson(known, now)) return known;
  return { ...known, ending: { who: email, at: now, from: now + WAITS } };
}

/**
 * Another person's answer to the wish: from now on no second person is needed, or the wish is off the table (which its
 * own author may say as well). `own_wish`: nobody agrees to their own. `no_wish`: none waits any more.
 */
export async function answerWish(
  desk: Desk,
  member: StaffMember,
  regionCode: string,
  answer: 'agree' | 'withdraw',
): Promise<'done' | 'own_wish' | 'no_wish'> {
  const known = await readOfficeRules(desk.store.meta, regionCode);
  const wish = wishOf(known, desk.now());
  if (wish === null) return 'no_wish';
  const own = wish.who.toLowerCase() === member.email.toLowerCase();
  if (answer === 'agree' && own) return 'own_wish';
  await keep(desk, member, regionCode, { ...known, approval: answer === 'withdraw', ending: null });
  return 'done';
}

/** The regions of these in which a wish waits, so that everybody is told. */
export async function regionsWithWish(
  meta: Meta,
  regionCodes: readonly string[],
  now: Instant,
): Promise<readonly { readonly regionCode: string; readonly wish: SecondPersonEnding }[]> {
  const found = await Promise.all(
    regionCodes.map(async (regionCode) => ({ regionCode, wish: wishOf(await readOfficeRules(meta, regionCode), now) })),
  );
  return found.flatMap(({ regionCode, wish }) => (wish === null ? [] : [{ regionCode, wish }]));
}

async function keep(desk: Desk, member: StaffMember, regionCode: string, rules: OfficeRules): Promise<void> {
  const before = JSON.stringify(await readOfficeRules(desk.store.meta, regionCode));
  await writeOfficeRules(desk.store.meta, regionCode, rules);
  await noteSettings(
    desk,
    member,
    regionCode,
    before,
    JSON.stringify(await readOfficeRules(desk.store.meta, regionCode)),
  );
}
