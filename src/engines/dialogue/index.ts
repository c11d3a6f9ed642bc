export { type HoursQuestion, hoursQuestion } from './hours-question.js';
export { openSession } from './session.js';
export { step } from './step.js';
export type { TurnResult, World } from './turn.js';
