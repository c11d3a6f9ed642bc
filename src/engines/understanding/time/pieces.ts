import { readFeast } from './feasts.js';
import type { TimeWord } from './words.js';

/** A part of the day without an hour, and its hour: pagi as a day without an hour, malam by contract, the rest as people mean it. */
export const PART_HOURS = { dinihari: 2, subuh: 5, pagi: 9, siang: 12, sore: 16, malam: 20, tengahmalam: 0 } as const;
export type DayPart = keyof typeof PART_HOURS;

/** 0 is Sunday, as in WallClock. */
const WEEKDAYS = ['minggu', 'senin', 'selasa', 'rabu', 'kamis', 'jumat', 'sabtu'];
const MONTHS = [
  'januari',
  'februari',
  'maret',
  'april',
  'mei',
  'juni',
  'juli',
  'agustus',
  'september',
  'oktober',
  'november',
  'desember',
];
const UNITS: Readonly<Record<string, 'menit' | 'jam' | 'hari' | 'minggu' | 'bulan' | 'tahun'>> = {
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

/** One thing that a message says about a time. */
export type Piece =
  | { readonly kind: 'now' }
  | { readonly kind: 'day'; readonly days: number }
  | { readonly kind: 'weekday'; readonly weekday: number; readonly next: boolean }
  /** "malam minggu" is the night before Sunday. */
  | { readonly kind: 'eve'; readonly weekday: number }
  | { readonly kind: 'date'; readonly day: number; readonly month: number | null; readonly year: number | null }
  | {
      readonly kind: 'feast';
      readonly feast: string;
      readonly eve: boolean /** "hari kedua": 1. */;
      readonly later: number;
    }
  | { readonly kind: 'joint_leave' }
  | { readonly kind: 'part'; readonly part: DayPart }
  | {
      readonly kind: 'clock';
      readonly hour: number;
      readonly minute: number;
      readonly part: DayPart | null;
      readonly isNow: boolean;
    }
  | { readonly kind: 'ahead'; readonly count: number; readonly unit: 'menit' | 'jam' | 'hari' | 'minggu' };

interface Found {
  /** null: the words are about something else, a duration or the past. */
  readonly piece: Piece | null;
  readonly length: number;
}

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

function textAt(words: readonly TimeWord[], at: number): string {
  return words[at]?.text ?? '';
}

function readFeastAt(words: readonly TimeWord[], at: number): Found | null {
  if (textAt(words, at) === 'cuti' && textAt(words, at + 1) === 'bersama')
    return { piece: { kind: 'joint_leave' }, length: 2 };
  const eve = textAt(words, at) === 'malam';
  const feast = readFeast(words, eve ? at + 1 : at);
  if (feast === null || textAt(words, at - 1) === 'selamat') return null;
  const end = at + feast.length + (eve ? 1 : 0);
  const behind = dayOfSeveral(words, end);
  const before = dayOfSeveral(words, at - 2) ?? dayOfSeveral(words, at - 3);
  const later = (behind ?? (before !== null && before.end === at ? before : null))?.later ?? 0;
  return { piece: { kind: 'feast', feast: feast.name, eve, later }, length: (behind?.end ?? end) - at };
}

const SECOND_OR_THIRD: Readonly<Record<string, number>> = { kedua: 1, '2': 1, ketiga: 2, '3': 2 };

/** "hari kedua", "hari ke 2": which day of a feast of several, counted from 0. */
function dayOfSeveral(words: readonly TimeWord[], at: number): { readonly later: number; readonly end: number } | null {
  if (textAt(words, at) !== 'hari') return null;
  const number = textAt(words, at + 1) === 'ke' ? at + 2 : at + 1;
  const later = SECOND_OR_THIRD[textAt(words, number)];
  return later === undefined ? null : { later, end: number + 1 };
}

/** The hours of prayer as people reckon by them, a little rounded: nobody asks to the minute. */
const PRAYERS: Readonly<Record<string, number>> = { zuhur: 12, ashar: 15, magrib: 18, isya: 19 };
const AFTER_PRAYER = /^(habis|abis|setelah|sesudah|selesai|bakda|bada|ba'da|bar|bubar|mari|lepas|lar)$/;
/** A prayer and the way from it. */
const PRAYER_LASTS = 30;

/** "sebelum ashar", "habis isya": half an hour later. */
function readPrayer(words: readonly TimeWord[], at: number): Found | null {
  const after = AFTER_PRAYER.test(textAt(words, at));
  const led = after || textAt(words, at) === 'sebelum';
  const named = led && /^(sholat|solat|salat|shalat)$/.test(textAt(words, at + 1)) ? at + 2 : led ? at + 1 : at;
  const name = textAt(words, named);
  const length = named + 1 - at;
  const hour = Object.hasOwn(PRAYERS, name) ? PRAYERS[name] : undefined;
  if (/^(dari|sejak|semenjak|tadi|mulai)$/.test(textAt(words, at - 1))) return { piece: null, length };
  // Alone it may be a child's name.
  if (hour === undefined || (!led && name === 'isya')) return null;
  const part = hour === 12 ? 'siang' : null;
  return { piece: { kind: 'clock', hour, minute: after ? PRAYER_LASTS : 0, part, isNow: false }, length };
}

/** "jam 7", "jam setengah 8 malam", "pukul 19.30", "19.30", "jam 8 lewat 15", "jam 9 kurang seperempat". */
function readClock(words: readonly TimeWord[], at: number): Found | null {
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

/** A part of the day right behind a clock, small words between: "jam 7 nanti malam", "jam 7an malam". */
function partAfter(words: readonly TimeWord[], at: number): { part: DayPart | null; length: number } {
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

/** "2 jam lagi" is a time; "3 hari", "umur 2 bulan", "24 jam" are none. */
function readSpan(words: readonly TimeWord[], at: number): Found | null {
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

/** "tanggal 25", "25 desember 2026", "25/12", "tgl 1/1/2027". */
function readDate(words: readonly TimeWord[], at: number): Found | null {
  const led = textAt(words, at) === 'tanggal';
  const first = led ? at + 1 : at;
  const day = wholeNumber(textAt(words, first), 31);
  if (day === null || day === 0) return null;
  const named = MONTHS.indexOf(textAt(words, first + 1));
  const glued = /^[/-]$/.test(words[first]?.glue ?? '') ? wholeNumber(textAt(words, first + 1), 12) : null;
  const month = named >= 0 ? named + 1 : glued === 0 ? null : glued;
  const year = month === null ? null : yearAt(words, first + 2, named >= 0);
  const plain = named < 0 && !led && year === null && (words[first]?.glue !== '/' || day < 13);
  if (month === null ? !led : plain) return null;
  return {
    piece: { kind: 'date', day, month, year },
    length: first - at + 1 + (month === null ? 0 : 1) + (year === null ? 0 : 1),
  };
}

function yearAt(words: readonly TimeWord[], at: number, named: boolean): number | null {
  const text = textAt(words, at);
  if (!named && !/^[/-]$/.test(words[at - 1]?.glue ?? '')) return null;
  if (/^20\d\d$/.test(text)) return Number(text);
  return !named && /^\d\d$/.test(text) ? 2000 + Number(text) : null;
}

function readDay(words: readonly TimeWord[], at: number): Found | null {
  const text = textAt(words, at);
  const next = textAt(words, at + 1);
  if (text === 'sekarang' || text === 'saatini') return { piece: { kind: 'now' }, length: 1 };
  if (/^(saat|jam|hari)$/.test(text) && /^(ini|iki|sekarang|saatini)$/.test(next))
    return { piece: text === 'hari' && next !== 'saatini' ? { kind: 'day', days: 0 } : { kind: 'now' }, length: 2 };
  if (text === 'besok' || text === 'isuk')
    return isVisit(words, at) ? null : { piece: { kind: 'day', days: 1 }, length: next === 'isuk' ? 2 : 1 };
  if (text === 'lusa') return { piece: { kind: 'day', days: 2 }, length: 1 };
  return readWeekday(words, at);
}

/** "jam besuk" are a hospital's visiting hours, not tomorrow. */
function isVisit(words: readonly TimeWord[], at: number): boolean {
  return (
    words[at]?.typed === 'besuk' &&
    (/^(jam|waktu|mau|bisa|boleh)$/.test(textAt(words, at - 1)) ||
      /^(pasien|orang|teman|keluarga)$/.test(textAt(words, at + 1)))
  );
}

/** A timetable or what happens "minggu ini" is asked for the week, not for its Sunday. */
const OVER_DAYS = /^(jadwal|jadwalnya|jadwale|kegiatan|acara|agenda|selama|dalam|sepanjang)$/;

function readWeekday(words: readonly TimeWord[], at: number): Found | null {
  const led = textAt(words, at) === 'hari';
  const first = led ? at + 1 : at;
  const next = textAt(words, first + 1);
  if (textAt(words, at) === 'malam') {
    const eve = WEEKDAYS.indexOf(textAt(words, at + 1));
    return eve < 0 || words[at]?.pause === true ? null : { piece: { kind: 'eve', weekday: eve }, length: 2 };
  }
  const weekday = WEEKDAYS.indexOf(textAt(words, first));
  if (weekday < 0) return null;
  if (next === 'saatini') return { piece: { kind: 'now' }, length: first + 2 - at };
  if (weekday === 0 && !led && next === 'depan')
    return weekdayOfNextWeek(words, at) ?? { piece: { kind: 'day', days: 7 }, length: 2 };
  if (weekday === 0 && !led && /^(ke|pertama|terakhir|sekali)$/.test(next)) return { piece: null, length: 2 };
  if (weekday === 0 && !led && next === 'ini' && words.slice(0, at).some(({ text }) => OVER_DAYS.test(text)))
    return { piece: null, length: 2 };
  // "senin minggu depan", "senin pekan depan".
  const inNextWeek = next === 'minggu' && textAt(words, first + 2) === 'depan';
  const length = inNextWeek ? 2 : /^(depan|ini|besok|nanti)$/.test(next) ? 1 : 0;
  return { piece: { kind: 'weekday', weekday, next: inNextWeek || next === 'depan' }, length: first - at + 1 + length };
}

/** "minggu depan hari selasa", "minggu depan kamis". */
function weekdayOfNextWeek(words: readonly TimeWord[], at: number): Found | null {
  const day = textAt(words, at + 2) === 'hari' ? at + 3 : at + 2;
  const weekday = words[day - 1]?.pause === true ? -1 : WEEKDAYS.indexOf(textAt(words, day));
  return weekday < 0 ? null : { piece: { kind: 'weekday', weekday, next: true }, length: day + 1 - at };
}

function isPart(text: string): text is DayPart {
  return Object.hasOwn(PART_HOURS, text);
}

function readPart(words: readonly TimeWord[], at: number): Found | null {
  const text = textAt(words, at);
  const next = textAt(words, at + 1);
  if (text === 'tengah' && next === 'malam') return { piece: { kind: 'part', part: 'tengahmalam' }, length: 2 };
  if (text === 'dini' && next === 'hari') return { piece: { kind: 'part', part: 'dinihari' }, length: 2 };
  if (!isPart(text)) return null;
  if (next === 'saatini' && words[at]?.pause !== true) return { piece: { kind: 'now' }, length: 2 };
  return isGreeting(words, at) ? { piece: null, length: 1 } : { piece: { kind: 'part', part: text }, length: 1 };
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

function wholeNumber(text: string | undefined, most: number): number | null {
  if (text === undefined || !/^\d{1,3}$/.test(text)) return null;
  const value = Number(text);
  return value <= most ? value : null;
}
