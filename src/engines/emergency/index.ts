export { adviseEmergency, afterAnswer } from './advice.js';
export { worsened } from './answer.js';
export { allCards, type Card, cardFor, isGentle } from './cards.js';
export type { EmergencyPlace } from './destination.js';
export { detect, type Judgement, judge } from './detect.js';
export { detectAnswer } from './detect-answer.js';
