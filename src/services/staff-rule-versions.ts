import { randomUUID } from 'node:crypto';
import type { RuleVersion } from '../domain/eligibility.js';
import type { Region } from '../domain/place.js';
import type { StaffMember } from '../domain/staff.js';
import { type DayText, dayOf } from '../domain/time.js';
import {
  CHANGEABLE_FACTS,
  type ChangeableFact,
  FACT_WORDS,
  isProtected,
  LONGEST_NOTE,
  PROGRAMMES,
  RULE_CODES,
  RULES,
  type Rule,
  readVersion,
  shippedRule,
  type VersionFault,
  withVersions,
  writeRule,
} from '../engines/eligibility/index.js';
import { authorOf, type Desk, untilStill } from './staff-desk.js';
import { markOf } from './staff-facility.js';

export { CHANGEABLE_FACTS, type ChangeableFact, FACT_WORDS, LONGEST_NOTE, RULE_CODES, type VersionFault };

/** What of a rule an officer may change as it stands in the rule. */
type Changeable = Pick<
  Rule,
  | 'validTo'
  | 'outcome'
  | 'asks'
  | 'text'
  | 'papers'
  | 'steps'
  | 'contacts'
  | 'excludes'
  | 'officeNote'
  | 'grade'
  | 'source'
>;

/** What an officer puts into a form about a rule: what may change, and nothing else. */
export interface EnteredVersion extends Changeable {
  readonly from: DayText;
  /** True: from that day on the rule no longer counts; then only the source matters. */
  readonly ends: boolean;
  readonly when: Readonly<Partial<Record<ChangeableFact, readonly string[]>>>;
  readonly unless: Readonly<Partial<Record<ChangeableFact, readonly string[]>>>;
}

/** A version as staff read it: the rule it makes, null where it ends it, or why this release cannot use it. */
export interface VersionRow {
  readonly version: RuleVersion;
  readonly rule: Rule | null;
  readonly faults: readonly VersionFault[];
}

/** A rule with everything that was ever decided about it. */
export interface RulePage {
  readonly shipped: Rule;
  /** The region whose programme it is; null: the province's or the nation's. */
  readonly regionCodes: readonly string[] | null;
  readonly protected: boolean;
  /** In the order of entry. */
  readonly versions: readonly VersionRow[];
  /** The rule as it stands at the end of its timeline, from which a new version begins; null when it was ended. */
  readonly latest: Rule | null;
  /** Names the state of all this; a form carries it. */
  readonly mark: string;
}

/** A rule of a programme with its versions; null when there is none of that id. */
export async function rulePage(desk: Pick<Desk, 'store'>, id: string): Promise<RulePage | null> {
  const shipped = shippedRule(id);
  if (shipped === null) return null;
  const own = (await desk.store.data.ruleVersions()).filter(({ ruleId }) => ruleId === id);
  const regions = PROGRAMMES.find((programme) => programme.id === shipped.programme)?.regions ?? [];
  const versions = own.map((version): VersionRow => {
    const read = readVersion(version);
    return 'faults' in read ? { version, rule: null, faults: read.faults } : { version, rule: read.rule, faults: [] };
  });
  const last = [...versions]
    .filter(({ faults }) => faults.length === 0)
    .sort((a, b) => a.version.from.localeCompare(b.version.from))
    .at(-1);
  return {
    shipped,
    regionCodes: regions.length === 0 ? null : regions,
    protected: isProtected(shipped),
    versions,
    latest: last === undefined ? shipped : last.rule,
    mark: markOf(own),
  };
}

/** The ids of versions that this release cannot read: they count as never entered, and staff should enter them anew. */
export async function unusableVersions(desk: Pick<Desk, 'store'>): Promise<readonly RuleVersion[]> {
  const all = await desk.store.data.ruleVersions();
  const { unusable } = withVersions(RULES, all);
  return all.filter(({ id }) => unusable.includes(id));
}

/** An entered version as it would be kept, with everything that is wrong with it. */
export function draftVersion(
  desk: Pick<Desk, 'now'>,
  member: StaffMember,
  shipped: Rule,
  entered: EnteredVersion,
  today: DayText,
): { readonly version: RuleVersion; readonly faults: readonly VersionFault[] } {
  const { who, at } = authorOf(desk, member);
  const version: RuleVersion = {
    // The moment first: the order of the ids is the order of entry.
    id: `${new Date(at).toISOString()}/${randomUUID()}`,
    ruleId: shipped.id,
    from: entered.from,
    content: entered.ends ? null : contentOf(shipped, entered, today),
    source: entered.source,
    enteredBy: who,
    enteredAt: at,
  };
  const read = readVersion(version);
  const faults: VersionFault[] = [
    ...('faults' in read ? read.faults : []),
    // What was answered until yesterday stays as it was answered.
    ...(entered.from < today ? [{ place: 'from', reason: 'period' } as const] : []),
    ...(entered.source === '' ? [{ place: 'source', reason: 'unreadable' } as const] : []),
  ];
  return { version, faults };
}

function contentOf(shipped: Rule, entered: EnteredVersion, today: DayText): string {
  const { from, ends: _, when, unless, ...rest } = entered;
  const rule: Rule = {
    ...shipped,
    ...rest,
    when: conditionOf(shipped.when, when),
    unless: conditionOf(shipped.unless, unless),
    validFrom: from,
    checkedOn: today,
  };
  return JSON.stringify(writeRule(rule));
}

/** The shipped condition with the changeable facts as entered; a fact with no word asks for nothing. */
function conditionOf(shipped: Rule['when'], entered: EnteredVersion['when']): Rule['when'] {
  const changeable: readonly string[] = CHANGEABLE_FACTS;
  const kept = Object.entries(shipped).filter(([fact]) => !changeable.includes(fact));
  const given = CHANGEABLE_FACTS.flatMap((fact) => {
    const words = entered[fact] ?? [];
    return words.length === 0 ? [] : [[fact, words] as const];
  });
  return Object.fromEntries([...kept, ...given]);
}

/** The rules as they would be with this version too: to try it before it is kept. */
export async function rulesWith(desk: Pick<Desk, 'store'>, version: RuleVersion): Promise<readonly Rule[]> {
  return withVersions(RULES, [...(await desk.store.data.ruleVersions()), version]).rules;
}

/**
 * Keeps a version, provided that nobody decided anything else about the rule since the form was drawn (`mark`). False:
 * somebody was quicker, and nothing was written.
 */
export async function keepVersion(
  desk: Desk,
  member: StaffMember,
  version: RuleVersion,
  mark: string,
): Promise<boolean> {
  const { data } = desk.store;
  return untilStill(desk, async (seen) => {
    if ((await rulePage(desk, version.ruleId))?.mark !== mark) return false;
    await data.putRuleVersion(version, authorOf(desk, member), seen);
    await desk.refresh();
    return true;
  });
}

/** Today in a rule's region; the nation's rules turn with the westernmost clock. */
export function ruleDay(desk: Pick<Desk, 'now' | 'world'>, page: Pick<RulePage, 'regionCodes'>): DayText {
  const region: Region | null = desk.world().directory.region(page.regionCodes?.[0] ?? '');
  return dayOf(desk.now(), region?.zone ?? 'Asia/Jakarta');
}
