import type { Language } from '../domain/message.js';
import type { DistanceParam, MomentParam } from '../domain/phrase.js';
import { wallClock } from '../domain/time.js';

const DAYS: Record<Language, readonly string[]> = {
  id: ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};

const MONTHS: Record<Language, readonly string[]> = {
  id: [
    'Januari',
    'Februari',
    'Maret',
    'April',
    'Mei',
    'Juni',
    'Juli',
    'Agustus',
    'September',
    'Oktober',
    'November',
    'Desember',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

const SHORT_MONTHS: Record<Language, readonly string[]> = {
  id: ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agu', 'Sep', 'Okt', 'Nov', 'Des'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};

/** The weekday's name; 0 is Sunday. */
export function weekdayName(weekday: number, language: Language): string {
  return DAYS[language][weekday] ?? '';
}

/** Writes a moment in the facility's zone: Indonesian clocks with a full stop (14.00), English ones with a colon. */
export function formatMoment(param: MomentParam, language: Language): string {
  const wall = wallClock(param.moment, param.zone);
  const pad = (figure: number) => String(figure).padStart(2, '0');
  const clock = `${pad(wall.hour)}${language === 'id' ? '.' : ':'}${pad(wall.minute)}`;
  const weekday = weekdayName(wall.weekday, language);
  const day = `${weekday} ${wall.day} ${SHORT_MONTHS[language][wall.month - 1]}`;
  switch (param.style) {
    case 'clock':
      return clock;
    case 'weekday':
      return weekday;
    case 'day':
      return day;
    case 'dayClock':
      return `${day} ${clock}`;
    case 'date':
      return `${wall.day} ${MONTHS[language][wall.month - 1]} ${wall.year}`;
    case 'longDay':
      return `${weekday}, ${wall.day} ${MONTHS[language][wall.month - 1]} ${wall.year}`;
  }
}

/** Writes a distance: metres below one kilometre, rounded to 50 m; an approximate one with ±. */
export function formatDistance({ km, approximate }: DistanceParam, language: Language): string {
  const decimal = language === 'id' ? ',' : '.';
  const text =
    km < 0.975
      ? `${Math.max(50, Math.round((km * 1000) / 50) * 50)} m`
      : km < 9.95
        ? `${km.toFixed(1).replace('.', decimal)} km`
        : `${Math.round(km)} km`;
  return approximate ? `± ${text}` : text;
}
