import type { CardId } from './cards.js';

/**
 * What the cards rest on. `basis` says how far the source itself was seen: `read` in the page named or an excerpt of it, `summary` only through
 * someone else's account of it, `knowledge` not seen at all: known practice, which a clinician must confirm first.
 */
export interface CardSource {
  readonly name: string;
  /** Year or day of publication; null where the page shows none. */
  readonly published: string | null;
  /** The day on which it was looked up, YYYY-MM-DD. */
  readonly checkedOn: string;
  readonly basis: 'read' | 'summary' | 'knowledge';
}

const CHECKED = '2026-11-22';

function source(name: string, published: string | null, basis: CardSource['basis']): CardSource {
  return { name, published, checkedOn: CHECKED, basis };
}

/** Written in Indonesian: clinicians of the health office read them on the review page. */
const CARD_SOURCES = {
  aha25: source('AHA CPR & ECC 2025, lewat ringkasan thewhitehallpharmacy dan open-exam-prep', '2025-10', 'summary'),
  aha25Infant: source('AHA CPR & ECC 2025, pijat jantung dan napas buatan anak', '2025-10', 'knowledge'),
  erc21: source('ERC Guidelines 2021, First Aid (Resuscitation 161:270–290)', '2021', 'knowledge'),
  erc21Paediatric: source('ERC Guidelines 2021, Paediatric Life Support', '2021', 'knowledge'),
  ifrc20: source('IFRC First Aid, Resuscitation and Education Guidelines', '2020', 'knowledge'),
  ifrcBirth: source('IFRC, globalfirstaidcentre.org/emergency-childbirth', '2020', 'read'),
  ifrcDiabetes: source('IFRC, globalfirstaidcentre.org/diabetic-emergency', '2020', 'read'),
  anzcor929: source('ANZCOR Guideline 9.2.9, diabetes', null, 'read'),
  smj21: source('Singapore First Aid Guidelines', '2021', 'summary'),
  sardjito20: source('Bantuan hidup dasar, RSUP Dr. Sardjito (flipbuilder)', '2020', 'read'),
  kompasUmm23: source('Kompas bersama UMM, pertolongan pertama luka dan helm', '2023-09-08', 'read'),
  harvardNose: source('Harvard Health, Emergencies and First Aid: nosebleed', null, 'read'),
  kompasSeizure21: source('Kompas bersama FKUI, kejang demam', '2021-10-14', 'read'),
  satriabudi25: source('IDAI lewat kliniksatriabudi, kejang demam', '2025-10-29', 'summary'),
  epilepsy: source('epilepsyandu; ci.roseville; sligoctc: pertolongan kejang dewasa', null, 'read'),
  segera21: source('Kemenkes "SeGeRa Ke RS" lewat gatra', '2021-05-18', 'summary'),
  strokeSuara21: source('amp.suara, pertolongan stroke', '2021-05-21', 'read'),
  perki16: source('Ketua PERKI lewat utakatikotak, serangan jantung', '2016', 'summary'),
  heart24: source('xcloud, nyeri dada', '2024-11-17', 'read'),
  tribunAsthma21: source('health.tribunnews (NHS), asma', '2021-08-20', 'summary'),
  imciKompas19: source('IDAI/MTBS lewat Kompas: napas cepat dan tanda bahaya anak', '2019-12-07', 'summary'),
  imci: source('WHO IMCI / MTBS, tanda bahaya umum', null, 'knowledge'),
  ascia: source('ASCIA Action Plan for Anaphylaxis, lewat gizmo; learnfirstaidonline', null, 'summary'),
  burnsWho: source('Anjuran WHO soal luka bakar, lewat sg.news.yahoo', null, 'summary'),
  acid26: source('mediaindonesia, siraman air keras', '2026-03-13', 'read'),
  snakeWho19: source('WHO, pertolongan pertama gigitan ular (gmswamy)', '2019', 'summary'),
  snakeMaharani23: source('dr. Tri Maharani / WHO Indonesia lewat jakarta.tribunnews', '2023-01-05', 'read'),
  rabies19: source('Kemenkes lewat bisnis.com, gigitan hewan penular rabies', '2019-03-01', 'summary'),
  rabies25: source('era.id, rabies', '2025-09-24', 'read'),
  poisonNz: source('poisons.co.nz; nationalfirstaid', null, 'read'),
  poisonUgm21: source('Toksikolog UGM lewat manado.tribunnews', '2021-05-06', 'read'),
  drowning: source('sja.org.uk; moh.gov.sa, tenggelam', null, 'read'),
  pln: source('PLN Kalbagtim lewat nomorsatukaltim, sengatan listrik', null, 'read'),
  headMayo: source('Mayo lewat mymlc; chp.edu, cedera kepala', null, 'summary'),
  bkia: source('Buku KIA Kemenkes, lewat liputan6 2150891 dan modul 2022', '2022', 'summary'),
  bkiaNewborn15: source('Buku KIA 2015, lewat hamilbayi', '2015', 'summary'),
  dengueWho11: source('WHO 2011 lewat 123dok; Prof. Sri Rezeki lewat viva', '2011', 'summary'),
  whoPlanA: source('WHO Plan A, oralit dan cairan rumah', null, 'knowledge'),
  heat: source('abacustraining; hippomd; healthxchange, sengatan panas', null, 'read'),
  stJohnEye: source('St John NZ lewat wildsidezim, cedera mata', null, 'summary'),
  abdomenHandout: source('patients-care.com, lembar pasien radang usus buntu', null, 'read'),
  mhfa: source('MHFA (studylib 11168037); Delphi BMC Psychiatry', '2018', 'summary'),
  healing119: source('Kemenkes, healing119.id (kesprimkom); lama balasan: murianetwork', '2025-12-20', 'read'),
  sexual22: source('Kemenkes, algoritme kekerasan seksual (slidepub); health.detik d-6253272', '2022', 'summary'),
  sapa: source('SAPA 129: jakarta365; prokalteng', '2026-02-11', 'read'),
} as const satisfies Readonly<Record<string, CardSource>>;

