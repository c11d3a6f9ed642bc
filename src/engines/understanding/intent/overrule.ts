import type { Intent } from '../../../domain/intent.js';
import {
  asksPlainly,
  clauseSpan,
  type Evidence,
  formsIn,
  HOUSE,
  isAboutService,
  isOfOthers,
  isOfPapers,
  isQuestion,
  isUnrelated,
  namesHouse,
  says,
  speaksOfHealth,
} from './evidence.js';
import { isAddressAsked, isOffered, isOpenAsked } from './wants.js';

/** Whoever tells of these speaks of a body, and "mengeluh" or "tidak menjawab" is said of a patient. */
const ILLNESS =
  /^(darah|perdarahan|kejang|pingsan|napas|sadar|ular|racun|muntah|tersedak|mules|melahirkan|brojol|luka|jatuh|terbakar|demam|nyeri|sesak|lemas|gigit|digigit|sakit|panas|kesetrum|setrum|tenggelam|biru|hamil|perut|dada|kepala|getih|mual|ketuban|lecet|bengkak|telan|menelan|bibir|gerak|keringat|darurat)$/;
/** Words of a complaint that no patient's state explains. */
const ABOUT_CARE =
  /^(pelayanan|layanan|antri|antrian|antrean|komplain|keluhan|pengaduan|kecewa|saran|kritik|kasar|galak|judes|jutek|ramah|data|bot|dilayani|ditolak|nolak|menolak|tolak|protes|petugas|perawat|hiv|penyakit)$/;
const ASKS_SOMEONE = /^(bicara|ngomong|petugas|admin|orang|sambung|operator|cs)$/;
/** Whoever asks what the bot can do says little else. */
const LONGEST_MENU_WISH = 10;
/** What a complaint or a word of praise to us may be about. */
const SERVED =
  /^(bot|info|jawab|data$|petugas|pelayanan|layanan|antri|antrean|antre|keluhan|komplain|pengaduan|saran|kritik|masuk$|masukan|kecewa|suster|perawat|bidan|dokter|nakes|obat|alamat|nomor|jam$|jadwal|toilet|wc|kamu|aplikasi|ruang|sistem|usul|puas|protes|ac$|kursi|parkir|loket)/;
const OF_ANNOUNCEMENTS = /^(pengumuman|langgan|info|kirim|mengirim|broadcast|pesan|henti|stop|siaran|notif|daftar)$/;
const OF_DATA = /^(data|datanya|privasi|chat|riwayat|akun)$/;

/** When some evidence makes intents doubtful that were found. */
interface Overrule {
  readonly when: (evidence: Evidence, found: ReadonlySet<Intent>) => boolean;
  readonly drop: readonly Intent[];
}

const ABOUT_CARE_INTENTS: readonly Intent[] = ['open_now', 'facility_info', 'eligibility'];

/** In this order; later ones see what earlier ones left. */
const OVERRULES: readonly Overrule[] = [
  { when: isOfOthers, drop: [...ABOUT_CARE_INTENTS, 'feedback'] },
  {
    when: (e) => isUnrelated(e) && !speaksOfHealth(e) && !isOfPapers(e),
    drop: [...ABOUT_CARE_INTENTS, 'feedback'],
  },
  {
    when: (e) => isUnrelated(e) && !isOfPapers(e) && !e.signs.has('for_what') && !asksOfCare(e),
    drop: ['open_now', 'facility_info'],
  },
  { when: (e) => e.signs.has('eating') && !namesHouse(e), drop: ['facility_info'] },
  {
    when: (e) => e.signs.has('chain'),
    drop: [...ABOUT_CARE_INTENTS, 'feedback', 'privacy', 'opt_out', 'opt_in', 'human'],
  },
  {
    when: (e) => e.signs.has('not_ours') && !e.services.some(({ service }) => service === 'rabies_vaccine'),
    drop: ABOUT_CARE_INTENTS,
  },
  { when: (_, found) => found.has('opt_out'), drop: ['opt_in'] },
  { when: (e, found) => found.has('opt_out') && !says(e, OF_DATA), drop: ['privacy'] },
  { when: (e, found) => found.has('privacy') && !says(e, OF_ANNOUNCEMENTS), drop: ['opt_out'] },
  { when: (e) => tellsOfBody(e) && !says(e, ABOUT_CARE), drop: ['feedback', 'privacy', 'menu'] },
  { when: (e) => tellsOfBody(e) && !says(e, ABOUT_CARE) && !says(e, ASKS_SOMEONE), drop: ['human'] },
  { when: (e, found) => found.has('privacy') && !e.signs.has('card') && !e.signs.has('money'), drop: ['eligibility'] },
  { when: (e, found) => found.has('privacy') && !says(e, /^(bicara|sambung|hubung)$/), drop: ['human'] },
  { when: (e, found) => found.has('privacy') && isSecretCare(e), drop: ['privacy'] },
  { when: (e, found) => found.has('opt_in') && !asksPlainly(e), drop: ['open_now', 'facility_info'] },
  { when: isDayOfEvent, drop: ['open_now'] },
  { when: (e) => e.signs.has('card_matter') && !isOpenAsked(e) && !isToBeTreated(e), drop: ['open_now'] },
  {
    when: (e) =>
      e.signs.has('other_place') && !e.signs.has('which_services') && !e.signs.has('phone') && !isOfFacility(e),
    drop: ['facility_info', 'menu'],
  },
  { when: (e, found) => found.has('privacy') && !e.signs.has('phone') && !isMenuAside(e), drop: ['menu'] },
  {
    when: (e, found) => !isOfFacility(e) && (found.has('privacy') || found.has('opt_out') || e.signs.has('office')),
    drop: ['facility_info'],
  },
  {
    when: (e, found) =>
      !(e.signs.has('human') && says(e, ASKS_SOMEONE)) && (found.has('opt_in') || found.has('opt_out')),
    drop: ['human'],
  },
  {
    when: (e, found) => found.has('human') && e.signs.has('someone_there') && !isOfFacility(e) && !isAboutService(e),
    drop: ['facility_info'],
  },
  { when: (e, found) => found.has('feedback') && !isQuestion(e), drop: ['facility_info'] },
  { when: (e, found) => found.has('feedback') && !isQuestion(e) && !isOfPapers(e), drop: ['eligibility'] },
  {
    when: (e) =>
      !isMenuAside(e) && (e.normal.tokens.length > LONGEST_MENU_WISH || e.signs.has('unwell') || e.signs.has('advice')),
    drop: ['menu'],
  },
  { when: (e, found) => !speaksOfHealth(e) && !says(e, SERVED) && !found.has('opt_out'), drop: ['feedback'] },
  { when: (e) => e.place?.kind === 'facility' && !isMenuAside(e), drop: ['menu'] },
  { when: (e, found) => hasSubstance(found) && !isMenuAside(e), drop: ['menu'] },
];

