import { type DayPart, type Found, PART_HOURS, textAt } from './piece.js';
import type { TimeWord } from './words.js';

/** True for the name of a part of the day. */
export function isPart(text: string): text is DayPart {
  return Object.hasOwn(PART_HOURS, text);
}

/** "sore", "tengah malam", "dini hari"; a greeting is none. */
export function readPart(words: readonly TimeWord[], at: number): Found | null {
  const text = textAt(words, at);
  const next = textAt(words, at + 1);
  if (text === 'tengah' && next === 'malam') return { piece: { kind: 'part', part: 'tengahmalam' }, length: 2 };
  if (text === 'dini' && next === 'hari') return { piece: { kind: 'part', part: 'dinihari' }, length: 2 };
  if (!isPart(text)) return null;
  if (next === 'saatini' && words[at]?.pause !== true) return { piece: { kind: 'now' }, length: 2 };
  return isGreeting(words, at) ? { piece: null, length: 1 } : { piece: { kind: 'part', part: text }, length: 1 };
}

/** A part of the day right behind a clock, small words between: "jam 7 nanti malam", "jam 7an malam". */
export function partAfter(words: readonly TimeWord[], at: number): { part: DayPart | null; length: number } {
  let next = at;
  while (
    next < at + 2 &&
    /^(an|tepat|nanti|besok|lusa|tadi|wita|wib|pas)$/.test(textAt(words, next)) &&
    isPartAt(words, next + 1)
  )
    next += 1;
  if (next > at && /^(besok|lusa|tadi)$/.test(textAt(words, next - 1))) return { part: null, length: 0 };
  if (!isPartAt(words, next)) return { part: null, length: 0 };
  const found = readPart(words, next);
  return found?.piece?.kind === 'part'
    ? { part: found.piece.part, length: next - at + found.length }
    : { part: null, length: 0 };
}

function isPartAt(words: readonly TimeWord[], at: number): boolean {
  return (
    words[at - 1]?.pause !== true &&
    (isPart(textAt(words, at)) ||
      (textAt(words, at) === 'tengah' && textAt(words, at + 1) === 'malam') ||
      textAt(words, at) === 'dini')
  );
}

const ADDRESSED =
  /^(kak|kakak|min|mimin|admin|bapak|pak|ibu|bu|dok|dokter|mas|mbak|bang|sus|suster|bos|cak|gan|semua|om|sis|rek|puskesmas|all|saya|mau|ijin|izin|permisi|maaf)$/;

/** "selamat malam", "siang min", "Pagi, ...": a greeting, not a time. */
function isGreeting(words: readonly TimeWord[], at: number): boolean {
  if (/^(selamat|met|slmt|slamat|good|sugeng|slamet)$/.test(textAt(words, at - 1))) return true;
  if (
    at > 2 ||
    (at > 0 && words[at - 1]?.pause !== true && !/^(halo|hai|assalamualaikum|permisi)$/.test(textAt(words, at - 1)))
  )
    return false;
  return words.length === at + 1 || words[at]?.pause === true || ADDRESSED.test(textAt(words, at + 1));
}
