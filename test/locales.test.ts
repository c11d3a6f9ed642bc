import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, NAMESPACES } from '../src/i18n/translate.js';
import { projectFile } from '../src/project-root.js';
import { textsOf } from '../src/services/words.js';

const [REFERENCE, ...OTHERS] = LANGUAGES;

function placesOf(text: string): readonly string[] {
  return [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name ?? '').sort();
}

/** Everything under src that may name a text: code, templates and the pages' own scripts. */
function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'generated' ? '' : sources(path);
      return /\.(ts|js|mjs|eta|html|json)$/.test(entry.name) ? readFileSync(path, 'utf8') : '';
    })
    .join('\n');
}

const code = sources(projectFile('src'));

/**
 * A key put together at run time (`facility:basis.${grade}`) uses every text under its fixed part.
 * The part must reach into the namespace, or nothing there could ever be found unused.
 */
const composed = [...code.matchAll(/`((?:\w+):[\w.]+\.)\$\{/g)].map(([, prefix]) => prefix ?? '');

/** Lists whose keys are composed in two parts; here the code itself ("kukar_activate") must occur in a rule. */
const CODED = ['eligibility:step.', 'eligibility:paper.', 'eligibility:exclude.'];

function isUsed(key: string): boolean {
  if (["'", '"', '`'].some((quote) => code.includes(`${quote}${key}${quote}`))) return true;
  if (composed.some((prefix) => key.startsWith(prefix))) return true;
  const list = CODED.find((prefix) => key.startsWith(prefix));
  return list !== undefined && code.includes(`"${key.slice(list.length)}"`);
}

describe.each(NAMESPACES)('the texts of %s', (namespace) => {
  const reference = textsOf(REFERENCE, namespace);

  test.each(OTHERS)('are the same ones in %s, with the same places to fill', (language) => {
    const texts = textsOf(language, namespace);
    expect([...texts.keys()].sort()).toEqual([...reference.keys()].sort());
    for (const [key, text] of reference) expect(placesOf(texts.get(key) ?? ''), key).toEqual(placesOf(text));
  });

  test.each(LANGUAGES)('are never empty in %s', (language) => {
    for (const [key, text] of textsOf(language, namespace)) expect(text, key).not.toBe('');
  });

  test('are all used somewhere', () => {
    const unused = [...reference.keys()].map((key) => `${namespace}:${key}`).filter((key) => !isUsed(key));
    expect(unused).toEqual([]);
  });
});
