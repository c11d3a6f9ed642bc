import { createHash } from 'node:crypto';

/** A short name for what a part of a page shows: a page that knows it asks only for what is new. */
export function markOf(shown: unknown): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 16);
}
