import type { ErrorCode } from '../../errors.js';
import type { SendResult } from '../../ports/channel.js';

const SECOND = 1000;

/**
 * What Meta's error codes mean for a message (developers.facebook.com, "Error codes", 15-5-2026). A wait makes it worth
 * another try; null says that it does not help. What is not listed is refused: it is about the message itself.
 */
const MEANING: Readonly<Record<number, readonly [ErrorCode, number | null]>> = {
  // The account, the token or the service: staff or Meta mend it.
  0: ['CHANNEL_UNREACHABLE', 60 * SECOND],
  1: ['CHANNEL_UNREACHABLE', 5 * SECOND],
  2: ['CHANNEL_UNREACHABLE', 5 * SECOND],
  3: ['CHANNEL_UNREACHABLE', 60 * SECOND],
  10: ['CHANNEL_UNREACHABLE', 60 * SECOND],
  190: ['CHANNEL_UNREACHABLE', 60 * SECOND],
  131000: ['CHANNEL_UNREACHABLE', 5 * SECOND],
  131005: ['CHANNEL_UNREACHABLE', 60 * SECOND],
  131016: ['CHANNEL_UNREACHABLE', 10 * SECOND],
  131042: ['CHANNEL_UNREACHABLE', 60 * SECOND],
  131057: ['CHANNEL_UNREACHABLE', 60 * SECOND],
  133004: ['CHANNEL_UNREACHABLE', 60 * SECOND],
  133010: ['CHANNEL_UNREACHABLE', 60 * SECOND],
  // Limits. 131056 is the limit for one person: one message in six seconds once the burst is used up.
  4: ['RATE_LIMITED', 60 * SECOND],
  80007: ['RATE_LIMITED', 60 * SECOND],
  130429: ['RATE_LIMITED', 2 * SECOND],
  131048: ['RATE_LIMITED', 300 * SECOND],
  131056: ['RATE_LIMITED', 7 * SECOND],
  133016: ['RATE_LIMITED', 300 * SECOND],
  // Meta keeps this person from more marketing for now, or tests on them: trying again soon is what it punishes.
  131049: ['RATE_LIMITED', null],
  130472: ['RATE_LIMITED', null],
  // The person.
  131026: ['CONTACT_UNREACHABLE', null],
  131050: ['CONTACT_UNREACHABLE', null],
  130403: ['CONTACT_UNREACHABLE', null],
  // Over 24 hours since the person wrote.
  131047: ['WINDOW_CLOSED', null],
  470: ['WINDOW_CLOSED', null],
};

/** Codes after which nothing goes out until somebody acts; shown on the channel's status. */
const ACCOUNT_TROUBLE: Readonly<Record<number, string>> = {
  0: 'token_refused',
  3: 'not_permitted',
  10: 'not_permitted',
  190: 'token_refused',
  368: 'account_blocked',
  131005: 'not_permitted',
  131031: 'account_locked',
  131042: 'payment',
  131048: 'spam_limit',
  133010: 'number_not_registered',
};

/** A limit on writing to one person, which says nothing about others. */
const PAIR_LIMIT = 131056;

/** The code of our catalogue for one of Meta's; SEND_REFUSED for what is not known. */
export function catalogueCode(metaCode: number): ErrorCode {
  return MEANING[metaCode]?.[0] ?? 'SEND_REFUSED';
}

/** What to do with the message after Meta refused it with this code. */
export function resultOfCode(metaCode: number): SendResult {
  const [code, wait] = MEANING[metaCode] ?? (['SEND_REFUSED', null] as const);
  if (wait === null) return { kind: 'failed', code };
  return { kind: 'retry', afterMs: wait, code, ...(metaCode === PAIR_LIMIT ? { thisContactOnly: true } : {}) };
}

/** A word on what is wrong with the account itself, or null when the code is about one message. */
export function accountTrouble(metaCode: number): string | null {
  return ACCOUNT_TROUBLE[metaCode] ?? null;
}
