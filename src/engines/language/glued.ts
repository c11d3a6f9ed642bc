import { SPELLINGS } from './lexicon.js';

/** Short words that may be a part of a glued one; any other part must have at least four letters. */
const SHORT_PARTS = new Set(
  'ga gak gk tdk tak ora kada ngga gda yg di ke dr ada ibu pak bu mau udah dah uda blm lg lagi bisa air ini itu aku anak bayi adik adek suami dan nya ku mu saya tgn kaki mata dada gigi obat luka tahu mati ular sakit'.split(
    ' ',
  ),
);
const LONGEST_PART = 16;

/**
 * Parts a word whose spaces are missing ("gabangun", "TOLONGBAPAKPINGSAN") into known words, or gives null when it does
 * not come out whole. The fewest parts win. Linear in the word's length, as no part is longer than sixteen letters.
 */
export function unglue(word: string): readonly string[] | null {
  const length = word.length;
  if (length < 5) return null;
  const fewest: number[] = new Array(length + 1).fill(Number.POSITIVE_INFINITY);
  const cameFrom: number[] = new Array(length + 1).fill(-1);
  fewest[0] = 0;
  for (let start = 0; start < length; start++) {
    const parts = fewest[start] ?? Number.POSITIVE_INFINITY;
    if (parts === Number.POSITIVE_INFINITY) continue;
    for (let end = start + 2; end <= Math.min(length, start + LONGEST_PART); end++) {
      const part = word.slice(start, end);
      if (!isPart(part)) continue;
      if (parts + 1 < (fewest[end] ?? 0)) {
        fewest[end] = parts + 1;
        cameFrom[end] = start;
      }
    }
  }
  if ((cameFrom[length] ?? -1) <= 0) return null;
  const found: string[] = [];
  for (let end = length; end > 0; end = cameFrom[end] ?? 0) found.unshift(word.slice(cameFrom[end] ?? 0, end));
  if (!found.some((part) => part.length >= 4)) return null;
  const meaning = found.flatMap((part) =>
    part === 'nya' || part === 'ku' || part === 'mu' ? [] : (SPELLINGS.get(part) ?? [part]),
  );
  return meaning.length === 0 ? null : meaning;
}

function isPart(part: string): boolean {
  if (SHORT_PARTS.has(part)) return true;
  return part.length >= 4 && SPELLINGS.has(part);
}
