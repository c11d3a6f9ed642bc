import type { NormalText, Token } from '../language/index.js';

/** Numbers of a message that decide about danger; null where none was named. */
export interface Figures {
  /** Age of the sick person in days: "umur 3 minggu" → 21. Months count 30 days, years 365. */
  readonly ageDays: number | null;
  /** Days of fever: "panas 4 hari", "demam hari ke 5". */
  readonly feverDays: number | null;
  /** Body temperature in °C. */
  readonly celsius: number | null;
  /** Blood sugar in mg/dL. */
  readonly sugar: number | null;
  /** Oxygen saturation in percent. */
  readonly saturation: number | null;
  /** Breaths a minute. */
  readonly breaths: number | null;
  /** Systolic blood pressure in mmHg. */
  readonly systolic: number | null;
  /** The highest count of times: "muntah 6 kali". */
  readonly times: number | null;
  /** Thrombocytes in thousands per µL. */
  readonly platelets: number | null;
  /** Pills or tablets that were swallowed. */
  readonly pills: number | null;
  /** How long it lasts, in minutes, when minutes were named: "kejang sudah 10 menit". */
  readonly minutes: number | null;
}

const DAYS: Readonly<Record<string, number>> = { jam: 0, hari: 1, minggu: 7, bulan: 30, tahun: 365 };
const PREGNANCY = new Set(['hamil', 'kandungan', 'kehamilan', 'gestasi', 'janin', 'uk', 'pregnant']);
const FEVER = new Set([
  'demam',
  'panas',
  'suhu',
  'temperatur',
  't',
  'badan',
  'termometer',
  'anget',
  'hangat',
  'temperature',
]);

/** Reads the numbers of a message by the words beside them. */
export function figuresOf(normal: NormalText): Figures {
  const found: { -readonly [K in keyof Figures]: Figures[K] } = {
    ageDays: null,
    feverDays: null,
    celsius: null,
    sugar: null,
    saturation: null,
    breaths: null,
    systolic: null,
    times: null,
    platelets: null,
    pills: null,
    minutes: null,
  };
  const tokens = normal.tokens;
  for (let at = 0; at < tokens.length; at++) {
    const value = numberOf(tokens[at]);
    if (value === null) continue;
    const next = tokens[at + 1]?.form ?? '';
    const near = (words: ReadonlySet<string>, back = 4) => anyBefore(tokens, at, words, back);
    if (next in DAYS) {
      const days = value * (DAYS[next] ?? 0);
      if (isAge(tokens, at, next, value)) found.ageDays ??= days;
      else if (next === 'hari' && isFeverDay(tokens, at)) found.feverDays = Math.max(found.feverDays ?? 0, value);
      continue;
    }
    if (PILLS.has(next)) found.pills = Math.max(found.pills ?? 0, next === 'strip' ? value * 10 : value);
    else if (next === 'menit') found.minutes = Math.max(found.minutes ?? 0, value);
    else if (next === 'kali' || next === 'x') {
      if (tokens[at + 2]?.form === 'menit' || tokens[at + 3]?.form === 'menit' || near(BREATHS, 3))
        found.breaths = value;
      else found.times = Math.max(found.times ?? 0, value);
    } else if (isDayNumber(tokens, at, value)) found.feverDays = Math.max(found.feverDays ?? 0, value);
    else if (value >= 20 && value <= 800 && near(SUGAR, 4) && !near(PRESSURE, 2)) found.sugar = value;
    else if (value >= 30 && value <= 100 && near(OXYGEN, 7)) found.saturation = value;
    else if (
      value >= 10 &&
      value <= 120 &&
      (near(BREATHS, 2) || (next === 'per' && tokens[at + 2]?.form === 'menit' && near(NAPAS, 5)))
    ) {
      found.breaths = value;
    } else if (value >= 60 && value <= 300 && near(PRESSURE, 4)) found.systolic ??= value;
    else if (near(PLATELETS, 4)) found.platelets = value >= 1000 ? value / 1000 : value;
    else if (value >= 33 && value <= 43 && (near(FEVER, 4) || DEGREE.has(next)))
      found.celsius = Math.max(found.celsius ?? 0, value);
    else if (isBareAge(tokens, at, value)) found.ageDays ??= value * 365;
  }
  return found;
}

