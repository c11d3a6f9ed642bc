import type { Phrase } from './phrase.js';

/** A choice as the dialogue offers it; its number is its position, counted from 1. */
export interface ChoiceDraft {
  readonly id: string;
  readonly label: Phrase;
  /** True when the text itself already shows the choice under its number. */
  readonly inText?: boolean;
}

/** A reply before its language is chosen. Paragraphs are set one below the other. */
export type ReplyDraft =
  | {
      readonly type: 'text';
      readonly paragraphs: readonly Phrase[];
      readonly choices: readonly ChoiceDraft[];
      readonly askLocation?: boolean;
    }
  | PlaceReply;

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly inText?: boolean;
}

/** A reply as the person will read it. */
export type Reply =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly choices: readonly Choice[];
      readonly askLocation?: boolean;
    }
  | PlaceReply;

/** A pin that a phone can open in its map. */
export interface PlaceReply {
  readonly type: 'place';
  readonly facility: string;
  readonly lat: number;
  readonly lng: number;
  readonly title: string;
  readonly address: string;
}
