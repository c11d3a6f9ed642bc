import type { NormalText, Span } from '../../language/index.js';
import {
  asksPlainly,
  clauseSpan,
  type Evidence,
  formsIn,
  isAboutService,
  isQuestion,
  namesHouse,
  PAST,
  says,
  speaksOfHealth,
} from './evidence.js';

const ASKING =
  /^(apa|apakah|tidak|berapa|mana|dimana|kapan|kah|kan|bisa|ada|tah|ta|masih|endi|ndi|piye|bagaimana|opo)$/;
const OFFERS = /^(ada|tersedia|punya|memiliki|melayani|menyediakan|terima|menerima|ono|layan)$/;

/** Whether something is open, or when; also which puskesmas to go to, and whether a service is given at a named time. */
export function asksOpen(evidence: Evidence): boolean {
  const { signs, time, place } = evidence;
  if (isOpenAsked(evidence)) return true;
  if (signs.has('complaint') && !isQuestion(evidence)) return false;
  if (signs.has('opening_hours')) return speaksOfHealth(evidence) || place !== null || time !== null;
  if (signs.has('serving') && (time !== null || !asksEligibility(evidence)))
    return speaksOfHealth(evidence) || place !== null;
  if (signs.has('round_the_clock')) return speaksOfHealth(evidence) || place !== null;
  if (isDirectlyAsked(evidence) || signs.has('for_what')) return false;
  return isSoughtAtTime(evidence) || isSought(evidence) || isServiceSought(evidence);
}

const NEAR = /^(dekat|terdekat|cedak|parak|nearest|near|closest)$/;
const SEEK = /^(cari|nyari|mencari|carikan|cariin|golek|goleki|nyare|find)$/;
const CARER = /^(bidan|dokter|klinik|faskes)$/;
const AT_WHERE = /^(dimana|mana|endi|ndi|nangdi|dimma|where)$/;

/** "ugd terdekat", "cari poli gigi", "di mana UGD?": a service looked for wherever it is given, not asked of one facility. */
export function isServiceSought(evidence: Evidence): boolean {
  const { place, services } = evidence;
  if (place?.kind === 'facility') return false;
  if (!isAboutService(evidence) && !says(evidence, CARER)) return false;
  if (says(evidence, NEAR) || says(evidence, SEEK)) return true;
  if (services.some(({ service }) => service === 'ugd') && says(evidence, AT_WHERE)) return true;
  return services.some(({ span }) => standsBehindWhere(evidence, span));
}

/** "di mana poli gigi", "where is the dentist": the service itself right behind the question. */
function standsBehindWhere({ normal }: Evidence, { from }: Span): boolean {
  const before = normal.tokens.slice(Math.max(0, from - 3), from).map((token) => token.form);
  const at = before.findIndex((form) => AT_WHERE.test(form));
  return at >= 0 && before.slice(at + 1).every((form) => /^(is|are|the|a|poli|ruang|tempat|ya|sih|kak)$/.test(form));
}

/** "puskesmas mana yang bisa rontgen": looks for a facility that has something, not for an open one. */
function isOfSomething({ normal, signs }: Evidence): boolean {
  return (
    signs.has('has') &&
    /(mana|dimana) yang (bisa|ada|punya|melayani|menyediakan|terima|menerima) (?!berobat|periksa|buka|dekat|ugd|igd|bpjs|ktp)/.test(
      normal.text,
    )
  );
}

/** A service or facility and a time: "imunisasi lusa di Loa Janan bisa?". */
function isSoughtAtTime(evidence: Evidence): boolean {
  const { signs, time } = evidence;
  const sought = isAboutService(evidence) || signs.has('which') || signs.has('someone_there') || namesHouse(evidence);
  if (time === null || !sought) return false;
  return signs.has('can') || signs.has('which') || signs.has('has') || isQuestion(evidence);
}

/** "puskesmas mana", "puskesmas terdekat": which one to go to. */
function isSought(evidence: Evidence): boolean {
  const { signs } = evidence;
  if (!signs.has('which') && !signs.has('where_is')) return false;
  return !isAboutService(evidence) && !signs.has('list') && !isAddressAsked(evidence) && !isOfSomething(evidence);
}

/** An opening word counts where it is asked about, not where it is told: "tadi saya ke sana tutup". */
export function isOpenAsked({ signs, normal }: Evidence): boolean {
  const complains = signs.has('complaint');
  return (signs.get('open') ?? []).some((span) => {
    const clause = formsIn(normal, clauseSpan(normal, span));
    const isTold = complains || clause.some((form) => PAST.test(form));
    return !isTold || clause.some((form) => ASKING.test(form)) || (!complains && endsInQuestion(normal, span));
  });
}

