/** A word of a message as it was written and as the engines read it. */
export interface Token {
  /** The piece of the message it comes from; two tokens of a glued word ("gabisa") share it. */
  readonly raw: string;
  /** Standard, lower-case form: "gk" → "tidak", "38,5" → "38.5". */
  readonly form: string;
  /** Offsets into the message, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** A pause follows: comma, full stop, new line, dots. */
  readonly boundary: boolean;
  /** A sentence ends here: . ! ? or a new line. Always a boundary too. */
  readonly stop: boolean;
  /** The form was guessed from a typing error; never true for a word that stands in the lexicon. */
  readonly guessed: boolean;
}

/** A message ready to be understood. */
export interface NormalText {
  readonly raw: string;
  readonly tokens: readonly Token[];
  /** The tokens' forms joined by one space. */
  readonly text: string;
}

/** A run of tokens, end exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
