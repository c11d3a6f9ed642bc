import type { AskedFact } from '../../domain/eligibility.js';
import { compileCues, hasCue, type WordForms } from './cues.js';
import type { EligibilityFacts } from './facts.js';
import { says } from './membership.js';

/** Words that answer a question of ours and would say little on their own. */
const ANSWERS = {
  bpjs: [
    ['none', ['belum|tidak|ga|gak|kada|ndik|ora', 'tidak|belum|ga|gak ada|punya|pernah', 'kosong|nihil']],
    ['inactive', ['mati|off|nonaktif|putus|blokir', 'tidak|belum|ga|gak|ora|kada|ndik aktif|hidup|idup']],
    ['active', ['aktif|hidup|idup|iya|ya|aktip|on|nyala']],
  ],
  payer: [
    ['employer', ['kantor|perusahaan|pabrik|pt|bos|majikan|kerjaan|karyawan']],
    ['region', ['pemda|pemkot|pemkab|daerah|kota|kabupaten|bupati|walikota|apbd|provinsi']],
    ['state', ['pemerintah|pusat|negara|pbi|gratis|bantuan']],
    ['self', ['sendiri|mandiri|pribadi|saya|aku|dewe|suami|istri|orangtua|keluarga']],
  ],
  where: [
    ['away', ['luar|rantau|jauh|bukan|tidak']],
    ['home', ['rumah|sini|disini|dalam|iya|ya|kampung', 'di daerah|kampung|rumah']],
  ],
} as const;

const TABLE = Object.fromEntries(
  Object.entries(ANSWERS).map(([fact, values]) => [
    fact,
    values.map(([value, patterns]) => ({ value, cues: compileCues(patterns) })),
  ]),
);

const FIELD = { ktp: 'ktpRegion', bpjs: 'bpjs', payer: 'payer', where: 'location' } as const;
/** A longer message is no bare answer: it speaks in sentences, which the other readers understand. */
const LONGEST = 4;

/** The answer to the question that was asked, when the message is short; "tidak tahu" answers every one. */
export function bareAnswer(words: readonly WordForms[], asked: AskedFact): EligibilityFacts {
  if (says('dontKnow', words)) return { [FIELD[asked]]: 'unknown' };
  if (words.length > LONGEST) return {};
  const value = TABLE[asked]?.find(({ cues }) => hasCue(cues, words))?.value;
  return value === undefined ? {} : { [FIELD[asked]]: value };
}