/** "kemarin puskesmas Bangil buka?": a mark of question right behind the word. */
function endsInQuestion({ raw, tokens }: NormalText, { to }: Span): boolean {
  return /^\s*\?/.test(raw.slice(tokens[to - 1]?.end ?? raw.length));
}

const NEAREST = /\b(?:terdekat|trdekat|tdekat|paling d[ek]*[ae]t|nearest)\b/i;

/** "Puskesmas Lamaru di mana?": of a named facility its address, of a place which one there is. */
export function isAddressAsked(evidence: Evidence): boolean {
  const { signs, place, normal } = evidence;
  // "Rumah sakit terdekat mana" looks for one; "RS Siloam dekat mana" asks for its surroundings.
  if (place?.kind !== 'facility' && NEAREST.test(normal.raw) && !says(evidence, /^(alamat|lokasi|letak)/)) return false;
  if (signs.has('address')) return true;
  return signs.has('where_is') && place?.kind === 'facility' && !isOpenAsked(evidence);
}

/** "…, nomornya?": a clause of one word. */
const NUMBER_ALONE =
  /[?,.!]\s*(minta |min |dan )?(nom[eo]r|telp|telepon|telpon|kontak|nope|no hp)\w*\s*(berapa|brp|piro|brempa)?\s*([?.!,]|$)/i;

/** The telephone, the staff, the list, the stock: asked in words that mean nothing else. */
function isDirectlyAsked({ signs, normal }: Evidence): boolean {
  return NUMBER_ALONE.test(normal.raw) || ['phone', 'doctors', 'list', 'stock'].some((sign) => signs.has(sign));
}

/** The address, the telephone, the staff, the services of a facility, or the day of an event. */
export function asksAboutFacility(evidence: Evidence): boolean {
  const { signs, time } = evidence;
  // "cari tempat imunisasi" asks for no address.
  const seeksPlace = says(evidence, SEEK) && !says(evidence, /^alamat/) && isServiceSought(evidence);
  if (isDirectlyAsked(evidence) || (isAddressAsked(evidence) && !seeksPlace)) return true;
  if (signs.has('which_services') && (evidence.place !== null || namesHouse(evidence))) return true;
  if (signs.has('event') && !(signs.has('opt_in') && !signs.has('when'))) return true;
  if (signs.has('someone_there') && time === null && !asksOpen(evidence)) return true;
  if (isWhereAskedBesidePrice(evidence)) return true;
  if (isServiceSought(evidence)) return false;
  if (time !== null && !(isOpenAsked(evidence) && isOffered(evidence))) return false;
  if (!isAboutService(evidence)) return isOfferedByHouse(evidence) || isSomethingElseAsked(evidence);
  if (isOffered(evidence)) return true;
  const elsewhere = asksOpen(evidence) || asksEligibility(evidence) || signs.has('opt_in') || signs.has('complaint');
  return !elsewhere && (signs.has('has') || signs.has('where') || signs.has('which'));
}

/** "obat TB di mana, gratis tidak?", "tes HIV gratis kan, di ruang apa": where a service is given, in a clause without money. */
function isWhereAskedBesidePrice(evidence: Evidence): boolean {
  const { signs, services, normal, place } = evidence;
  if (!signs.has('money') || services.length === 0 || place === null || place.kind === 'outside') return false;
  const spans = [...(signs.get('where') ?? []), ...(signs.get('for_what') ?? []), ...(signs.get('which_room') ?? [])];
  return spans.some((span) => !formsIn(normal, clauseSpan(normal, span)).some((form) => MONEY.test(form)));
}

const MONEY = /^(bpjs|jkn|kis|bayar|gratis|biaya|tanggung|ktp|kk|kartu|daftar|urus|aktif)$/;

/** "puskesmas Tabang ada rontgen tidak?": asks a facility for what is no service of ours. */
function isSomethingElseAsked(evidence: Evidence): boolean {
  const { signs } = evidence;
  const elsewhere = asksOpen(evidence) || asksEligibility(evidence) || signs.has('opt_in') || signs.has('complaint');
  return (
    !elsewhere &&
    namesHouse(evidence) &&
    (signs.has('has') || isOfSomething(evidence)) &&
    isQuestion(evidence) &&
    !signs.has('advice')
  );
}

