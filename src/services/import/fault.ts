import { type Phrase, type PhraseKey, type PhraseParam, phrase } from '../../domain/phrase.js';
import { renderPhrase } from '../../i18n/translate.js';

type CodeOf<Key> = Key extends `console:importFault.${infer Code}` ? Code : never;
/** What can be wrong in a file; the words are `console:importFault.<code>`. */
export type FaultCode = CodeOf<PhraseKey>;
export type FaultParams = Readonly<Record<string, PhraseParam>>;

/** Something wrong in a file. `line` counts from 1 with the header; `field` is a column, null when it is the whole line. */
export interface Fault {
  readonly file: string;
  readonly line: number;
  readonly field: string | null;
  /** What is wrong, in the reader's language. */
  readonly words: Phrase;
  /** The same in English, for the command line. */
  readonly message: string;
}

/** Where a fault is. */
export type FaultPlace = Pick<Fault, 'file' | 'line' | 'field'>;

export function faultAt(place: FaultPlace, code: FaultCode, params: FaultParams = {}): Fault {
  const words = phrase(`console:importFault.${code}`, params);
  return { ...place, words, message: renderPhrase(words, 'en') };
}
