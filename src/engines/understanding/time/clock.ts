import { isPart, partAfter } from './day-parts.js';
import { type Found, textAt, wholeNumber } from './piece.js';
import { UNITS } from './spans.js';
import type { TimeWord } from './words.js';

/** The hours of prayer as people reckon by them, a little rounded: nobody asks to the minute. */
const PRAYERS: Readonly<Record<string, number>> = { zuhur: 12, ashar: 15, magrib: 18, isya: 19 };
const AFTER_PRAYER = /^(habis|abis|setelah|sesudah|selesai|bakda|bada|ba'da|bar|bubar|mari|lepas|lar)$/;
/** A prayer and the way from it. */
const PRAYER_LASTS = 30;

/** "sebelum ashar", "habis isya": half an hour later. */
export function readPrayer(words: readonly TimeWord[], at: number): Found | null {
  const after = AFTER_PRAYER.test(textAt(words, at));
  const led = after || textAt(words, at) === 'sebelum';
  const named = led && /^(sholat|solat|salat|shalat)$/.test(textAt(words, at + 1)) ? at + 2 : led ? at + 1 : at;
  const name = textAt(words, named);
  const length = named + 1 - at;
  const hour = Object.hasOwn(PRAYERS, name) ? PRAYERS[name] : undefined;
  if (hour === undefined) return null;
  if (/^(dari|sejak|semenjak|tadi|mulai)$/.test(textAt(words, at - 1))) return { piece: null, length };
  // Alone it may be a child's name.
  if (!led && name === 'isya') return null;
  const part = hour === 12 ? 'siang' : null;
  return { piece: { kind: 'clock', hour, minute: after ? PRAYER_LASTS : 0, part, isNow: false }, length };
}

/** "jam 7", "jam setengah 8 malam", "pukul 19.30", "19.30", "jam 8 lewat 15", "jam 9 kurang seperempat". */
export function readClock(words: readonly TimeWord[], at: number): Found | null {
  const led = textAt(words, at) === 'jam';
  let next = led ? at + 1 : at;
  const half = textAt(words, next) === 'setengah';
  if (half) next += 1;
  const [hourText, minuteText] = textAt(words, next).split(/[.:]/);
  const hour = wholeNumber(hourText, 24);
  const minute = wholeNumber(minuteText ?? '0', 59);
  if (hour === null || minute === null) return null;
  const written = minuteText !== undefined && minuteText.length === 2;
  if (!led && !written && !(half && isHalfHour(words, next))) return null;
  if (led && at > 0 && wholeNumber(textAt(words, at - 1), 999) !== null) return null;
  const shift = half ? -30 : shiftAfter(words, next + 1);
  const end = next + 1 + (half ? 0 : shiftLength(words, next + 1));
  const { part, length } = partAfter(words, end);
  const total = hour * 60 + minute + shift;
  const isNow =
    textAt(words, at - 2) !== 'tahun' && /^(ini|sekarang|udah|sudah|baru|padahal)$/.test(textAt(words, at - 1));
  return {
    piece: { kind: 'clock', hour: Math.floor(total / 60), minute: total % 60, part, isNow },
    length: end - at + length,
  };
}

function isHalfHour(words: readonly TimeWord[], at: number): boolean {
  const next = textAt(words, at + 1);
  return isPart(next) || !(next in UNITS || /^(gelas|tablet|butir|sendok|kilo|kg|meter|juta|ribu)$/.test(next));
}

function shiftAfter(words: readonly TimeWord[], at: number): number {
  if (isSpokenMinute(words, at)) return Number(textAt(words, at));
  const amount = textAt(words, at + 1) === 'seperempat' ? 15 : wholeNumber(textAt(words, at + 1), 59);
  if (amount === null) return 0;
  if (/^(lewat|lebih)$/.test(textAt(words, at))) return amount;
  return textAt(words, at) === 'kurang' ? -amount : 0;
}

/** "pukul tujuh tiga puluh": a second number that counts nothing. */
function isSpokenMinute(words: readonly TimeWord[], at: number): boolean {
  return (
    /^(15|20|30|45)$/.test(textAt(words, at)) &&
    UNITS[textAt(words, at + 1)] === undefined &&
    words[at - 1]?.pause !== true
  );
}

function shiftLength(words: readonly TimeWord[], at: number): number {
  if (isSpokenMinute(words, at)) return 1;
  return shiftAfter(words, at) === 0 ? 0 : 2;
}
