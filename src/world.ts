import type { HandoverRules } from './domain/conversation.js';
import type { World } from './engines/dialogue/index.js';
import { RULES, withVersions } from './engines/eligibility/index.js';
import { attendanceAt, createHoursEngine, createTextEvaluator } from './engines/hours/index.js';
import { buildGazetteer } from './engines/understanding/index.js';
import type { Snapshot } from './ports/snapshot.js';
import { buildDirectory } from './store/directory.js';

const NOBODY: ReadonlyMap<string, HandoverRules> = new Map();

/** One consistent picture of the data, ready to decide turns with; `handover`: whose office answers people. Building it costs well under a second at 10,000 facilities. */
export function buildWorld(snapshot: Snapshot, handover = NOBODY): World {
  const directory = buildDirectory(snapshot, createHoursEngine());
  const evaluate = createTextEvaluator();
  return {
    directory,
    gazetteer: buildGazetteer(directory.regions, directory.areas, directory.facilities),
    rules: withVersions(RULES, snapshot.ruleVersions).rules,
    isOpen: (hours, zone, at) => {
      const { state } = evaluate(hours, zone, at, []);
      return state === 'unknown' ? null : state === 'open';
    },
    handover: (regionCode, at) => {
      const [rules, region] = [handover.get(regionCode), directory.region(regionCode)];
      if (!rules || !region) return null;
      const days = directory.holidays.filter((day) => day.kind === 'national').map(({ date }) => date);
      return { rules, ...attendanceAt(evaluate, rules.hours, region.zone, at, days) };
    },
  };
}
