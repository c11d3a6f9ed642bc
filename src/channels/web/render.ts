import type { Reply } from '../../domain/reply.js';

/** The page shows replies as they are: it sets text as text, so nothing needs escaping. */
export function render(reply: Reply): string {
  return JSON.stringify(reply);
}
