import type { NormalText } from '../../language/index.js';
import type { Signs } from './signs.js';

const FORBIDS = /^(jangan|ojo|ora usah|usah)$/;
/** Told of the past or asked about in general: no wish of now. */
const TELLS = /^(sudah|udah|telah|kapan|otomatis|akan|apa|apakah|sampai|berapa|terhapus)$/;
const WISHES = /^(tolong|mohon|minta|mau|ingin|pengen|cara|caranya|bagaimana|bisa|boleh|please|can)$/;

/**
 * True when the person wants what is kept of them deleted: "hapus data saya", "busek dataku", "tolong lupakan saya".
 * Only a question whether follows, so that a doubtful wording costs one more message.
 */
export function erasesOf(signs: Signs, { tokens }: NormalText): boolean {
  if (!signs.has('erase') || signs.has('not_erase')) return false;
  const says = (words: RegExp) => tokens.some((token) => words.test(token.form));
  return !says(FORBIDS) && (!says(TELLS) || says(WISHES));
}
