import { z } from 'zod';
import type { StaffMember } from '../domain/staff.js';
import type { DayText } from '../domain/time.js';
import { inForce } from '../engines/eligibility/index.js';
import { wordsToBeChecked } from '../engines/language/index.js';
import { AppError } from '../errors.js';
import type { StaffAccounts } from '../ports/staff.js';
import { openCards } from './staff-cards.js';
import { authorOf, type Desk } from './staff-desk.js';
import { markOf } from './staff-facility.js';
import { regionsToday } from './staff-today.js';

/** What the product can count itself. `count` 0 = nothing is open; null = it only warns. */
export interface CountedItem {
  readonly key: (typeof COUNTED)[number];
  readonly count: number | null;
  /** Where it is done; null: outside the console. */
  readonly href: string | null;
}
const COUNTED = [
  'cards',
  'words',
  'hours',
  'phones',
  'offices',
  'numbers',
  'holidays',
  'rules',
  'secondFactor',
  'telegram',
  'cloud',
  'baileys',
] as const;

/** What no software can settle: somebody says with name and day that it is done. */
export const PROMISES = [
  'dataProtection',
  'solutionProvider',
  'nativeSpeakers',
  'numbersCalled',
  'whoAnswers',
  'restoreTried',
  'drill',
] as const;
export type PromiseName = (typeof PROMISES)[number];

const signed = z.strictObject({
  by: z.string(),
  on: z.string(),
  note: z.string(),
  recordedBy: z.string(),
  recordedAt: z.number(),
});
type Signed = Readonly<z.infer<typeof signed>>;

/** A promise of the office, and who gave it; `mark` names the state that a form was drawn from. */
export interface PromiseRow {
  readonly name: PromiseName;
  readonly signed: Signed | null;
  readonly mark: string;
}

/** What is still open before residents are invited, as far as it can be counted. */
export async function countedItems(desk: Desk, staff: Pick<StaffAccounts, 'list'>): Promise<readonly CountedItem[]> {
  const regions = regionsToday(desk, () => true);
  const { directory, rules } = desk.world();
  const channels = desk.channels();
  const sum = (of: (region: (typeof regions)[number]) => number) => regions.reduce((all, each) => all + of(each), 0);
  const today = new Date(desk.now()).toISOString().slice(0, 10);
  const unsureNumber = ({ confidence }: { readonly confidence: string }) => confidence !== 'high';
  const people = (await staff.list()).filter(({ active }) => active);
  const item = (key: CountedItem['key'], count: number | null, href: string | null): CountedItem => ({
    key,
    count,
    href,
  });
  return [
    item('cards', await openCards(desk), '/console/cards?open=1'),
    item('words', wordsToBeChecked(), null),
    item(
      'hours',
      sum(({ data }) => data.facilities - data.verified),
      '/console/facilities',
    ),
    item(
      'phones',
      sum(({ data }) => data.withoutPhone),
      '/console/facilities?state=no_phone',
    ),
    item('offices', directory.regions.filter(({ officeContact }) => officeContact === null).length, '/console/regions'),
    item(
      'numbers',
      sum(({ region }) => region.emergencyNumbers.filter(unsureNumber).length),
      '/console/regions',
    ),
    item('holidays', nextYearMissing(desk) ? 1 : 0, '/console/holidays'),
    item(
      'rules',
      rules.filter((rule) => inForce(rule, today) && rule.grade === 'contradictory').length,
      '/console/programmes',
    ),
    item('secondFactor', people.filter(({ secondFactor }) => !secondFactor).length, '/console/staff'),
    item('telegram', channels.telegram ? 0 : 1, null),
    item('cloud', channels.whatsapp_cloud ? 0 : 1, null),
    ...(channels.whatsapp ? [item('baileys', null, null)] : []),
  ];
}

function nextYearMissing(desk: Desk): boolean {
  const year = new Date(desk.now()).getUTCFullYear();
  return !desk.world().directory.calendarLoaded(year + 1);
}

/** Every promise, given or not. */
export async function promises(desk: Pick<Desk, 'store'>): Promise<readonly PromiseRow[]> {
  return Promise.all(
    PROMISES.map(async (name) => {
      const text = await desk.store.meta.get(keyOf(name));
      const given = text === null || text === '' ? null : signed.parse(JSON.parse(text));
      return { name, signed: given, mark: markOf(given) };
    }),
  );
}

/** How many promises nobody has given. */
export async function openPromises(desk: Pick<Desk, 'store'>): Promise<number> {
  return (await promises(desk)).filter((row) => row.signed === null).length;
}

/**
 * Writes down that somebody says it is done, or takes that back (`null`). Throws STORE_BUSY when somebody else did so
 * since the form was drawn.
 */
export async function givePromise(
  desk: Desk,
  member: StaffMember,
  name: PromiseName,
  mark: string,
  given: { readonly by: string; readonly on: DayText; readonly note: string } | null,
): Promise<void> {
  const before = (await promises(desk)).find((row) => row.name === name);
  if (before?.mark !== mark) throw new AppError('STORE_BUSY', 'somebody else has just changed this');
  const author = authorOf(desk, member);
  const after: Signed | null = given && { ...given, recordedBy: author.who, recordedAt: author.at };
  await desk.store.meta.set(keyOf(name), after === null ? '' : JSON.stringify(after));
  const text = (value: object | null) => value && JSON.stringify(value);
  await desk.store.data.note({ what: 'pilot', subject: name, before: text(before.signed), after: text(after) }, author);
}

function keyOf(name: PromiseName): string {
  return `pilot/${name}`;
}
