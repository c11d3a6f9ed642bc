import { type Circumstance, wordsOf } from './circumstances.js';
import type { NormalText, Span, Token } from './token.js';

/** How a finding in a message is meant. */
export interface Context {
  /** "tidak kejang", "kejang tidak ada", "tanpa demam atau kejang". */
  readonly negated: boolean;
  /** `near`: yesterday or last night; `far`: once, last year, in someone's history. */
  readonly past: 'none' | 'near' | 'far';
  /** "sudah berhenti", "sekarang sudah sembuh". */
  readonly over: boolean;
  /** "kalau kejang harus bagaimana": it may be happening or not. */
  readonly supposed: boolean;
  /** "takut kejang", "supaya tidak kejang": it is not happening. */
  readonly feared: boolean;
  /** "apa itu stroke", "penyebab kejang": someone wants to learn. */
  readonly asking: boolean;
  /** Film, news, game, dream, or seen on social media. */
  readonly told: boolean;
  /** Told, but only on social media: someone may mean it. */
  readonly posted: boolean;
  /** "jantungan lihat harga", "pingsan wkwk". */
  readonly figurative: boolean;
  /** "motor mati", "kucing saya kejang". */
  readonly notHuman: boolean;
  /** The subject is an animal. */
  readonly animal: boolean;
  /** "kambing kami digigit anjing": an animal was bitten, nobody else. */
  readonly bittenAnimal: boolean;
}

const sets = (name: Circumstance) => wordsOf(name);
const NEGATOR = sets('negator');
const TRANSPARENT = sets('transparent');
const BINDING = sets('binding');
const LISTING = sets('listing');
const CONTRAST = sets('contrast');
const FAR_PAST = sets('far_past');
const NEAR_PAST = sets('near_past');
const SINCE = sets('since');
const OVER = sets('over');
const SUPPOSING = sets('supposing');
const PREVENTING = sets('preventing');
const FEARING = sets('fearing');
const LEARNING = sets('learning');
const WONDERING = sets('wondering');
const LIVE = sets('live');
const TOLD = sets('told');
const POSTED = sets('posted');
const FIGURATIVE = sets('figurative');
const NOT_HUMAN = sets('not_human');
const OWNER = sets('owner');
const DONE = new Set(['henti', 'sadar', 'normal', 'baik', 'biasa', 'lepas', 'aman']);
const UNITS = new Set(['jam', 'hari', 'minggu', 'bulan', 'tahun']);
const AGO = new Set(['lalu', 'kemarin', 'silam', 'ago']);

const FUTURE = new Set(['nanti', 'suatu', 'sewaktu', 'sewaktu-waktu', 'terjadi', 'kelak']);

/** How far a circumstance reaches when nobody sets a comma or full stop, in tokens. */
const REACH = 12;

/**
 * What surrounds a finding: negation, time, supposition, question, fiction, figure of speech, and whose body it is.
 * Looks at most a sentence or twelve tokens to either side, so a call costs the same in a long message.
 */
export function context(normal: NormalText, span: Span): Context {
  const tokens = normal.tokens;
  const from = edge(tokens, span.from, -1);
  const to = edge(tokens, span.to - 1, 1) + 1;
  const fiction = has(tokens, from, to, TOLD);
  const onMedia = has(tokens, from, to, POSTED);
  const bitten = isBittenAnimal(tokens, span);
  const subject = otherSubject(tokens, span);
  const past = pastness(tokens, from, span, to);
  return {
    negated: isNegated(normal, span) || isMistaken(tokens, span),
    past,
    over: isOver(tokens, span, to),
    supposed: isSupposed(tokens, from, span, to),
    feared: isFeared(tokens, from, span),
    asking: isAsked(tokens, from, span, to),
    told: fiction || onMedia,
    posted: onMedia && !fiction,
    figurative: has(tokens, from, to, FIGURATIVE),
    notHuman: subject !== null || bitten,
    animal: subject !== null && ANIMAL.has(subject),
    bittenAnimal: bitten,
  };
}

/** Whether the finding is denied; the part of `context` that findings of circumstance need. */
export function isNegated(normal: NormalText, span: Span): boolean {
  return negatedBefore(normal.tokens, span.from) || negatedAfter(normal, span.to);
}

function edge(tokens: readonly Token[], at: number, step: 1 | -1): number {
  for (let i = 0; i < REACH; i++) {
    const here = step === 1 ? tokens[at] : tokens[at - 1];
    if (here === undefined || here.stop) return at;
    if (tokens[at + step] === undefined) return at;
    at += step;
  }
  return at;
}

function has(tokens: readonly Token[], from: number, to: number, words: ReadonlySet<string>): boolean {
  for (let i = from; i < to; i++) if (words.has(tokens[i]?.form ?? '')) return true;
  return false;
}

/** "Dikira pingsan ternyata tidur": what somebody took it for, and it was something else. */
function isMistaken(tokens: readonly Token[], { from, to }: Span): boolean {
  if (![1, 2].some((back) => TAKEN_FOR.has(tokens[from - back]?.form ?? ''))) return false;
  return has(tokens, to, Math.min(tokens.length, to + REACH), IN_TRUTH);
}

