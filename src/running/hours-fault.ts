import { HoursUnreadable, parseHours } from '../engines/hours/index.js';

/** What is wrong with a bare hours text, and where; null when it can be read. For imports and the console. */
export function hoursFault(text: string): { readonly position: number; readonly message: string } | null {
  try {
    parseHours(text);
    return null;
  } catch (error) {
    if (error instanceof HoursUnreadable) return { position: error.offset ?? 0, message: error.message };
    throw error;
  }
}
