import { NearForms } from '../../language/index.js';
import type { Name } from './names.js';
import { dropsOnlyVowels, skeleton, slips } from './spelling.js';

/** A written form near to what was typed; `slips` is 0 for vowels dropped alone up to 2. */
export interface CloseName {
  readonly key: string;
  readonly slips: number;
}

/** Shorter names are found exactly or not at all. */
const SHORTEST_NEAR = 4;

/** Names by their key, found exactly or by what remains after slips of the thumb. Immutable once built. */
export class NameIndex {
  readonly #byKey = new Map<string, Name[]>();
  readonly #byDeletion: NearForms;
  readonly #bySkeleton = new Map<string, string[]>();
  readonly #byShape = new Map<string, string[]>();
  readonly #byInitials = new Map<string, Name[]>();
  readonly longest: number;

  constructor(names: Iterable<Name>) {
    let longest = 1;
    for (const name of names) {
      longest = Math.max(longest, name.words.length);
      const known = this.#byKey.get(name.key);
      if (known === undefined) this.#addKey(name.key);
      if (known?.some((other) => same(other, name)) === true) continue;
      append(this.#byKey, name.key, name);
      if (name.words.length > 1) append(this.#byInitials, initialsOf(name), name);
    }
    this.longest = longest;
    const long = [...this.#byKey.keys()].filter((key) => key.length >= SHORTEST_NEAR);
    this.#byDeletion = new NearForms(long, (key) => [key, ...deletions(key)]);
  }

  get(key: string): readonly Name[] {
    return this.#byKey.get(key) ?? [];
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** Names of several words by the first letters of these words. */
  withInitials(initials: string): readonly Name[] {
    return this.#byInitials.get(initials) ?? [];
  }

  /** Keys one slip away, or with nothing but vowels dropped: cheap enough for every word of a message. */
  near(typed: string): readonly CloseName[] {
    const found = new Map<string, number>();
    for (const key of this.#bySkeleton.get(skeleton(typed)) ?? []) {
      if (typed.length >= 3 && dropsOnlyVowels(typed, key)) found.set(key, 1);
    }
    for (const form of [typed, ...deletions(typed)]) {
      for (const key of this.#byDeletion.of(form)) if (!found.has(key) && slips(typed, key) <= 1) found.set(key, 1);
    }
    return [...found].map(([key, count]) => ({ key, slips: count }));
  }

  /** Keys two slips away that begin with the same letter: dearer, for words that stand where a place is named. */
  nearby(typed: string): readonly CloseName[] {
    const found: CloseName[] = [];
    for (let length = typed.length - 2; length <= typed.length + 2; length += 1) {
      for (const key of this.#byShape.get(`${typed.charAt(0)}${length}`) ?? []) {
        if (key.length >= 6 && slips(typed, key) === 2) found.push({ key, slips: 2 });
      }
    }
    return found;
  }

  #addKey(key: string): void {
    append(this.#bySkeleton, skeleton(key), key);
    append(this.#byShape, `${key.charAt(0)}${key.length}`, key);
  }
}

function initialsOf(name: Name): string {
  return name.words.map((word) => word.charAt(0)).join('');
}

function same(a: Name, b: Name): boolean {
  return a.target.kind === b.target.kind && a.spelled === b.spelled && identity(a) === identity(b);
}

function identity(name: Name): string {
  const target = name.target;
  if (target.kind === 'area') return target.area.code;
  if (target.kind === 'facility') return target.facility.id;
  return target.kind === 'outside' ? target.name : '';
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function deletions(key: string): readonly string[] {
  return Array.from(key, (_, at) => key.slice(0, at) + key.slice(at + 1));
}
