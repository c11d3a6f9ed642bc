import type { PhraseKey } from '../../domain/phrase.js';
import { type DayText, type Instant, instantOf, isDay, type Zone } from '../../domain/time.js';

/** What is wrong with a form: the text for each field that must be corrected. */
export type Faults = Readonly<Record<string, PhraseKey>>;

/** The fields of a form, each read as what it should be; whatever is not there reads as empty. */
export class Form {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(body: unknown) {
    this.#fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  }

  /** A text on one line, without blanks around it and without control characters. */
  text(name: string, longest = 300): string {
    const value = this.#fields[name];
    const text = Array.isArray(value) ? value[0] : value;
    if (typeof text !== 'string') return '';
    return text
      .replaceAll(/[\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, longest);
  }

  /** The same with its line breaks. */
  lines(name: string, longest = 2000): string {
    const value = this.#fields[name];
    if (typeof value !== 'string') return '';
    return value
      .replaceAll('\r\n', '\n')
      .replaceAll(/[^\P{Cc}\n]+/gu, ' ')
      .trim()
      .slice(0, longest);
  }

  textOrNull(name: string, longest = 300): string | null {
    const text = this.text(name, longest);
    return text === '' ? null : text;
  }

  /** A secret as it was typed. */
  raw(name: string): string {
    const value = this.#fields[name];
    return typeof value === 'string' ? value : '';
  }

  /** Every value of a field that may be ticked several times. */
  all(name: string): readonly string[] {
    const value = this.#fields[name];
    const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
    return list.filter((each): each is string => typeof each === 'string' && each !== '');
  }

  ticked(name: string): boolean {
    return this.text(name) !== '';
  }

  /** One of a closed list, else the fallback. */
  oneOf<T extends string>(name: string, list: readonly T[], fallback: T): T {
    const text = this.text(name);
    return list.find((each) => each === text) ?? fallback;
  }

  /** A day that exists; null when it is empty or none. */
  day(name: string): DayText | null {
    const text = this.text(name);
    return isDay(text) ? text : null;
  }

  /** A field of the kind datetime-local, read in the zone; null when it is no moment. */
  moment(name: string, zone: Zone): Instant | null {
    const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(this.text(name));
    if (!found?.[1] || !isDay(found[1])) return null;
    const [year = 0, month = 0, day = 0] = found[1].split('-').map(Number);
    const [hour, minute] = [Number(found[2]), Number(found[3])];
    return hour > 23 || minute > 59 ? null : instantOf(zone, { year, month, day, hour, minute });
  }
}