const TAKEN_FOR = new Set('kira dikira kirain dikirain kukira disangka kusangka sangka'.split(' '));
const IN_TRUTH = new Set('ternyata rupanya taunya tahunya jebul jebule'.split(' '));

/** Walks back over words that let a negation through, and over the items of a list that it covers as a whole. */
function negatedBefore(tokens: readonly Token[], start: number): boolean {
  let items = 0;
  for (let at = start - 1, steps = 0; at >= 0 && steps < REACH; at--, steps++) {
    const token = tokens[at];
    if (token === undefined || token.stop) return false;
    if (token.boundary && items === 0 && !listed(tokens, at)) return false;
    if (NEGATOR.has(token.form)) {
      const bound = token.form !== 'bukan' && BINDING.has(tokens[at + 1]?.form ?? '');
      return !bound && !doubleNegation(tokens, at);
    }
    if (CONTRAST.has(token.form)) return false;
    if (TRANSPARENT.has(token.form)) continue;
    if (LISTING.has(token.form) || token.boundary) items = 3;
    else if (items > 0) items -= 1;
    else return false;
  }
  return false;
}

/** A comma belongs to a list when an "atau" or "maupun" follows soon: "tanpa demam, sesak, atau kejang". */
function listed(tokens: readonly Token[], at: number): boolean {
  for (let i = at + 1; i < at + 8; i++) {
    const token = tokens[i];
    if (token === undefined) return false;
    if (token.form === 'atau' || token.form === 'maupun' || token.form === 'or') return true;
    if (token.stop || CONTRAST.has(token.form)) return false;
  }
  return false;
}

/** "bukan tidak kejang", "tidak berhenti kejang". */
function doubleNegation(tokens: readonly Token[], at: number): boolean {
  return NEGATOR.has(tokens[at - 1]?.form ?? '') && tokens[at - 1]?.form === 'bukan';
}

/** "demam sudah tidak ada", "batuk disangkal", and an own question answered: "kesetrum? ngga kok". */
function negatedAfter({ raw, tokens }: NormalText, end: number): boolean {
  const last = tokens[end - 1];
  const asked = last?.stop === true && raw.charAt(last.end) === '?';
  if (last?.boundary === true && !asked) return false;
  let at = end;
  while (at < end + 3 && AFTERWARDS.has(tokens[at]?.form ?? '')) at += 1;
  const token = tokens[at];
  if (token === undefined) return false;
  if (token.form === 'disangkal' || token.form === 'negatif') return true;
  if (token.form !== 'tidak' && token.form !== 'belum' && !(asked && token.form === 'bukan')) return false;
  const next = tokens[at + 1];
  if (asked) return token.boundary || next === undefined || next.form === 'kok' || next.form === 'ada';
  return next?.form === 'ada' || next?.form === 'pernah' || (token.boundary && !token.stop && next !== undefined);
}

const AFTERWARDS = new Set(['sudah', 'juga', 'pun', 'masih', 'nya', 'dengan', 'sekali']);

/** A time word counts for findings of its own clause: up to the next comma, and not farther than eight tokens. */
function pastness(tokens: readonly Token[], from: number, span: Span, to: number): 'none' | 'near' | 'far' {
  let near = false;
  for (let i = from; i < to; i++) {
    const form = tokens[i]?.form ?? '';
    const before = tokens[i - 1]?.form ?? '';
    if (FAR_PAST.has(form)) {
      const reach = form === 'dulu' || form === 'dahulu' ? 5 : 2;
      if (i < span.to && span.from - i <= reach && !NEGATOR.has(before) && !pauseBetween(tokens, i, span.from))
        return 'far';
      continue;
    }
    const isAgo = AGO.has(form) && UNITS.has(before);
    const isNear = NEAR_PAST.has(form) && !isAgo;
    if (!isNear && !isAgo) continue;
    if ([1, 2, 3].some((back) => SINCE.has(tokens[i - back]?.form ?? ''))) continue;
    const distance = i < span.from ? span.from - i : i - span.to;
    const apart =
      i < span.from
        ? contrastBetween(tokens, i, span.from) || (i > from + 4 && pauseBetween(tokens, i, span.from))
        : pauseBetween(tokens, span.to - 1, i - 1);
    if (distance > 8 || apart) continue;
    if (isNear) near = true;
    else if (before === 'hari' || (before === 'minggu' && tokens[i - 2]?.form === '1')) near = true;
    else if (before !== 'jam') return 'far';
  }
  return near ? 'near' : 'none';
}

function contrastBetween(tokens: readonly Token[], from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (CONTRAST.has(tokens[i]?.form ?? '')) return true;
  return false;
}

