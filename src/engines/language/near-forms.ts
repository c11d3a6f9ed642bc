/** Entries are packed as hash × PLACES + place in the list of words: whole numbers that a double still holds exactly. */
const PLACES = 2 ** 21;

/**
 * Words by the forms that slips of the thumb leave of them. As a table of strings this is the largest thing in memory, a
 * dozen texts for each word; here a form costs eight bytes. Two forms may share a hash, so what comes back are candidates
 * that the caller still compares with what was typed.
 */
export class NearForms {
  readonly #words: readonly string[];
  readonly #entries: Float64Array;

  /** `formsOf` gives what a word is filed under. Throws when there are more than two million words. */
  constructor(words: Iterable<string>, formsOf: (word: string) => Iterable<string>) {
    this.#words = [...new Set(words)];
    if (this.#words.length > PLACES) throw new RangeError('too many words to file');
    const entries: number[] = [];
    this.#words.forEach((word, place) => {
      for (const form of new Set(formsOf(word))) entries.push(hashOf(form) * PLACES + place);
    });
    this.#entries = Float64Array.from(entries).sort();
  }

  /** The words filed under the form, in the order in which they were given. */
  *of(form: string): Generator<string> {
    const from = hashOf(form) * PLACES;
    for (let at = this.#firstFrom(from); at < this.#entries.length; at += 1) {
      const place = (this.#entries[at] ?? 0) - from;
      if (place >= PLACES) return;
      yield this.#words[place] ?? '';
    }
  }

  #firstFrom(least: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle] ?? 0) < least) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
