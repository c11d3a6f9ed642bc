import { normalise, type WordClasses } from '../language/index.js';

/**
 * A pattern with every word in the form that normalising gives it, so that a lexicon may be written in everyday
 * words ("langganan") and meets messages in standard forms ("langgan"). Guesses and synonyms are not followed.
 */
export function canonicalPattern(pattern: string): string {
  return pattern.replace(/(?<![@\w])[a-z][a-z'-]+/g, canonicalWord);
}

/** The classes of a lexicon with their words in standard forms. */
export function canonicalClasses(classes: Readonly<Record<string, readonly string[]>>): WordClasses {
  return Object.fromEntries(
    Object.entries(classes).map(([name, words]) => [name, [...new Set(words.map(canonicalWord))]]),
  );
}

/** Only a form of the same word: "langganan" → "langgan", but not "ternyata" → "ya" or "membantu" → "tolong". */
function canonicalWord(word: string): string {
  const [token, ...more] = normalise(word).tokens;
  if (token === undefined || more.length > 0 || token.guessed) return word;
  const isKin = token.form.startsWith(word.slice(0, 3)) || (token.form.length > 3 && word.includes(token.form));
  return isKin ? token.form : word;
}
