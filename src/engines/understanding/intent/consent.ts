import type { Intent } from '../../../domain/intent.js';
import type { NormalText, Span } from '../../language/index.js';
import type { Understanding } from '../types.js';
import { bareCommand } from './bare-command.js';
import { clauseSpan, type Evidence, formsIn, says } from './evidence.js';

type Consent = Understanding['consent'];

/** Whoever says these in the same breath is not sure, asks first, tells of the past, or speaks of one matter of theirs. */
const UNSURE =
  /^(mungkin|nanti|entar|ntar|pikir|mikir|bingung|ragu|takut|tapi|tetapi|asal|asalkan|kecuali|kayaknya|sepertinya|misal|misalnya|atau|belum|jangan|bukan|tidak|ojo)$/;
const ASKING = /^(bagaimana|cara|apakah|apa|kenapa|kok|mengapa|napa|aman|bayar|berapa|kapan|siapa|bisakah|bolehkah)$/;
const OF_STAFF = /^(?:petugas|admin|bot|dinas|mereka|kalian|dia|perawat|dokter)$/;
const TOLD_OF_PAST = /^(kemarin|pernah|dulu|tadi|padahal|sudah|wingi|semalam)$/;
const OF_ONE_MATTER =
  /^(hasil|lab|rujukan|antri|antrian|antrean|giliran|obat|resep|kamar|ambulans|jenazah|dokter|pasien)$/;
const FOR_ANOTHER =
  /\b(?:ibu|bapak|ayah|mama|mamak|papa|anak|istri|bini|suami|mertua|adik|kakak|abang|tetangga|teman|kawan|nenek|kakek|mbah|keluarga|orang tua) (?:saya|aku|kami|kita)\b/;
/** Who complains of waiting, of care, or of what a message says wrongly does not complain of getting letters. */
const OF_ANOTHER_TROUBLE =
  /^(balas|jawab|tunggu|nunggu|respon|tanggap|antri|antrian|antrean|dokter|obat|perawat|petugas|salah|benar|betul|keliru|beda|lambat|telat|lama|jam|jadwal|buka|tutup|alamat)$/;
/** Looked for as typed: the standard form of "mulu" is that of "terus", which praises as well as it complains. */
const TOO_MUCH = /\b(?:kebanyakan|kebanyaken|kakean|keseringan|kesering|me?lulu|mulu|terus-terusan)\b/i;

/** A wish or a command; "petugas kirim info salah" is neither. */
const WISH =
  /^(mau|ingin|minta|tolong|mohon|boleh|setuju|langgan|daftar|gabung|join|ikut|umpat|aktif|nyala|hidup|pasang|terima|sedia|bersedia|siap|gelem|handak|hendak|purun|arep|pengen|kabar|kabari|ingat|info|infokan|beri|kasih|masuk|catat|tambah|subscribe|iya|ya|ok|oke|dong|tarik|minat|tertarik|elok|norok|terro|enda)$/;

/** What is sent there is no announcement. */
const OTHER_LOADS = /^(ambulans|obat|paket|jenazah|rujukan|hasil|lab)$/;
const NEWS =
  /^(info|informasi|pengumuman|pemberitahuan|kabar|habar|notif|notifikasi|broadcast|siaran|langgan|pesan|berita|inpo|notip)(?:nya|ne|e)?$/;

/**
 * What the message says about getting announcements. A yes is plain only where nothing in its own clause makes it
 * doubtful: a question, a "perhaps", somebody else's wish, a complaint. A stop counts however it is said; who only
 * complains of too many letters is a doubtful one, to be asked.
 */
export function consentSaid(evidence: Evidence, intents: readonly Intent[]): Consent {
  const { normal, signs } = evidence;
  if (intents.includes('opt_out')) return isStopSaid(evidence) ? 'stop' : 'doubtful_stop';
  if (!intents.includes('opt_in')) return null;
  if (bareCommand(normal.raw) === 'opt_in') return normal.raw.includes('?') ? 'doubtful_yes' : 'yes';
  // "Daftar" alone may be for a bed, a queue or BPJS.
  if (normal.text === 'daftar' || evidence.place?.kind === 'outside') return 'doubtful_yes';
  return (signs.get('opt_in') ?? []).some((span) => isPlain(normal, span)) ? 'yes' : 'doubtful_yes';
}

