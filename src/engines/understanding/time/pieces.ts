import { readClock, readPrayer } from './clock.js';
import { readPart } from './day-parts.js';
import { readDate, readDay, readFeastAt } from './days.js';
import { type Found, type Piece, textAt } from './piece.js';
import { readSpan } from './spans.js';
import type { TimeWord } from './words.js';

/** Everything that the words say about the time asked, in their order; durations and the past are left out. */
export function readPieces(words: readonly TimeWord[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < words.length; ) {
    const found = readAt(words, at);
    if (found?.piece != null && !isElsewhere(words, at, found)) pieces.push(found.piece);
    at += found?.length ?? 1;
  }
  return pieces;
}

function readAt(words: readonly TimeWord[], at: number): Found | null {
  return (
    readFeastAt(words, at) ??
    readPrayer(words, at) ??
    readClock(words, at) ??
    readSpan(words, at) ??
    readDate(words, at) ??
    readDay(words, at) ??
    readPart(words, at)
  );
}

const BEFORE_PAST = /^(tadi|kemarin|sejak|semenjak|dari|mulai|tiap|setiap|saben|baru|padahal|waktu|sudah|udah|wis)$/;
const AFTER_PAST = /^(tadi|kemarin|lalu)$/;

/** True when the words around say that it is past, or a habit, or the beginning of a span. */
function isElsewhere(words: readonly TimeWord[], at: number, { piece, length }: Found): boolean {
  if (piece?.kind === 'feast' && AFTER_PAST.test(textAt(words, at + length))) return true;
  if (piece?.kind === 'now' || piece?.kind === 'feast' || piece?.kind === 'joint_leave' || piece?.kind === 'ahead')
    return false;
  const before = textAt(words, at - 2) === 'tahun' ? '' : textAt(words, at - 1);
  const after = textAt(words, at + length);
  if (piece?.kind === 'weekday' && /^(tiap|setiap|saben|mulai|sudah|udah)$/.test(before)) return false;
  const paused = words[at + length - 1]?.pause === true;
  if (!paused && (AFTER_PAST.test(after) || (after === 'yang' && textAt(words, at + length + 1) === 'lalu')))
    return true;
  if (piece?.kind === 'clock' && piece.isNow) return before !== 'ini';
  if (piece?.kind === 'clock' && /^(sampai|sampe|hingga)$/.test(after)) return true;
  if (piece?.kind === 'clock' && /^(mulai|dari|waktu|sudah|udah)$/.test(before)) return false;
  if (before === 'baru' && piece?.kind !== 'clock') return false;
  return words[at - 1]?.pause !== true && BEFORE_PAST.test(before);
}
