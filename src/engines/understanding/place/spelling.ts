import { distance } from 'fastest-levenshtein';

/** Numerals as people write them behind a name: "Bontang Utara II", "utara dua", "utara 2". */
const NUMERALS: Readonly<Record<string, string>> = {
  i: '1',
  ii: '2',
  iii: '3',
  iv: '4',
  satu: '1',
  dua: '2',
  tiga: '3',
  empat: '4',
  kedua: '2',
};

/** The word as it is compared: small letters without accents or apostrophes, doubled letters once, q as k. */
export function foldWord(word: string): string {
  const numeral = NUMERALS[word];
  return (
    numeral ??
    word
      .replace(/q/g, 'k')
      .replace(/oe/g, 'u')
      .replace(/([a-z])\1+/g, '$1')
  );
}

/** Several words as one key; spaces do not count, so "loktuan" and "Lok Tuan" are the same. */
export function foldWords(words: readonly string[]): string {
  return words.map(foldWord).reduce(joinFolded, '');
}

/** Two folded pieces as one; a letter that ends the one and begins the other counts once. */
export function joinFolded(left: string, right: string): string {
  const last = left.charCodeAt(left.length - 1);
  const isDoubled = last > 57 && last === right.charCodeAt(0);
  return isDoubled ? left + right.slice(1) : left + right;
}

/** The key without its vowels, a leading one excepted: what is left when people drop them. */
export function skeleton(key: string): string {
  return key.charAt(0) + key.slice(1).replace(/[aeiou]/g, '');
}

/** True when `short` is `full` with nothing but vowels left out ("smbja" of "samboja"). */
export function dropsOnlyVowels(short: string, full: string): boolean {
  let at = 0;
  for (const letter of full) {
    if (letter === short[at]) at += 1;
    else if (!'aeiou'.includes(letter)) return false;
  }
  return at === short.length;
}

/** How many slips a name of this length may hold: none under four letters, one under six, two from there. */
export function slipsAllowed(length: number): 0 | 1 | 2 {
  if (length < 4) return 0;
  return length < 6 ? 1 : 2;
}

/** Slips between two keys; a neighbouring pair swapped counts as one, more than two as three. */
export function slips(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  const plain = distance(a, b);
  return plain === 2 && isSwap(a, b) ? 1 : Math.min(plain, 3);
}

function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