/** "hari ke 4", "hari keempat": a day of the illness. */
function isDayNumber(tokens: readonly Token[], at: number, value: number): boolean {
  const before = tokens[at - 1];
  if (value > 14) return false;
  if (before?.form === 'ke' && tokens[at - 2]?.form === 'hari') return true;
  return before?.form === 'hari' && (tokens[at]?.raw ?? '').startsWith('ke');
}

const PILLS = new Set([
  'butir',
  'tablet',
  'pil',
  'kapsul',
  'biji',
  'strip',
  'paramex',
  'panadol',
  'bodrex',
  'paracetamol',
  'obat',
]);
const SUGAR = new Set(['gula', 'gds', 'gdp', 'gd', 'sugar']);
const OXYGEN = new Set(['oksigen', 'spo2', 'saturasi', 'sat']);
const BREATHS = new Set(['rr', 'respirasi', 'napas', 'rate']);
const NAPAS = new Set(['napas', 'frekuensi', 'respirasi']);
const PRESSURE = new Set(['tensi', 'td', 'tekanan', 'hipertensi', 'bp', 'tekan', 'tensinya']);
const PLATELETS = new Set(['trombosit', 'plt']);
const DEGREE = new Set(['derajat', 'c', 'celcius', 'celsius']);
const AGE = new Set(['umur', 'usia', 'age', 'aged']);
const BORN = new Set([
  'bayi',
  'anak',
  'adik',
  'balita',
  'neonatus',
  'cucu',
  'keponakan',
  'laki',
  'perempuan',
  'pria',
  'wanita',
  'bapak',
  'ibu',
  'kakek',
  'nenek',
  'batita',
  'remaja',
  'siswa',
  'pasien',
  'seorang',
]);
const LENGTH = new Set(['selama', 'sejak', 'sudah', 'dari', 'tiap', 'setiap', 'hampir', 'lebih', 'sekitar', 'nunggak']);

function numberOf(token: Token | undefined): number | null {
  if (token === undefined || !/^\d{1,6}(\.\d+)?$/.test(token.form)) return null;
  const value = Number(token.form);
  return Number.isFinite(value) ? value : null;
}

function anyBefore(tokens: readonly Token[], at: number, words: ReadonlySet<string>, back: number): boolean {
  for (let i = Math.max(0, at - back); i < at; i++) if (words.has(tokens[i]?.form ?? '')) return true;
  return false;
}

/** "umur 2 bulan", "bayi 5 hari", "anak saya 3 tahun", "5 tahun"; not "hamil 7 bulan" and not "demam 3 hari". */
function isAge(tokens: readonly Token[], at: number, unit: string, value: number): boolean {
  if (anyBefore(tokens, at, PREGNANCY, 3) || PREGNANCY.has(tokens[at + 2]?.form ?? '')) return false;
  const before = tokens[at - 1]?.form ?? '';
  const earlier = tokens[at - 2]?.form ?? '';
  if (AGE.has(before) || AGE.has(earlier)) return true;
  if (tokens[at + 2]?.form === 'lalu' || LENGTH.has(before)) return false;
  const named =
    BORN.has(before) ||
    (BORN.has(earlier) && (before === 'saya' || before === 'baru' || before === 'laki' || before === 'perempuan'));
  if (named) return true;
  if (before === 'lahir' || earlier === 'lahir') return unit !== 'tahun';
  return (
    unit === 'tahun' &&
    value >= 1 &&
    value <= 110 &&
    !anyBefore(tokens, at, new Set(['sejak', 'selama', 'sudah', 'nunggak', 'tidak']), 2)
  );
}

/** "Laki-laki 58, nyeri dada": a grown-up's age without its unit, straight after who it is. */
function isBareAge(tokens: readonly Token[], at: number, value: number): boolean {
  const before = tokens[at - 1]?.form ?? '';
  return (
    value >= 1 && value <= 110 && (AGE.has(before) || before === 'laki' || before === 'wanita' || before === 'pria')
  );
}

function isFeverDay(tokens: readonly Token[], at: number): boolean {
  for (let i = Math.max(0, at - 6); i < Math.min(tokens.length, at + 6); i++) {
    const form = tokens[i]?.form ?? '';
    if (form === 'demam' || form === 'panas') return true;
  }
  return false;
}
