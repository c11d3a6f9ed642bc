import { type Found, textAt, wholeNumber } from './piece.js';
import type { TimeWord } from './words.js';

/** What is counted, from minutes to years, as people write it. */
export const UNITS: Readonly<Record<string, 'menit' | 'jam' | 'hari' | 'minggu' | 'bulan' | 'tahun'>> = {
  menit: 'menit',
  mnt: 'menit',
  jam: 'jam',
  hari: 'hari',
  minggu: 'minggu',
  mgg: 'minggu',
  bulan: 'bulan',
  bln: 'bulan',
  tahun: 'tahun',
  thn: 'tahun',
  th: 'tahun',
};

/** "2 jam lagi" is a time; "3 hari", "umur 2 bulan", "24 jam" are none. */
export function readSpan(words: readonly TimeWord[], at: number): Found | null {
  const count = /^se(menit|jam|hari|minggu|bulan|tahun)$/.test(textAt(words, at))
    ? 1
    : wholeNumber(textAt(words, at), 999);
  if (count === null) return null;
  const joined = textAt(words, at).startsWith('se');
  const unit = UNITS[joined ? textAt(words, at).slice(2) : textAt(words, at + 1)];
  if (unit === undefined)
    return textAt(words, at + 1) === 'malam' && !isClockAhead(words, at) ? { piece: null, length: 2 } : null;
  const end = joined ? at + 1 : at + 2;
  const ahead = /^(lagi|kedepan|mendatang)$/.test(textAt(words, end));
  if (!ahead || unit === 'bulan' || unit === 'tahun') return { piece: null, length: end - at };
  return { piece: { kind: 'ahead', count, unit }, length: end + 1 - at };
}

function isClockAhead(words: readonly TimeWord[], at: number): boolean {
  return textAt(words, at - 1) === 'jam' || textAt(words, at - 1) === 'tanggal';
}
