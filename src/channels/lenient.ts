import { z } from 'zod';

/**
 * A part of a payload that may be missing, and counts as missing when it is not as expected (null, another type, a point
 * off the globe): one odd part must not cost a person the answer to the rest.
 */
export function maybe<T extends z.ZodType>(type: T) {
  return type.optional().catch(undefined);
}

/** Text, also where a forwarder made a number of it. */
export const textual = z.union([z.string(), z.number()]).transform(String);
