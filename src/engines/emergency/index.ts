export { adviseEmergency, afterAnswer } from './advice.js';
export { worsened } from './answer.js';
export { allCards, type Card } from './cards.js';
export { detect, judge } from './detect.js';
export { detectAnswer } from './detect-answer.js';
