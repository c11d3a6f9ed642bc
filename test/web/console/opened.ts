import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Role } from '../../../src/domain/staff.js';
import { closeVisits, openBrowser } from '../../fakes/browser.js';
import { type Office, openOffice, signIn, type Visit } from './office.js';

/** What a test file in the browser works with. Readable in its tests, not before. */
export interface Opened {
  readonly office: Office;
  readonly browser: Browser;
  /** A browser in which somebody of the office has signed in; for `where` and `region` see `signIn`. */
  signIn(role?: Role, where?: 'phone' | 'desk', region?: string): Promise<Visit>;
}

/** Opens an office and the browser before the tests of a file, and closes all after them; `open` opens another office than the usual. */
export function opened(open: () => Promise<Office> = () => openOffice()): Opened {
  let office: Office | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    [office, browser] = await Promise.all([open(), openBrowser()]);
  });
  afterAll(async () => {
    await closeVisits(browser);
    await office?.stop();
  });
  const ready = () => {
    if (office === undefined || browser === undefined) throw new Error('the office opens before the first test');
    return { office, browser };
  };
  return {
    get office() {
      return ready().office;
    },
    get browser() {
      return ready().browser;
    },
    signIn: (role, where, region) => signIn(ready().browser, ready().office, role, where, region),
  };
}
