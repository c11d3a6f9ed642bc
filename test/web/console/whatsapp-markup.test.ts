import { expect, test } from 'vitest';
import { asWhatsAppShows } from '../../../src/web/console/announcements/whatsapp-markup.js';

/** As written, and as WhatsApp shows it: [bold], (italic), {struck}. */
const SHOWN: Readonly<Record<string, string>> = {
  '': '',
  'Besok gratis.': 'Besok gratis.',
  'Besok *gratis*.': 'Besok [gratis].',
  '*Besok*': '[Besok]',
  'Bawa _KTP_ dan *kartu BPJS*': 'Bawa (KTP) dan [kartu BPJS]',
  '~08.00~ 09.00': '{08.00} 09.00',
  '2*3*4': '2*3*4',
  'https://contoh.invalid/a_b_c': 'https://contoh.invalid/a_b_c',
  '5 * 3 * 2': '5 * 3 * 2',
  '*satu\ndua*': '*satu\ndua*',
  '*tidak ditutup': '*tidak ditutup',
  '**dua**': '**dua**',
};

test.each(Object.entries(SHOWN))('%j is shown as %j', (written, shown) => {
  const mark = { strong: ['[', ']'], em: ['(', ')'], del: ['{', '}'] } as const;
  const text = asWhatsAppShows(written).map((piece) =>
    piece.as === null ? piece.text : mark[piece.as].join(piece.text),
  );
  expect(text.join('')).toBe(shown);
});
