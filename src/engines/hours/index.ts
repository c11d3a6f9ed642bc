export { attendanceAt } from './attendance.js';
export { createHoursEngine } from './engine.js';
export { createTextEvaluator } from './evaluate-text.js';
export { HoursUnreadable, MAX_HOURS_LENGTH, parseHours } from './parse.js';