/** A stop in words: the sign of one, or a clause that says nothing but the word ("bosan, stop"). */
export function isStopSaid(evidence: Evidence): boolean {
  const { signs, normal } = evidence;
  return signs.has('opt_out') || bareCommand(normal.raw) === 'opt_out' || stopsInPassing(evidence);
}

/** A complaint of getting letters at all or too often, without a word of stopping. */
export function complainsOfNews(evidence: Evidence): boolean {
  if (says(evidence, OF_ANOTHER_TROUBLE)) return false;
  return evidence.signs.has('tired_of_news') || (TOO_MUCH.test(evidence.normal.raw) && says(evidence, NEWS));
}

/** "Jangan lama kirim ambulansnya" is no word on announcements. */
export function isOfOtherLoads(evidence: Evidence): boolean {
  return says(evidence, OTHER_LOADS) && !says(evidence, NEWS) && bareCommand(evidence.normal.raw) === null;
}

/** "Aktifkan lagi, kemarin saya stop": the stop is told of the past, and the wish is to hear again. */
export function takesUpAgain({ signs, normal }: Evidence): boolean {
  if (!signs.has('opt_in') || /\b(?:jangan|tidak|belum|malas|bosan)\b/.test(normal.text)) return false;
  const again = /\b(?:aktif|langgan|nyala|daftar|hidup)\b(?: \S+)? lagi\b|\blagi (?:\S+ )?(?:langgan|daftar)\b/;
  const stoppedBefore = /\b(?:kemarin|tadi|dulu|pernah|sudah)(?: \S+){0,3} (?:henti|stop|keluar)\b/;
  return again.test(normal.text) && stoppedBefore.test(normal.text);
}

const LONGEST_IN_PASSING = 12;
/** Whose course may "stop": "kejangnya lama, berhenti" tells of a fit. */
const COURSE =
  /^(kejang|darah|perdarahan|muntah|diare|mencret|napas|batuk|haid|obat|minum|demam|panas|nyeri|sakit|mimisan|rokok|merokok|kerja|kontraksi|detak|jantung)$/;

function stopsInPassing(evidence: Evidence): boolean {
  const { normal } = evidence;
  if (normal.tokens.length > LONGEST_IN_PASSING || normal.raw.includes('?') || says(evidence, COURSE)) return false;
  const clauses = normal.raw.split(/[,.;!\n]+/).filter((clause) => /[a-z]/i.test(clause));
  const ends = [clauses[0], clauses.at(-1)];
  return clauses.length > 1 && ends.some((clause) => clause !== undefined && bareCommand(clause) === 'opt_out');
}

function isPlain(normal: NormalText, span: Span): boolean {
  const clause = clauseSpan(normal, span);
  const forms = formsIn(normal, clause);
  const doubts = [UNSURE, ASKING, TOLD_OF_PAST, OF_ONE_MATTER];
  if (OF_STAFF.test(forms[0] ?? '')) return false;
  if (doubts.some((doubt) => forms.some((form) => doubt.test(form)))) return false;
  if (!forms.some((form) => WISH.test(form)) && forms[0] !== 'kirim') return false;
  return !FOR_ANOTHER.test(forms.join(' ')) && !endsInQuestion(normal, span) && !startsDoubtfully(normal, clause);
}

/** "Mau langganan tapi takut …": what follows a "but" belongs to the wish before it. */
function startsDoubtfully({ tokens }: NormalText, { to }: Span): boolean {
  return /^(tapi|tetapi|atau|asal|asalkan|kecuali)$/.test(tokens[to]?.form ?? '');
}

function endsInQuestion({ tokens, raw }: NormalText, { to }: Span): boolean {
  const last = tokens.slice(to - 1).find((token) => token.stop) ?? tokens.at(-1);
  return last !== undefined && /^\W*\?/.test(raw.slice(last.end));
}
