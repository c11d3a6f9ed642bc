import { INTENTS, type Intent } from '../../../domain/intent.js';
import type { NormalText, Span } from '../../language/index.js';
import type { ServiceFound } from '../services.js';
import type { PlaceAsked, TimeAsked } from '../types.js';
import type { Signs } from './signs.js';

/** What else is known of the message when its intents are decided. */
export interface Evidence {
  readonly normal: NormalText;
  readonly signs: Signs;
  readonly place: PlaceAsked | null;
  readonly services: readonly ServiceFound[];
  readonly time: TimeAsked | null;
}

const HEALTH =
  /^(puskesmas|pustu|rs|rsud|klinik|ugd|igd|poli|faskes|posyandu|bidan|dokter|loket|apotek|lab|berobat|periksa|bpjs|pelayanan|layanan)$/;
const HOUSE = /^(puskesmas|rs|pustu|klinik|faskes|ugd|igd)$/;
const PAST = /^(tadi|kemarin|semalam|barusan|padahal|wingi)$/;
const ASKING =
  /^(apa|apakah|tidak|berapa|mana|dimana|kapan|kah|kan|bisa|ada|tah|ta|masih|endi|ndi|piye|bagaimana|opo)$/;
/** Whoever tells of these speaks of a body, and "mengeluh" or "tidak menjawab" is said of a patient. */
const ILLNESS =
  /^(darah|perdarahan|kejang|pingsan|napas|sadar|ular|racun|muntah|tersedak|mules|melahirkan|brojol|luka|jatuh|terbakar|demam|nyeri|sesak|lemas|gigit|digigit|sakit|panas|kesetrum|setrum|tenggelam|biru|hamil|perut|dada|kepala|getih|mual|ketuban|lecet|bengkak|telan|menelan|bibir|gerak|keringat|darurat)$/;
/** Words of a complaint that no patient's state explains. */
const ABOUT_CARE =
  /^(pelayanan|layanan|antri|antrian|antrean|komplain|keluhan|pengaduan|kecewa|saran|kritik|kasar|galak|judes|jutek|ramah|data|bot|dilayani|ditolak|nolak|menolak|tolak|protes|petugas|perawat|hiv|penyakit)$/;
const ASKS_SOMEONE = /^(bicara|ngomong|petugas|admin|orang|sambung|operator|cs)$/;
/** Whoever asks what the bot can do says little else. */
const LONGEST_MENU_WISH = 10;
/** The menu beside another question: asked for in a clause without care in it. */
function isMenuAside({ normal, signs }: Evidence): boolean {
  return (signs.get('menu') ?? []).some((span) => {
    const clause = clauseSpan(normal, span);
    const isApart = clause.from > 0 || clause.to < normal.tokens.length;
    return isApart && !formsIn(normal, clause).some((form) => HOUSE.test(form));
  });
}

/** What a complaint or a word of praise to us may be about. */
const SERVED =
  /^(bot|info|jawab|data$|petugas|pelayanan|layanan|antri|antrean|antre|keluhan|komplain|pengaduan|saran|kritik|masuk$|masukan|kecewa|suster|perawat|bidan|dokter|nakes|obat|alamat|nomor|jam$|jadwal|toilet|wc|kamu|aplikasi|ruang|sistem|usul|puas|protes|ac$|kursi|parkir|loket)/;
const OFFERS = /^(ada|tersedia|punya|memiliki|melayani|menyediakan|terima|menerima|ono|layan)$/;

/** The intents of a message in their order of urgency; `emergency`, `choice` and `location` are others' to decide. */
export function decideIntents(evidence: Evidence): readonly Intent[] {
  const found = new Set<Intent>();
  for (const [intent, test] of TESTS) if (test(evidence)) found.add(intent);
  dropOverruled(found, evidence);
  const wish = isEmpty(found) ? serviceWish(evidence) : null;
  if (wish !== null) found.add(wish);
  if (isEmpty(found) && isOutOfScope(evidence)) found.add('out_of_scope');
  return INTENTS.filter((intent) => found.has(intent));
}

