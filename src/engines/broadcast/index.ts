export { type Carrier, type Plan, planFor, reasonNow, windowClosed } from './audience.js';
export { faultsOf, fill, type Placeholder, type TextFault } from './compose.js';
export { type Outcome, remember, troubleIn } from './health.js';
export {
  arrived,
  blockUntil,
  dayBefore,
  FRESH_PACE,
  left,
  leftToday,
  letThrough,
  type PaceLimits,
  type PaceState,
  takenBack,
  underClock,
  waitFor,
} from './pace.js';
export { endOf, minutesOf, nextOccurrence, quietUntil, USUAL_QUIET } from './schedule.js';
export {
  cautionsOfTemplate,
  faultsOfTemplate,
  fillTemplate,
  type TemplateCaution,
  type TemplateFault,
} from './template.js';