type SourceId = keyof typeof CARD_SOURCES;

/** Where sources disagree: what the card follows, what it leaves, and why. */
export interface CardConflict {
  readonly about: string;
  readonly followed: string;
  readonly left: string;
  readonly why: string;
}

function conflict(about: string, followed: string, left: string, why: string): CardConflict {
  return { about, followed, left, why };
}

const CARD_CONFLICTS = {
  cprPulse: conflict(
    'Pijat jantung dewasa',
    '100–120 per menit, tanpa mencari nadi, terus sampai bantuan datang',
    'Kompas 2020: 100 per menit, periksa nadi tiap 2 menit, berhenti sesudah 20 menit',
    'Anjuran itu sudah ditinggalkan; AHA 2025 dan ERC 2021 tidak menyuruh orang awam memeriksa nadi.',
  ),
  childBreaths: conflict(
    'Napas pertama pada anak',
    '5 napas dulu, lalu 30 tekanan dan 2 napas (ERC 2021)',
    'AHA: mulai dari 30 tekanan, 2 napas',
    'Henti jantung anak dan korban tenggelam umumnya berawal dari kurang oksigen. Keduanya boleh; tim klinis memilih.',
  ),
  infantHands: conflict(
    'Cara menekan dada bayi',
    'Dua ibu jari (AHA 2025)',
    'Dua jari di bawah garis puting (ajaran lama)',
    'Dua jari sering terlalu dangkal; AHA 2025 tidak lagi menganjurkannya.',
  ),
  chokingBlows: conflict(
    'Tersedak',
    '5 pukulan punggung lalu 5 sentakan perut, bergantian (AHA 2025)',
    'Halaman lama: hanya sentakan perut (Heimlich)',
    'AHA 2025 sejalan dengan ERC: pukulan punggung dulu. Bayi tidak pernah ditekan perutnya.',
  ),
  bleedingOld: conflict(
    'Perdarahan anggota tubuh',
    'Tekan langsung; ikat (torniket) hanya oleh yang terlatih dan tidak dilonggarkan',
    'Naijabuzzhub, iafya: longgarkan tiap 15 menit; tinggikan dan tekan titik nadi',
    'ERC 2021 dan IFRC 2020 tidak menganjurkan peninggian, titik tekan, atau pelonggaran.',
  ),
  seizureMouth: conflict(
    'Kejang: isi mulut',
    'Tidak ada apa pun ke mulut',
    'Kumparan 2020: ganjal dengan kasa',
    'Bisa menutup jalan napas atau mematahkan gigi; IDAI melarang.',
  ),
  seizureMinutes: conflict(
    'Kejang: kapan ke IGD',
    'Lebih dari 5 menit',
    '15 menit',
    '15 menit adalah batas diagnosis kejang demam kompleks, bukan batas bertindak.',
  ),
  heartTime: conflict(
    'Nyeri dada: batas waktu',
    'Segera, tanpa menunggu menit tertentu',
    '"Lebih dari 15 menit"; golden time 90 menit, 6 jam, 12 jam',
    'Angka berbeda-beda dan bisa membuat orang menunggu.',
  ),
  heartAspirin: conflict(
    'Aspirin pada nyeri dada',
    'Hanya bila petugas menyuruh',
    'ERC 2021: kunyah aspirin bila tidak alergi',
    'Kartu tidak memuat dosis obat; alergi, perdarahan, dan stroke tidak dapat diperiksa lewat pesan.',
  ),
  asthmaPuffs: conflict(
    'Obat hirup asma',
    'Sesuai petunjuk dokternya, tanpa jumlah semprotan',
    '4 semprotan tiap 4 menit; atau 1 tiap 30–60 detik sampai 10',
    'Kartu tidak memuat dosis obat.',
  ),
  burnMinutes: conflict(
    'Lama mendinginkan luka bakar',
    '20 menit',
    '10; 10–15; 15–20 menit',
    'Anjuran terkini 20 menit, berguna sampai sekitar 3 jam sesudah kejadian.',
  ),
  snakeLow: conflict(
    'Gigitan ular',
    'Bidai, diam, rumah sakit secepatnya; tanpa ikatan',
    'Kompas 24-3-2025 (pawang): anggota tubuh di bawah jantung, "serum dalam 20–30 menit atau mati"',
    'Tidak didukung WHO; menakutkan tanpa manfaat. Perban tekan hanya untuk yang terlatih.',
  ),
  rabiesWash: conflict('Lama mencuci gigitan', '15 menit', '10; 10–15 menit', 'Kemenkes dan WHO: 15 menit.'),
  poisonVomit: conflict(
    'Memuntahkan racun, norit, susu',
    'Tidak pernah di rumah',
    'BPOM/SIKerNas 2009: muntahkan obat di bawah 1–2 jam, norit untuk pestisida; blog: muntahkan singkong beracun',
    'Risiko masuk paru lebih besar daripada manfaatnya; aturan toksikologi sekarang melarang di rumah.',
  ),
  drowningBreaths: conflict(
    'Napas pertama korban tenggelam',
    '5 napas (ERC 2021)',
    '2 napas (AHA)',
    'Keduanya memulai dengan napas; 5 dipilih agar sama dengan kartu anak.',
  ),
  electricMetres: conflict(
    'Jarak dari kabel tegangan tinggi',
    '"Menjauh sekali", tanpa angka',
    'Kompas 10-1-2022: 3 meter; PLN: "minimal enam …" (kutipan terpotong)',
    'Angka PLN tidak dapat dibaca utuh; angka kecil bisa membahayakan.',
  ),
  newbornFever: conflict(
    'Batas demam bayi',
    '37,5 °C (dipakai saat mengenali, tidak dicetak di kartu)',
    '38 °C',
    'Di bawah dua bulan batas yang lebih rendah lebih aman.',
  ),
  oralitHome: conflict(
    'Larutan gula-garam rumahan',
    '1 liter air + 6 sendok teh peres gula + ½ sendok teh peres garam, hanya bila tidak ada oralit',
    '8 sdt; 2–6 sendok makan gula; 1 sdt garam; per gelas',
    'Banyak resep beredar terlalu asin; ini resep WHO.',
  ),
  eyeNeutralise: conflict(
    'Mata kena bahan kimia',
    'Air saja',
    'identif.id: netralkan dengan cuka atau soda',
    'Menetralkan menimbulkan panas dan menunda pembilasan.',
  ),
  nosebleedMinutes: conflict(
    'Lama memencet hidung',
    '10 menit',
    'Harvard: 5 menit, lalu 10 menit lagi',
    'Satu angka yang mudah diingat; sumber lain menyebut 10–15 menit.',
  ),
  healingFirst: conflict(
    'Layanan krisis jiwa',
    '119 dan orang terdekat dulu; 119 ext 8 dan healing119.id hanya tambahan',
    'Kemenkes: 24 jam',
    'Balasan WhatsApp rata-rata 3 jam 45 menit (Des 2025) dan sambungan sering sibuk.',
  ),
} as const satisfies Readonly<Record<string, CardConflict>>;