const TESTS: readonly (readonly [Intent, (evidence: Evidence) => boolean])[] = [
  ['open_now', asksOpen],
  ['facility_info', asksAboutFacility],
  ['eligibility', asksEligibility],
  ['opt_in', has('opt_in')],
  ['opt_out', has('opt_out')],
  ['human', wantsHuman],
  ['feedback', givesFeedback],
  ['privacy', has('privacy')],
  ['menu', ({ signs }) => signs.has('menu') || signs.has('which_services')],
  ['greeting', greets],
  ['thanks', ({ signs, normal }) => signs.has('thanks') || THANKS.test(normal.raw)],
];

/** Thanks in spellings that no list exhausts: makasehh, mksihh, tarimakasih. */
const THANKS = /\b(m[ae]*k[ae]*s[aei]*h+|t[ae]?r[ai]?i?ma ?ka?s[aei]*h*)\b/i;

function has(sign: string): (evidence: Evidence) => boolean {
  return ({ signs }) => signs.has(sign);
}

function speaksOfHealth({ normal, place, services }: Evidence): boolean {
  return place?.kind === 'facility' || services.length > 0 || normal.tokens.some((token) => HEALTH.test(token.form));
}

/** A facility by its name or kind. */
function namesHouse({ normal, place }: Evidence): boolean {
  return place?.kind === 'facility' || normal.tokens.some((token) => HOUSE.test(token.form));
}

/** A service other than the way to one: a referral letter is a matter of papers. */
function isAboutService({ services }: Evidence): boolean {
  return services.some(({ service }) => service !== 'referral_letter');
}

