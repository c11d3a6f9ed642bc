const UNITS: Readonly<Record<string, number>> = {
  nol: 0,
  satu: 1,
  siji: 1,
  dua: 2,
  rong: 2,
  tiga: 3,
  telu: 3,
  telung: 3,
  empat: 4,
  papat: 4,
  patang: 4,
  lima: 5,
  limang: 5,
  enam: 6,
  nem: 6,
  tujuh: 7,
  pitu: 7,
  pitung: 7,
  delapan: 8,
  wolu: 8,
  wolung: 8,
  sembilan: 9,
  sanga: 9,
  ampat: 4,
  anam: 6,
  walu: 8,
  sapuluh: 10,
  telok: 3,
  sangang: 9,
  sepuluh: 10,
  sebelas: 11,
  seratus: 100,
  seribu: 1000,
};
/** "sejam", "saminggu" (Banjar), "sakwulan" (Javanese): one of the unit, split so that the number can be read. */
const ONE_OF: ReadonlyMap<string, string> = new Map(
  ['se', 'sa', 'sak'].flatMap((one) =>
    ['jam', 'menit', 'hari', 'dino:hari', 'minggu', 'bulan', 'wulan:bulan', 'tahun', 'taun:tahun', 'detik'].map(
      (unit): [string, string] => [one + (unit.split(':')[0] ?? unit), unit.split(':').at(-1) ?? unit],
    ),
  ),
);
/** Words that mean something else before a number: "pukul 9" is a clock, "pukul kepala" a blow; "TD 180/120". */
const BEFORE_NUMBERS: ReadonlyMap<string, string> = new Map([
  ['pukul', 'jam'],
  ['tadi', 'tensi'],
]);
const UNIT_WORDS = new Set(['jam', 'menit', 'hari', 'minggu', 'bulan', 'tahun', 'detik', 'dino', 'kali', 'anak']);

/** A word with its place, before and after numbers are read. */
export interface Word {
  readonly form: string;
  /** Index of the first and the last piece it stands for. */
  readonly first: number;
  readonly last: number;
  readonly guessed: boolean;
}

/**
 * Turns numbers in words into digits: "dua bulan" → "2 bulan", "tiga puluh sembilan koma lima" → "39.5",
 * "setengah jam" → "30 menit", "sejam" → "1 jam". Javanese "loro" is two only before something that is counted;
 * otherwise it is pain, and the lexicon has made it "sakit" already.
 */
export function readNumbers(words: readonly Word[], raw: (word: Word) => string): Word[] {
  const out: Word[] = [];
  let at = 0;
  while (at < words.length) {
    const word = words[at];
    if (!word) break;
    const single = ONE_OF.get(word.form);
    if (single) {
      out.push({ ...word, form: '1' }, { ...word, form: single });
      at += 1;
      continue;
    }
    const next = words[at + 1];
    if (word.form === 'setengah' && next?.form === 'jam') {
      out.push({ ...word, form: '30' }, { ...next, form: 'menit' });
      at += 2;
      continue;
    }
    if (raw(word) === 'loro' && next && UNIT_WORDS.has(next.form)) {
      out.push({ ...word, form: '2' });
      at += 1;
      continue;
    }
    const before = BEFORE_NUMBERS.get(word.form);
    if (before && next && (word.form !== 'tadi' || raw(word) === 'td') && /^\d/.test(next.form)) {
      out.push({ ...word, form: before });
      at += 1;
      continue;
    }
    const number = numberAt(words, at);
    if (number === null) {
      out.push(word);
      at += 1;
      continue;
    }
    const last = words[number.end - 1] ?? word;
    out.push({ form: number.text, first: word.first, last: last.last, guessed: false });
    at = number.end;
  }
  return out;
}

function unitOf(word: Word | undefined): number | undefined {
  return word && Object.hasOwn(UNITS, word.form) ? UNITS[word.form] : undefined;
}

function numberAt(words: readonly Word[], from: number): { text: string; end: number } | null {
  let at = from;
  const first = unitOf(words[at]);
  if (first === undefined) return null;
  let total = first;
  at += 1;
  for (;;) {
    const form = words[at]?.form;
    if (form === 'belas' && total > 0 && total < 10) total += 10;
    else if (form === 'puluh' && total > 0 && total < 10) total *= 10;
    else if (form === 'ratus' && total > 0 && total < 10) total *= 100;
    else if (form === 'ribu' && total > 0 && total < 1000) total *= 1000;
    else {
      const unit = unitOf(words[at]);
      const room = total >= 1000 ? 1000 : total >= 100 ? 100 : total >= 20 && total % 10 === 0 ? 10 : 0;
      if (unit === undefined || unit === 0 || unit >= room) break;
      total += unit;
    }
    at += 1;
  }
  let text = String(total);
  const decimal = unitOf(words[at + 1]);
  if (words[at]?.form === 'koma' && decimal !== undefined && decimal < 10) {
    text += `.${decimal}`;
    at += 2;
  }
  return { text, end: at };
}
