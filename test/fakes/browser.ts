import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/** The browser of this process, and of all test files that run in it: a start costs a second of processor time. */
let running: Promise<Browser> | null = null;

/**
 * A real Chromium, shipped inside an npm package; it ends with the process. Whoever opened something in it closes that
 * (`closeVisits`), so that the next file finds it empty.
 */
export async function openBrowser(): Promise<Browser> {
  const browser = await running?.catch(() => null);
  if (browser?.isConnected()) return browser;
  running = launch();
  return running;
}

/**
 * The package's own default arguments switch web security off and crash on closing a context, so only the sandbox (which
 * root has none of) is left out; nothing but this machine is ever asked.
 */
async function launch(): Promise<Browser> {
  const answer = await fetch(`http://127.0.0.1:${inject('browserHost')}/`);
  if (!answer.ok) throw new Error(`the browser could not be unpacked: ${await answer.text()}`);
  return chromium.launch({
    executablePath: await answer.text(),
    headless: true,
    args: [
      '--no-sandbox',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      '--disable-background-networking',
      '--no-first-run',
    ],
  });
}

/** Closes what the tests of a file left open, a failed one above all. */
export async function closeVisits(browser: Browser | undefined): Promise<void> {
  await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
}

/** The width and height of a small phone, and of a desktop. */
export const PHONE = { width: 360, height: 640 };
export const DESKTOP = { width: 1440, height: 900 };