/** Whether something is open, or when; also which puskesmas to go to, and whether a service is given at a named time. */
function asksOpen(evidence: Evidence): boolean {
  const { signs, time, place } = evidence;
  if (isOpenAsked(evidence)) return true;
  if (signs.has('complaint') && !isQuestion(evidence)) return false;
  if (signs.has('opening_hours')) return speaksOfHealth(evidence) || place !== null || time !== null;
  if (signs.has('serving') && (time !== null || !asksEligibility(evidence)))
    return speaksOfHealth(evidence) || place !== null;
  if (signs.has('round_the_clock')) return speaksOfHealth(evidence) || place !== null;
  if (isDirectlyAsked(evidence) || signs.has('for_what')) return false;
  return isSoughtAtTime(evidence) || isSought(evidence);
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

function isQuestion({ signs, normal }: Evidence): boolean {
  return signs.has('question') || normal.raw.includes('?');
}

/** Words that only a question has; "ada" or "kan" may also tell. */
function asksPlainly({ normal }: Evidence): boolean {
  return (
    normal.raw.includes('?') ||
    normal.tokens.some((token) => /^(apa|apakah|berapa|mana|dimana|kapan|tidak|bagaimana|siapa)$/.test(token.form))
  );
}

/** An opening word counts where it is asked about, not where it is told: "tadi saya ke sana tutup". */
function isOpenAsked({ signs, normal }: Evidence): boolean {
  const complains = signs.has('complaint');
  return (signs.get('open') ?? []).some((span) => {
    const clause = clauseAround(normal, span);
    const isTold = complains || clause.some((form) => PAST.test(form));
    return !isTold || clause.some((form) => ASKING.test(form));
  });
}

/** "Puskesmas Lamaru di mana?": of a named facility its address, of a place which one there is. */
function isAddressAsked(evidence: Evidence): boolean {
  const { signs, place } = evidence;
  if (signs.has('address')) return true;
  return signs.has('where_is') && place?.kind === 'facility' && !isOpenAsked(evidence);
}

function clauseAround(normal: NormalText, span: Span): readonly string[] {
  return formsIn(normal, clauseSpan(normal, span));
}

function formsIn({ tokens }: NormalText, { from, to }: Span): readonly string[] {
  return tokens.slice(from, to).map((token) => token.form);
}

/** Up to eight words to either side, not across a pause or a word that begins another question. */
function clauseSpan({ tokens }: NormalText, span: Span): Span {
  let from = span.from;
  while (
    from > 0 &&
    tokens[from - 1]?.boundary !== true &&
    !JOINS.test(tokens[from - 1]?.form ?? '') &&
    span.from - from < 8
  )
    from -= 1;
  let to = span.to;
  while (
    to < tokens.length &&
    tokens[to - 1]?.boundary !== true &&
    !JOINS.test(tokens[to]?.form ?? '') &&
    to - span.to < 8
  )
    to += 1;
  return { from, to };
}

const JOINS = /^(dan|terus|lalu|sekalian|serta|tapi|tetapi|padahal|kalau|selain)$/;

/** "…, nomornya?": a clause of one word. */
const NUMBER_ALONE =
  /[?,.!]\s*(minta |min |dan )?(nom[eo]r|telp|telepon|telpon|kontak|nope|no hp)\w*\s*(berapa|brp|piro|brempa)?\s*([?.!,]|$)/i;

/** The telephone, the staff, the list, the stock: asked in words that mean nothing else. */
function isDirectlyAsked({ signs, normal }: Evidence): boolean {
  return NUMBER_ALONE.test(normal.raw) || ['phone', 'doctors', 'list', 'stock'].some((sign) => signs.has(sign));
}

function asksAboutFacility(evidence: Evidence): boolean {
  const { signs, time } = evidence;
  if (isDirectlyAsked(evidence) || isAddressAsked(evidence)) return true;
  if (signs.has('which_services') && (evidence.place !== null || namesHouse(evidence))) return true;
  if (signs.has('event') && !(signs.has('opt_in') && !signs.has('when'))) return true;
  if (signs.has('someone_there') && time === null && !asksOpen(evidence)) return true;
  if (time !== null && !(isOpenAsked(evidence) && isOffered(evidence))) return false;
  if (!isAboutService(evidence)) return isSomethingElseAsked(evidence);
  if (isOffered(evidence)) return true;
  const elsewhere = asksOpen(evidence) || asksEligibility(evidence) || signs.has('opt_in') || signs.has('complaint');
  return !elsewhere && (signs.has('has') || signs.has('where') || signs.has('which'));
}

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

/** "ada ambulans", "USG ada tidak", "bisa cabut gigi?": asks in a clause of its own for the service itself. */
function isOffered(evidence: Evidence): boolean {
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

function asksEligibility(evidence: Evidence): boolean {
  const { signs } = evidence;
  const free = signs.has('money') && !signs.has('event_free');
  if (signs.has('referral') && !isOpenAsked(evidence) && evidence.time === null) return true;
  return signs.has('card') || free || signs.has('ktp') || signs.has('faskes') || signs.has('paperwork');
}

function wantsHuman(evidence: Evidence): boolean {
  const { signs } = evidence;
  return signs.has('human') || signs.has('office') || (signs.has('human_there') && !speaksOfHealth(evidence));
}

function givesFeedback(evidence: Evidence): boolean {
  const { signs, normal } = evidence;
  const wasRefused =
    signs.has('refused') && (!asksPlainly(evidence) || normal.tokens.some((token) => PAST.test(token.form)));
  return wasRefused || signs.has('complaint') || (signs.has('praise') && !signs.has('question'));
}

/** A greeting word, or a part of the day that opens the message and stands alone: "Pagi, ...". */
function greets({ signs, normal }: Evidence): boolean {
  const [first, second] = normal.tokens;
  if (signs.has('greeting')) return true;
  return first !== undefined && /^(pagi|siang|sore|malam)$/.test(first.form) && first.boundary && second !== undefined;
}

/** What one sign says more surely than another. */
function dropOverruled(found: Set<Intent>, evidence: Evidence): void {
  const { signs, normal, place } = evidence;
  const names = (pattern: RegExp) => normal.tokens.some((token) => pattern.test(token.form));
  const drop = (...intents: readonly Intent[]) => {
    for (const intent of intents) found.delete(intent);
  };
  const ofCare = signs.has('card') || signs.has('ktp');
  if (signs.has('unrelated') && !speaksOfHealth(evidence) && !ofCare)
    drop('open_now', 'facility_info', 'eligibility', 'feedback');
  if (
    signs.has('unrelated') &&
    !ofCare &&
    !signs.has('for_what') &&
    !isOpenAsked(evidence) &&
    !isAddressAsked(evidence)
  )
    drop('open_now', 'facility_info');
  if (signs.has('chain'))
    drop('open_now', 'facility_info', 'eligibility', 'feedback', 'privacy', 'opt_out', 'opt_in', 'human');
  if (signs.has('not_ours') && !evidence.services.some(({ service }) => service === 'rabies_vaccine'))
    drop('open_now', 'facility_info', 'eligibility');
  if (found.has('opt_out')) drop('opt_in');
  if (found.has('opt_out') && !names(/^(data|datanya|privasi|chat|riwayat|akun)$/)) drop('privacy');
  if (
    found.has('privacy') &&
    !names(/^(pengumuman|langgan|info|kirim|mengirim|broadcast|pesan|henti|stop|siaran|notif|daftar)$/)
  )
    drop('opt_out');
  if (names(ILLNESS) && !names(ABOUT_CARE))
    drop('feedback', 'privacy', 'menu', ...(names(ASKS_SOMEONE) ? [] : (['human'] as const)));
  if (found.has('privacy') && !signs.has('card') && !signs.has('money')) drop('eligibility');
  if (found.has('privacy') && !names(/^(bicara|sambung|hubung)$/)) drop('human');
  if (found.has('opt_in') && !asksPlainly(evidence)) drop('open_now', 'facility_info');
  if (
    signs.has('event') &&
    signs.has('opening_hours') &&
    !isOpenAsked(evidence) &&
    evidence.time === null &&
    names(/^(posyandu|senam|massal|posbindu|donor|prolanis)$/)
  )
    drop('open_now');
  const stays = place?.kind === 'facility' || names(/^(puskesmas|rs|pustu|klinik)$/);
  if (found.has('privacy') && !signs.has('phone')) drop('menu');
  if (!stays && (found.has('privacy') || signs.has('office'))) drop('facility_info');
  const asksSomeone = signs.has('human') && names(ASKS_SOMEONE);
  if (!asksSomeone && (found.has('opt_in') || found.has('opt_out'))) drop('human');
  if (found.has('feedback') && !isQuestion(evidence)) drop('facility_info');
  if (found.has('feedback') && !isQuestion(evidence) && !ofCare) drop('eligibility');
  if (
    !isMenuAside(evidence) &&
    (normal.tokens.length > LONGEST_MENU_WISH || signs.has('unwell') || signs.has('advice'))
  )
    drop('menu');
  if (!speaksOfHealth(evidence) && !names(SERVED) && !found.has('opt_out')) drop('feedback');
  if (!isEmpty(new Set([...found].filter((intent) => intent !== 'menu'))) && !isMenuAside(evidence)) drop('menu');
}

/** True when nothing but courtesy was found. */
function isEmpty(found: ReadonlySet<Intent>): boolean {
  return ![...found].some((intent) => intent !== 'greeting' && intent !== 'thanks');
}

/**
 * What remains when nothing was asked outright. Who wants a service looks for where it is open; a question about a
 * facility or a service in words unknown is about it. A bare name may be an answer, and means nothing yet.
 */
function serviceWish(evidence: Evidence): Intent | null {
  const { signs, normal, time } = evidence;
  if (signs.has('advice') || signs.has('not_ours') || signs.has('unrelated') || signs.has('chain')) return null;
  const service = isAboutService(evidence);
  if (service && signs.has('can')) return 'open_now';
  if (signs.has('where') && evidence.place !== null && evidence.place.kind !== 'outside' && normal.tokens.length > 3)
    return 'facility_info';
  if (normal.tokens.length <= 3 || !(service || namesHouse(evidence)) || !isQuestion(evidence)) return null;
  return time === null ? 'facility_info' : 'open_now';
}

function isOutOfScope({ signs }: Evidence): boolean {
  return (
    signs.has('advice') || signs.has('unrelated') || signs.has('unwell') || signs.has('not_ours') || signs.has('chain')
  );
}
