export { attendanceAt } from './attendance.js';
export { createHoursEngine, type OpenNowEngine, type ServiceQuestion } from './engine.js';
export { createTextEvaluator, type TextMoment } from './evaluate-text.js';
export { HoursUnreadable, MAX_HOURS_LENGTH, type ParsedHours, parseHours } from './parse.js';
export type { Schedule } from './schedule.js';
