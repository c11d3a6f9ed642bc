import type { TimeWord } from './words.js';

/** A part of the day without an hour, and its hour: pagi as a day without an hour, malam by contract, the rest as people mean it. */
export const PART_HOURS = { dinihari: 2, subuh: 5, pagi: 9, siang: 12, sore: 16, malam: 20, tengahmalam: 0 } as const;
export type DayPart = keyof typeof PART_HOURS;

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

/** What stands at a place of the words, and how many it takes. */
export interface Found {
  /** null: the words are about something else, a duration or the past. */
  readonly piece: Piece | null;
  readonly length: number;
}

/** The word at a place, or "" where there is none. */
export function textAt(words: readonly TimeWord[], at: number): string {
  return words[at]?.text ?? '';
}

/** A number written in digits; null for anything else, or for more than `most`. */
export function wholeNumber(text: string | undefined, most: number): number | null {
  if (text === undefined || !/^\d{1,3}$/.test(text)) return null;
  const value = Number(text);
  return value <= most ? value : null;
}