/** "ada rontgen gak di Puskesmas Beji terus bayarnya berapa": what is no service of ours, asked of a house. */
function isOfferedByHouse(evidence: Evidence): boolean {
  return isOffered(evidence) && namesHouse(evidence) && asksPlainly(evidence) && !asksOpen(evidence);
}

/** "ada ambulans", "USG ada tidak", "bisa cabut gigi?": asks in a clause of its own for the service itself. */
export function isOffered(evidence: Evidence): boolean {
  const { normal, signs } = evidence;
  return (signs.get('has') ?? []).some((span) => {
    const word = normal.tokens[span.from]?.form ?? '';
    if (/^(kalau|jika|bila|nek|amun)$/.test(normal.tokens[span.from - 1]?.form ?? '')) return false;
    const clause = clauseSpan(normal, span);
    if (!namesServiceIn(evidence, clause)) return false;
    const forms = formsIn(normal, clause).join(' ');
    if (/\b(jam|buka|tutup)\b/.test(forms)) return false;
    return OFFERS.test(word) ? isBeside(evidence, span, clause) : !OTHER_MATTER.test(forms);
  });
}

function namesServiceIn({ normal, services }: Evidence, { from, to }: Span): boolean {
  const named = services.some(
    ({ service, span }) => service !== 'referral_letter' && span.from >= from && span.to <= to,
  );
  return named || normal.tokens.slice(from, to).some((token) => SERVICE_NOUN.test(token.form));
}

/** "ada" right before the service, or at the end of its clause: "USG ada?"; "ada" elsewhere has another meaning. */
function isBeside(evidence: Evidence, { from, to }: Span, clause: Span): boolean {
  const { normal } = evidence;
  if (normal.tokens[from]?.form !== 'ada') return true;
  const next = normal.tokens[to]?.form ?? '';
  const closes = to >= clause.to || /^(tidak|kah|apa|ya|di)$/.test(next);
  return (
    namesServiceIn(evidence, { from: to, to: Math.min(to + 4, clause.to) }) ||
    (closes && namesServiceIn(evidence, { from: clause.from, to: from }))
  );
}

/** Money, papers and opening are asked about in their own right. */
const OTHER_MATTER =
  /\b(bpjs|jkn|kis|bayar|gratis|biaya|tanggung|ktp|kk|kartu|rujukan|buka|tutup|jam|sekarang|pakai|tanpa)\b/;

const SERVICE_NOUN =
  /^(dokter|rontgen|sunat|khitan|konseling|fisioterapi|layanan|poli|ahli|papsmear|iva|nebulizer|oksigen|hemodialisa)$/;

/** Money, cards and papers. */
export function asksEligibility(evidence: Evidence): boolean {
  const { signs } = evidence;
  const free = signs.has('money') && !signs.has('event_free');
  if (signs.has('referral') && !isOpenAsked(evidence) && evidence.time === null) return true;
  return signs.has('card') || free || signs.has('ktp') || signs.has('faskes') || signs.has('paperwork');
}

/** Wants a person: at this number, or the health office. */
export function wantsHuman(evidence: Evidence): boolean {
  const { signs } = evidence;
  return signs.has('human') || signs.has('office') || (signs.has('human_there') && !speaksOfHealth(evidence));
}

/** Complains, praises or suggests. */
export function givesFeedback(evidence: Evidence): boolean {
  const { signs } = evidence;
  const wasRefused = signs.has('refused') && (!asksPlainly(evidence) || says(evidence, PAST));
  return wasRefused || signs.has('complaint') || (signs.has('praise') && !signs.has('question'));
}

/** A greeting word, or a part of the day that opens the message and stands alone: "Pagi, ...". */
export function greets({ signs, normal }: Evidence): boolean {
  const [first, second] = normal.tokens;
  if (signs.has('greeting')) return true;
  return first !== undefined && /^(pagi|siang|sore|malam)$/.test(first.form) && first.boundary && second !== undefined;
}

/** Thanks in spellings that no list exhausts: makasehh, mksihh, tarimakasih. */
const THANKS = /\b(m[ae]*k[ae]*s[aei]*h+|t[ae]?r[ai]?i?ma ?ka?s[aei]*h*)\b/i;

/** Thanks in any spelling. */
export function givesThanks({ signs, normal }: Evidence): boolean {
  return signs.has('thanks') || THANKS.test(normal.raw);
}