function pauseBetween(tokens: readonly Token[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (tokens[i]?.boundary === true) return true;
  return contrastBetween(tokens, from, to + 1);
}

function isOver(tokens: readonly Token[], span: Span, to: number): boolean {
  for (let i = span.to; i < Math.min(to + REACH, tokens.length); i++) {
    const form = tokens[i]?.form ?? '';
    const before = tokens[i - 1]?.form ?? '';
    if (OVER.has(form) && !NEGATOR.has(before)) return true;
    if (!DONE.has(form) || NEGATOR.has(before)) continue;
    if (before === 'sudah' || tokens[i - 2]?.form === 'sudah' || tokens[i + 1]?.form === 'lagi') return true;
    if (form === 'henti' && tokens[i + 1]?.form === 'sendiri') return true;
  }
  const before = tokens[span.from - 1]?.form ?? '';
  if (before === 'dari' && OVER.has(tokens[span.from - 2]?.form ?? '')) return true;
  return before === 'habis' || before === 'setelah';
}

/** "Bilang kalau pipisnya sakit": here "kalau" supposes nothing. */
const SAYING = new Set('bilang cerita ngaku mengaku katanya tahu kata lapor mengeluh'.split(' '));

function isSupposed(tokens: readonly Token[], from: number, span: Span, to: number): boolean {
  for (let i = from; i < span.from; i++) {
    if (!SUPPOSING.has(tokens[i]?.form ?? '') || SAYING.has(tokens[i - 1]?.form ?? '')) continue;
    const someDay = FUTURE.has(tokens[i + 1]?.form ?? '') || FUTURE.has(tokens[i + 2]?.form ?? '');
    if (someDay || has(tokens, span.to, to, WONDERING) || !pauseBetween(tokens, i + 1, span.from)) return true;
  }
  return false;
}

function isFeared(tokens: readonly Token[], from: number, span: Span): boolean {
  for (let i = from; i < span.from; i++) {
    const form = tokens[i]?.form ?? '';
    if (PREVENTING.has(form)) return true;
    if (FEARING.has(form) && span.from - i <= 4) return true;
    if (form === 'jangan' && tokens[i + 1]?.form === 'sampai') return true;
  }
  return has(tokens, span.from, span.to, PREVENTING);
}

function isAsked(tokens: readonly Token[], from: number, span: Span, to: number): boolean {
  if (has(tokens, from, to, LEARNING)) return !has(tokens, from, to, URGING);
  if (has(tokens, from, to, LIVE)) return false;
  for (let i = Math.max(from, span.from - 3); i < Math.min(to, span.to + 3); i++) {
    if (i >= span.from && i < span.to) continue;
    const form = tokens[i]?.form ?? '';
    if ((form === 'apa' || form === 'what') && isDefinition(tokens, i, span)) return true;
    if (i < span.from && (CLUES.has(form) || (form === 'kenapa' && tokens[i + 1]?.form === 'orang'))) return true;
  }
  return false;
}

const CLUES = new Set(['gejala', 'tanda', 'cara', 'signs', 'pertolongan', 'penanganan', 'pencegahan']);

/** "apa itu stroke", "stroke itu apa", "apa stroke". */
function isDefinition(tokens: readonly Token[], at: number, span: Span): boolean {
  if (at < span.from) return at >= span.from - 2;
  return tokens[at - 1]?.form === 'itu';
}

/** Someone who says this wants help, whatever else they ask. */
const URGING = new Set(['tolong', 'darurat', 'sekarang', 'help', 'cepat']);

/** The animal or thing that is spoken of right before the finding, or null. */
function otherSubject(tokens: readonly Token[], span: Span): string | null {
  for (let at = span.from - 1, steps = 0; at >= 0 && steps < 5; at--, steps++) {
    const token = tokens[at];
    if (token === undefined || token.stop) return null;
    if (NOT_HUMAN.has(token.form)) {
      return BESIDE.has(tokens[at - 1]?.form ?? '') ? null : token.form;
    }
    if (!OWNER.has(token.form)) return null;
  }
  return null;
}

/** A clause that begins with an animal and goes on "digigit", "dipatok": the animal is the one that was bitten. */
function isBittenAnimal(tokens: readonly Token[], { from, to }: Span): boolean {
  for (let at = from; at < to; at++) {
    const token = tokens[at];
    if (token === undefined || !BITTEN.test(token.raw)) continue;
    let first = at - 1;
    while (first > 0 && at - first <= 3 && OWNED_BY.has(tokens[first]?.form ?? '')) first -= 1;
    if (!ANIMAL.has(tokens[first]?.form ?? '') || tokens.slice(first, at).some(({ boundary }) => boundary)) continue;
    if (first === 0 || tokens[first - 1]?.boundary === true) return true;
  }
  return false;
}

const BITTEN = /^di(gigit|patok|patuk|cakar|serang|terkam|sengat|cokot)/i;
const OWNED_BY = new Set('saya kami kita tetangga bapak ibu kakak adik teman itu ini yang nya'.split(' '));

/** What stands behind one of these did it or is the place or the means: "di mobil pingsan", "tanpa ac". */
const BESIDE = new Set(
  'dari gigit cakar di dalam naik atas bawah tanpa pakai kena bawa tabrak without in on from by inside'.split(' '),
);

const ANIMAL = new Set(
  'kucing anjing ayam sapi kambing burung ikan kelinci hamster bebek kerbau kuda lele cupang koi'.split(' '),
);
