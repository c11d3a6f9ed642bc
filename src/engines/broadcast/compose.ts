/** What an editor can have filled in, by the name that stands between the braces. */
const PLACEHOLDERS = ['tempat', 'waktu', 'tautan', 'daerah'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What is wrong with a text, and where: the position counts from 0. */
export interface TextFault {
  readonly kind: 'unknown_placeholder' | 'loose_brace' | 'no_value' | 'empty';
  readonly position: number;
  readonly what: string;
}

type Piece = { readonly text: string } | { readonly name: string; readonly position: number };

/**
 * Cuts a text at its placeholders, such as {{tempat}}. Single braces are text like any other; only a pair that is not
 * closed, or is closed without being open, is a fault.
 */
function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of text.matchAll(/\{\{([^{}]*)\}\}/g)) {
    pieces.push({ text: text.slice(end, found.index) }, { name: (found[1] ?? '').trim(), position: found.index });
    end = found.index + found[0].length;
  }
  return [...pieces, { text: text.slice(end) }];
}

/** Every fault of the text; with none, `fill` leaves nothing open. A value of null is one that was not given. */
export function faultsOf(text: string, values: Readonly<Record<Placeholder, string | null>>): readonly TextFault[] {
  if (text.trim() === '') return [{ kind: 'empty', position: 0, what: '' }];
  const faults: TextFault[] = [];
  let at = 0;
  for (const piece of piecesOf(text)) {
    if ('text' in piece) {
      const loose = piece.text.search(/\{\{|\}\}/);
      if (loose >= 0)
        faults.push({ kind: 'loose_brace', position: at + loose, what: piece.text.slice(loose, loose + 2) });
      at += piece.text.length;
    } else {
      const { name, position } = piece;
      if (!isPlaceholder(name)) faults.push({ kind: 'unknown_placeholder', position, what: name });
      else if (values[name] === null) faults.push({ kind: 'no_value', position, what: name });
      at = text.indexOf('}}', position) + 2;
    }
  }
  return faults;
}

/** The text with its places filled. Values are set in as they are: braces in a facility's name open no new place. */
export function fill(text: string, values: Readonly<Record<Placeholder, string | null>>): string {
  return piecesOf(text)
    .map((piece) => ('text' in piece ? piece.text : isPlaceholder(piece.name) ? (values[piece.name] ?? '') : ''))
    .join('')
    .trim();
}

function isPlaceholder(name: string): name is Placeholder {
  return (PLACEHOLDERS as readonly string[]).includes(name);
}
