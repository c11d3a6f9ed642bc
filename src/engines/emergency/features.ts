import type { NormalText } from '../language/index.js';
import type { Findings } from './findings.js';

/** A longer message is a forwarded text or a stream of many things; its words no longer tell what it is about. */
export const LONGEST_WEIGHED = 150;

/** What the second opinion looks at: standard words, pairs of neighbours, and the signs that were found ("@fever"). */
export function featuresOf(normal: NormalText, findings: Findings): ReadonlySet<string> {
  const features = new Set<string>();
  let before = '';
  for (const token of normal.tokens.slice(0, LONGEST_WEIGHED)) {
    const form = /^\d/.test(token.form) ? '#' : token.form;
    features.add(form);
    if (before !== '') features.add(`${before} ${form}`);
    before = form;
  }
  for (const sign of findings.signs) features.add(`@${sign}`);
  return features;
}
