/** The learned second opinion on emergencies, and how it is weighed against the rules. */
export { combine } from './combine.js';
export { type Opinion, type SecondJudge, secondOpinion } from './opinion.js';
