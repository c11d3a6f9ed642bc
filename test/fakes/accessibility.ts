import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** axe-core as plain ASCII: half a megabyte goes to the browser for each page, and other letters double it. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8').replaceAll(
  /[\u0080-\uffff]/g,
  (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
);
/** Only what is broken is told in full; describing all that is right takes as long as finding out. */
const RUN = `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] }).then((r) =>
  r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html).join(' | ')))`;

/** The rules of WCAG 2.1 A and AA that the page breaks as it stands, each with up to three places. By evaluation: the page's content policy lets no script tag in. */
export async function rulesBroken(page: Page): Promise<readonly string[]> {
  // A page that was looked at before, at another width say, has it still.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`${AXE};0`);
  return page.evaluate<readonly string[]>(RUN);
}
