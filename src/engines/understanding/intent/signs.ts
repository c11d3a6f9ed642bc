import { compilePhrases, match, type NormalText, type Span } from '../../language/index.js';
import { canonicalClasses, canonicalPattern } from '../canonical.js';
import lexicon from '../lexicon/intents.json' with { type: 'json' };

const ENTRIES = lexicon.signs.map(({ sign, say }) => ({ id: sign, say: say.map(canonicalPattern) }));
const CLASSES = canonicalClasses(lexicon.classes);
const BOOK = compilePhrases(ENTRIES, CLASSES);

/** Words that a guess from a typing error may be believed to be. */
export const SIGN_WORDS: ReadonlySet<string> = new Set(
  [...Object.values(CLASSES).flat(), ...ENTRIES.flatMap(({ say }) => say)].flatMap(
    (text) => text.match(/[a-z]{4,}/g) ?? [],
  ),
);

/** The signs found in a message, each with where it stands. */
export type Signs = ReadonlyMap<string, readonly Span[]>;

/** Finds every sign of the lexicon. */
export function findSigns(normal: NormalText): Signs {
  const signs = new Map<string, Span[]>();
  for (const { id, span } of match(BOOK, normal)) {
    if (WITHIN_CLAUSE.has(id) && crossesPause(normal, span)) continue;
    const spans = signs.get(id);
    if (spans === undefined) signs.set(id, [span]);
    else spans.push(span);
  }
  return signs;
}

/** Signs whose words belong together: "pkm Samboja buka, anak panas" says nothing bad about Samboja. */
const WITHIN_CLAUSE: ReadonlySet<string> = new Set([
  'complaint',
  'praise',
  'phone',
  'menu',
  'where_is',
  'which_services',
  'human',
  'advice',
]);

function crossesPause({ tokens }: NormalText, { from, to }: Span): boolean {
  return tokens.slice(from, to - 1).some((token) => token.boundary);
}
