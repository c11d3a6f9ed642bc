import { NEW_SESSION, type Session } from '../../domain/session.js';
import { HOUR, type Instant } from '../../domain/time.js';

/** After this long a question of ours no longer waits: what comes is a new beginning. Facts told stay. */
const QUESTION_WAITS = 26 * HOUR;

/**
 * A stored session as the present version. One of an unknown version, or none, starts anew.
 * After more than a day of silence a waiting question is dropped, so that "ya" does not answer something forgotten.
 */
export function openSession(stored: unknown, now: Instant): Session {
  if (typeof stored !== 'object' || stored === null || (stored as { v?: unknown }).v !== 1) return NEW_SESSION;
  const session = stored as Session;
  if (session.lastAt === null || now - session.lastAt <= QUESTION_WAITS) return session;
  return { ...session, awaiting: null, resume: null, offered: [] };
}
