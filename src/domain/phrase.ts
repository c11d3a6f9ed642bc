import type announcements from '../../locales/id/announcements.json';
import type console_ from '../../locales/id/console.json';
import type dialogue from '../../locales/id/dialogue.json';
import type eligibility from '../../locales/id/eligibility.json';
import type emergency from '../../locales/id/emergency.json';
import type facility from '../../locales/id/facility.json';
import type handover from '../../locales/id/handover.json';
import type privacy from '../../locales/id/privacy.json';
import type reports from '../../locales/id/reports.json';
import type { Instant, Zone } from './time.js';

type Leaves<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : Leaves<T[K], `${Prefix}${K}.`>;
}[keyof T & string];

interface Namespaces {
  announcements: typeof announcements;
  dialogue: typeof dialogue;
  facility: typeof facility;
  emergency: typeof emergency;
  eligibility: typeof eligibility;
  console: typeof console_;
  privacy: typeof privacy;
  handover: typeof handover;
  reports: typeof reports;
}

/** Every text of the locales, as `namespace:path.to.text`; one that does not exist does not compile. */
export type PhraseKey = { [N in keyof Namespaces]: `${N}:${Leaves<Namespaces[N]>}` }[keyof Namespaces];

/** A moment to be written in the reader's language and the facility's zone. */
export interface MomentParam {
  readonly moment: Instant;
  readonly zone: Zone;
  /** clock "14.00" · weekday "Senin" · day "Senin 23 Nov" · dayClock "Senin 23 Nov 14.00" · date "23 November 2026" · longDay "Senin, 23 November 2026". */
  readonly style: 'clock' | 'weekday' | 'day' | 'dayClock' | 'date' | 'longDay';
}

/** A distance to be written as "450 m" or "3,2 km"; an approximate one as "± 3,2 km". */
export interface DistanceParam {
  readonly km: number;
  readonly approximate: boolean;
}

/** Things named one after the other, to be written with commas. */
export interface ListParam {
  readonly list: readonly Phrase[];
}

/** A bare list of phrases is written as lines. */
export type PhraseParam = string | number | Phrase | readonly Phrase[] | ListParam | MomentParam | DistanceParam;

/** A text to be said, before its language is chosen: a key of the locales and what fills its places. */
export interface Phrase {
  readonly key: PhraseKey;
  readonly params?: Readonly<Record<string, PhraseParam>>;
}

/** Builds a phrase. */
export function phrase(key: PhraseKey, params?: Readonly<Record<string, PhraseParam>>): Phrase {
  return params === undefined ? { key } : { key, params };
}
