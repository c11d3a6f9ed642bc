/** A piece of a text as WhatsApp shows it. */
export interface ShownPiece {
  readonly text: string;
  /** The HTML element that looks alike; null = plain. */
  readonly as: 'strong' | 'em' | 'del' | null;
}

/**
 * WhatsApp sets *bold*, _italic_ and ~struck~ whether the writer meant it or not: the marks stand around words, never
 * within one, with no blank inside them and no line break between them (faq.whatsapp.com, "How to format your messages").
 */
const MARKED = /(?<![\p{L}\p{N}*_~])([*_~])(?!\s)([^*_~\n]+)(?<!\s)\1(?![\p{L}\p{N}*_~])/gu;
const ELEMENT: Readonly<Record<string, ShownPiece['as']>> = { '*': 'strong', _: 'em', '~': 'del' };

/** The text cut into the pieces that WhatsApp shows differently; their marks are gone. */
export function asWhatsAppShows(text: string): readonly ShownPiece[] {
  const pieces: ShownPiece[] = [];
  let end = 0;
  for (const found of text.matchAll(MARKED)) {
    if (found.index > end) pieces.push({ text: text.slice(end, found.index), as: null });
    pieces.push({ text: found[2] ?? '', as: ELEMENT[found[1] ?? ''] ?? null });
    end = found.index + found[0].length;
  }
  return end < text.length || pieces.length === 0 ? [...pieces, { text: text.slice(end), as: null }] : pieces;
}
