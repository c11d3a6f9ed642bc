import type { Caller } from '../ports/staff.js';

/** Where the library of the staff's accounts believes to be; its own routes are never reachable from outside. */
export const AUTH_BASE = 'http://localhost/console/auth';
export const ADDRESS_HEADER = 'x-caller-address';

/** The headers with which the library sees a caller. */
export function callerHeaders(caller: Caller): Headers {
  return new Headers({
    cookie: caller.cookie,
    [ADDRESS_HEADER]: caller.address,
    'user-agent': caller.agent.slice(0, 200),
    origin: new URL(AUTH_BASE).origin,
    'content-type': 'application/json',
  });
}
