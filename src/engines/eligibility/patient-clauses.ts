import type { WordForms } from './cues.js';
import people from './lexicon/people.json' with { type: 'json' };

/** Word → the person that it names, told apart only as far as whose card it is. */
const PERSON = new Map(people.people.flatMap((row) => row.split('|').map((word) => [word, row] as const)));
const ILL = new Set(people.illWords.split('|'));
const OWNED = new Set(people.owned.split('|'));
const STATUS = new Set(people.status.split('|'));
const APART = new Set(people.apart.split('|'));
const KEPT = new Set(people.kept.split('|'));

interface Clause {
  readonly from: number;
  readonly to: number;
  readonly owner: string | null;
}

/**
 * The words with what is told of others blanked, when a message compares several people and says which of them is ill:
 * "suami BPJS mati, punya saya hidup, yang mau berobat saya". Otherwise the words as they are.
 */
export function wordsOfPatient(words: readonly WordForms[]): readonly WordForms[] {
  const patient = patientNamed(words);
  if (patient === null) return words;
  const clauses = clausesOf(words);
  const told = clauses.filter(({ from, to }) =>
    words.slice(from, to).some((word) => has(word, OWNED) || has(word, STATUS)),
  );
  const others = told.filter(({ owner }) => owner !== null && owner !== patient);
  if (others.length === 0 || !told.some(({ owner }) => owner === patient)) return words;
  return words.map((word, at) =>
    others.some(({ from, to }) => from <= at && at < to) && !has(word, KEPT) ? { ...word, forms: [] } : word,
  );
}

/** "suami yang sakit", "yang mau berobat saya": whom the care is for. */
function patientNamed(words: readonly WordForms[]): string | null {
  for (let at = 0; at < words.length; at += 1) {
    if (words[at]?.forms.includes('yang') !== true || ![1, 2].some((ahead) => has(words[at + ahead], ILL))) continue;
    const before = words[at - 1]?.pause === true ? null : personAt(words, at - 1);
    const after = [2, 3, 4].map((ahead) => personAt(words, at + ahead)).find((person) => person !== null) ?? null;
    if (before !== null || after !== null) return before ?? after;
  }
  return null;
}

function clausesOf(words: readonly WordForms[]): readonly Clause[] {
  const starts = words.flatMap((word, at) =>
    at === 0 || words[at - 1]?.pause === true || has(word, APART) || isOwnerAt(words, at) ? [at] : [],
  );
  return starts.map((from, index) => {
    const to = starts[index + 1] ?? words.length;
    const owner = Array.from({ length: to - from }, (_, at) => personAt(words, from + at)).find(
      (each) => each !== null,
    );
    return { from, to, owner: owner ?? null };
  });
}

/** "suami KTP Malang": a new owner begins a clause of its own. */
function isOwnerAt(words: readonly WordForms[], at: number): boolean {
  return personAt(words, at) !== null && has(words[at + 1], OWNED) && !has(words[at - 1], OWNED);
}

function personAt(words: readonly WordForms[], at: number): string | null {
  for (const form of words[at]?.forms ?? []) {
    const person = PERSON.get(form);
    if (person !== undefined) return person;
  }
  return null;
}

function has(word: WordForms | undefined, set: ReadonlySet<string>): boolean {
  return word?.forms.some((form) => set.has(form)) === true;
}
