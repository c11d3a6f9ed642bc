import { readFeast } from './feasts.js';
import { type Found, textAt, wholeNumber } from './piece.js';
import type { TimeWord } from './words.js';

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

/** "lebaran", "malam natal", "lebaran hari kedua", "cuti bersama". */
export function readFeastAt(words: readonly TimeWord[], at: number): Found | null {
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

/** "tanggal 25", "25 desember 2026", "25/12", "tgl 1/1/2027". */
export function readDate(words: readonly TimeWord[], at: number): Found | null {
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

/** "sekarang", "hari ini", "besok", "lusa", or a day of the week. */
export function readDay(words: readonly TimeWord[], at: number): Found | null {
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