/** Takes away what other evidence makes doubtful. Changes `found`. */
export function dropOverruled(found: Set<Intent>, evidence: Evidence): void {
  for (const { when, drop } of OVERRULES) {
    if (when(evidence, found)) for (const intent of drop) found.delete(intent);
  }
}

/** Something more than courtesy or the menu. */
function hasSubstance(found: ReadonlySet<Intent>): boolean {
  return [...found].some((intent) => intent !== 'menu' && intent !== 'greeting' && intent !== 'thanks');
}

/** A word of a body or its illness; the head of an office is no head, and fever medicine that has run out no fever. */
function tellsOfBody({ normal }: Evidence): boolean {
  const formAt = (at: number) => normal.tokens[at]?.form ?? '';
  return normal.tokens.some(({ form }, at) => {
    if (!ILLNESS.test(form) || /^(obat|vaksin)$/.test(formAt(at - 1))) return false;
    return form !== 'kepala' || !OFFICE.test(formAt(at + 1));
  });
}

/** "Tes HIV rahasia di mana", "mau cerita ke psikolog": discreet care is looked for; what we keep is not asked. */
function isSecretCare(evidence: Evidence): boolean {
  const isSought = evidence.place !== null || evidence.signs.has('where');
  return isSought && isAboutService(evidence) && says(evidence, SECRETLY) && !says(evidence, KEPT_HERE);
}

const SECRETLY = /^(rahasia|dirahasiakan|privat|private|cerita|curhat)$/;
const KEPT_HERE =
  /^(data|datanya|chat|pesan|nomor|bot|sini|disini|aman|simpan|riwayat|identitas|bocor|sebar|nama|hapus)$/;

const OFFICE = /^(dinkes|dinas|kantor|bidang|bagian|puskesmas)$/;

/** "psikolog ada? stres karena skripsi": what is asked is ours, whatever is told beside it. */
function asksOfCare(evidence: Evidence): boolean {
  const hours = evidence.signs.has('opening_hours') && namesHouse(evidence);
  return hours || isOpenAsked(evidence) || isAddressAsked(evidence) || isOffered(evidence);
}

function isOfFacility(evidence: Evidence): boolean {
  return evidence.place?.kind === 'facility' || says(evidence, /^(puskesmas|rs|pustu|klinik)$/);
}

/** "bpjs mati, berobat di mana?": care is looked for, not only the way to the card. */
function isToBeTreated(evidence: Evidence): boolean {
  return namesHouse(evidence) || isAboutService(evidence) || says(evidence, /^(berobat|sakit|obat|dirawat|opname)$/);
}

/** "posyandu hari apa": the day of an event, not the hours of a facility. */
function isDayOfEvent(evidence: Evidence): boolean {
  const { signs, time } = evidence;
  if (!signs.has('event') || !signs.has('opening_hours') || time !== null || isOpenAsked(evidence)) return false;
  return says(evidence, /^(posyandu|senam|massal|posbindu|donor|prolanis)$/);
}

/** The menu beside another question: asked for in a clause without care in it. */
function isMenuAside({ normal, signs }: Evidence): boolean {
  return (signs.get('menu') ?? []).some((span) => {
    const clause = clauseSpan(normal, span);
    const isApart = clause.from > 0 || clause.to < normal.tokens.length;
    return isApart && !formsIn(normal, clause).some((form) => HOUSE.test(form));
  });
}
