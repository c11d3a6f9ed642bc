import type { Point } from '../../domain/place.js';
import { type DayText, isDay } from '../../domain/time.js';
import type { TableRow } from './csv-table.js';
import { type Fault, type FaultCode, type FaultParams, faultAt } from './fault.js';

/** Says whether an opening_hours text can be read: null, or what is wrong and at which character. */
export type HoursCheck = (text: string) => { readonly message: string } | null;

/** Written in a cell to empty a field; an empty cell leaves it as it is. */
export const ERASE = '-';

/** Indonesia's extent with a little sea around it. */
const INDONESIA = { south: -11.2, north: 6.3, west: 94.7, east: 141.2 } as const;

/** Reads the cells of one row and collects what is wrong with them; a faulty cell reads as its fallback. */
export class Cells {
  readonly row: TableRow;
  readonly faults: Fault[];
  readonly #file: string;

  constructor(file: string, row: TableRow, faults: Fault[]) {
    this.#file = file;
    this.row = row;
    this.faults = faults;
  }

  fault(field: string | null, code: FaultCode, params: FaultParams = {}): void {
    this.faults.push(faultAt({ file: this.#file, line: this.row.line, field }, code, params));
  }

  /** The raw cell. */
  raw(field: string): string {
    return this.row.cell(field);
  }

  /** A text that must be there. */
  required(field: string, longest = 300): string {
    const text = this.raw(field);
    if (text === '') this.fault(field, 'empty');
    return this.#plain(field, text, longest);
  }

  /** A text, `before` where the cell is empty, null where it erases. */
  text(field: string, before: string | null, longest = 300): string | null {
    const text = this.raw(field);
    if (text === '') return before;
    return text === ERASE ? null : this.#plain(field, text, longest);
  }

  /** One of the words given, as what it stands for. */
  word<T>(field: string, words: Readonly<Record<string, T>>, fallback: T): T {
    const text = this.raw(field);
    if (text === '') return fallback;
    const key = text.toLowerCase();
    if (Object.hasOwn(words, key)) return words[key] as T;
    this.fault(field, 'noneOf', { text: short(text), words: Object.keys(words).join(', ') });
    return fallback;
  }

  /** A calendar day, YYYY-MM-DD. */
  day(field: string, before: DayText | null): DayText | null {
    const text = this.raw(field);
    if (text === '') return before;
    if (text === ERASE) return null;
    if (!isDay(text)) this.fault(field, 'day', { text: short(text) });
    return text;
  }

  /** A point; both cells or none. Decimal comma or point. */
  point(latField: string, lngField: string, before: Point | null): Point | null {
    const [latText, lngText] = [this.raw(latField), this.raw(lngField)];
    if (latText === '' && lngText === '') return before;
    if (latText === ERASE && lngText === ERASE) return null;
    const [lat, lng] = [this.#degrees(latField, latText), this.#degrees(lngField, lngText)];
    if (lat === null || lng === null) return before;
    if (inIndonesia({ lat, lng })) return { lat, lng };
    const swapped = inIndonesia({ lat: lng, lng: lat });
    this.fault(latField, swapped ? 'swapped' : 'outside', { there: `${lat}, ${lng}` });
    return before;
  }

  /** An opening_hours text that the engine can read. */
  hours(field: string, text: string, check: HoursCheck): string {
    const wrong = check(text);
    if (wrong) this.fault(field, 'hours', { text: short(text), why: wrong.message });
    return text;
  }

  #degrees(field: string, text: string): number | null {
    if (/^-?\d{1,3}([.,]\d+)?$/.test(text)) return Number(text.replace(',', '.'));
    if (text === '') this.fault(field, 'both');
    else this.fault(field, 'number', { text: short(text) });
    return null;
  }

  #plain(field: string, text: string, longest: number): string {
    if (text.length > longest) this.fault(field, 'long', { longest });
    // A spreadsheet would run such a cell as a formula when the data is exported again.
    if (/^[=+@-]/.test(text) && !/^\+?[\d\s()/-]+$/.test(text)) this.fault(field, 'formula');
    if (/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(text)) this.fault(field, 'control');
    return text;
  }
}

function inIndonesia({ lat, lng }: Point): boolean {
  return lat >= INDONESIA.south && lat <= INDONESIA.north && lng >= INDONESIA.west && lng <= INDONESIA.east;
}

/** What a person typed, short enough for a message. */
function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
