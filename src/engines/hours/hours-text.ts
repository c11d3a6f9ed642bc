/** A piece of an hours text. */
export interface Piece {
  readonly kind: 'comment' | 'separator' | 'fallback' | 'comma' | 'time' | 'number' | 'word' | 'sign';
  readonly text: string;
  readonly offset: number;
}

const PIECE = /("[^"]*")|(;)|(\|\|)|(,)|(\d{1,2}:\d{2}|24\/7)|(\d+)|([PpSs][Hh]|[A-Za-z]+)|([^\s])/g;
const KINDS = ['comment', 'separator', 'fallback', 'comma', 'time', 'number', 'word', 'sign'] as const;

/** Cuts an hours text into its pieces; blanks fall away, comments stay whole, and "PHoff" is PH and off, as the library has it. */
export function piecesOf(text: string): readonly Piece[] {
  return [...text.matchAll(PIECE)].map((match) => {
    const kind = KINDS[match.slice(1).findIndex((group) => group !== undefined)] ?? 'sign';
    return { kind, text: match[0], offset: match.index };
  });
}

/** True when the piece is this word, however it is written ("ph", "PH"). */
export function isWord(piece: Piece | undefined, ...words: readonly string[]): boolean {
  return piece?.kind === 'word' && words.includes(piece.text.toLowerCase());
}