type ConflictId = keyof typeof CARD_CONFLICTS;

/** What each card rests on, and where its sources disagree. */
const CARD_BASIS: Readonly<Record<CardId, readonly [sources: readonly SourceId[], conflicts?: readonly ConflictId[]]>> =
  {
    unconscious_adult: [['sardjito20', 'aha25', 'erc21'], ['cprPulse']],
    unconscious_child: [['erc21Paediatric', 'aha25Infant'], ['childBreaths']],
    unconscious_infant: [
      ['erc21Paediatric', 'aha25Infant'],
      ['childBreaths', 'infantHands'],
    ],
    unconscious_faint: [['erc21', 'ifrcDiabetes']],
    breathing_adult: [['tribunAsthma21', 'erc21'], ['asthmaPuffs']],
    breathing_child: [
      ['imciKompas19', 'imci'],
      ['asthmaPuffs', 'childBreaths'],
    ],
    choking_adult: [['aha25'], ['chokingBlows']],
    choking_child: [
      ['aha25', 'erc21Paediatric'],
      ['chokingBlows', 'childBreaths'],
    ],
    choking_infant: [
      ['aha25', 'aha25Infant'],
      ['chokingBlows', 'infantHands'],
    ],
    choking_pregnant: [['aha25'], ['chokingBlows']],
    choking_after: [['aha25', 'erc21']],
    bleeding: [['kompasUmm23', 'erc21', 'smj21'], ['bleedingOld']],
    bleeding_urgent: [['harvardNose', 'kompasUmm23'], ['nosebleedMinutes']],
    seizure_adult: [['epilepsy', 'ifrc20'], ['seizureMouth']],
    seizure_child: [
      ['kompasSeizure21', 'satriabudi25'],
      ['seizureMouth', 'seizureMinutes'],
    ],
    seizure_pregnant: [['bkia', 'epilepsy'], ['seizureMouth']],
    seizure_stopped: [
      ['kompasSeizure21', 'epilepsy'],
      ['seizureMouth', 'seizureMinutes'],
    ],
    stroke: [['segera21', 'strokeSuara21']],
    heart: [
      ['perki16', 'heart24', 'erc21'],
      ['heartTime', 'heartAspirin'],
    ],
    allergy: [['ascia', 'erc21']],
    burn: [['burnsWho', 'acid26'], ['burnMinutes']],
    snakebite: [['snakeWho19', 'snakeMaharani23'], ['snakeLow']],
    animal_bite: [['rabies19', 'rabies25'], ['rabiesWash']],
    animal_attack: [
      ['kompasUmm23', 'rabies19', 'erc21'],
      ['bleedingOld', 'rabiesWash'],
    ],
    poisoning_adult: [['poisonNz', 'poisonUgm21'], ['poisonVomit']],
    poisoning_child: [
      ['poisonNz', 'poisonUgm21'],
      ['poisonVomit', 'childBreaths'],
    ],
    poisoning_food: [['poisonUgm21', 'whoPlanA'], ['poisonVomit']],
    drowning: [['drowning', 'erc21'], ['drowningBreaths']],
    electric: [['pln', 'erc21'], ['electricMetres']],
    accident: [['headMayo', 'kompasUmm23']],
    accident_urgent: [['headMayo']],
    pregnancy: [['bkia', 'ifrcBirth']],
    birth: [['ifrcBirth', 'ifrc20'], ['childBreaths']],
    birth_urgent: [['bkia', 'ifrcBirth']],
    newborn: [
      ['bkiaNewborn15', 'erc21Paediatric'],
      ['newbornFever', 'childBreaths'],
    ],
    child: [['imciKompas19', 'imci']],
    dengue: [['dengueWho11']],
    dehydration: [['whoPlanA'], ['oralitHome']],
    heatstroke: [['heat', 'smj21', 'erc21']],
    hypoglycemia: [['ifrcDiabetes', 'anzcor929']],
    eye: [['acid26', 'stJohnEye'], ['eyeNeutralise']],
    abdomen: [['abdomenHandout']],
    suicidal_now: [
      ['mhfa', 'healing119'],
      ['healingFirst', 'poisonVomit'],
    ],
    suicidal_wish: [['mhfa', 'healing119'], ['healingFirst']],
    violence_now: [['sapa', 'sexual22']],
    violence_after: [['sexual22', 'sapa']],
    other: [['erc21', 'sardjito20']],
  };

/** A clinician's word that the text may be used. */
export interface SignOff {
  readonly by: string;
  /** YYYY-MM-DD. */
  readonly on: string;
}

/** Cards that a clinician has signed off. None yet: staff see "belum ditinjau klinisi" on every one. */
const SIGN_OFFS: Partial<Readonly<Record<CardId, SignOff>>> = {};

/** Sources, conflicts and sign-off of a card. */
export function basisOf(id: CardId): {
  readonly sources: readonly CardSource[];
  readonly conflicts: readonly CardConflict[];
  readonly signOff: SignOff | null;
} {
  const [sources, conflicts = []] = CARD_BASIS[id];
  return {
    sources: sources.map((source) => CARD_SOURCES[source]),
    conflicts: conflicts.map((each) => CARD_CONFLICTS[each]),
    signOff: SIGN_OFFS[id] ?? null,
  };
}
