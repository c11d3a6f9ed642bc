import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/**
 * A real Chromium, shipped inside an npm package. Its own default arguments switch web security off and crash on closing
 * a context, so only the sandbox (which root has none of) is left out; nothing but this machine is ever asked.
 */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    headless: true,
    args: [
      '--no-sandbox',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      '--disable-background-networking',
      '--no-first-run',
    ],
  });
}

/** The width and height of a small phone, and of a desktop. */
export const PHONE = { width: 360, height: 640 };
export const DESKTOP = { width: 1440, height: 900 };
