import { describe, expect, it } from 'vitest';
import type { AskedFact } from '../../../src/domain/eligibility.js';
import { type EligibilityFacts, extractFacts, factsWithChoice } from '../../../src/engines/eligibility/index.js';
import { normalise } from '../../../src/engines/language/index.js';

const told = (text: string, previous: EligibilityFacts = {}, asked: AskedFact | null = null) =>
  extractFacts(normalise(text), null, previous, asked);

describe('an answer to a question of ours', () => {
  const ANSWERS: readonly [asked: AskedFact, text: string, facts: EligibilityFacts][] = [
    ['ktp', 'kukar', { ktpRegion: '64.02' }],
    ['ktp', 'Bontang kak', { ktpRegion: '64.74' }],
    ['ktp', 'kab pasuruan', { ktpRegion: '35.14' }],
    ['ktp', 'di balikpapan', { ktpRegion: '64.71' }],
    ['ktp', 'kota pasuruan', { ktpRegion: 'elsewhere', elsewhereName: 'Kota Pasuruan', elsewhereInKaltim: false }],
    ['ktp', 'samarinda', { ktpRegion: 'elsewhere', elsewhereName: 'samarinda', elsewhereInKaltim: true }],
    ['ktp', 'ga tau', { ktpRegion: 'unknown' }],
    ['ktp', 'lupa kak', { ktpRegion: 'unknown' }],
    ['bpjs', 'aktif', { bpjs: 'active' }],
    ['bpjs', 'udah mati', { bpjs: 'inactive' }],
    ['bpjs', 'nunggak', { bpjs: 'inactive', arrears: true }],
    ['bpjs', 'belum punya', { bpjs: 'none' }],
    ['bpjs', 'ga ada', { bpjs: 'none' }],
    ['bpjs', 'tidak tahu', { bpjs: 'unknown' }],
    ['payer', 'kantor', { payer: 'employer' }],
    ['payer', 'sendiri', { payer: 'self' }],
    ['payer', 'pemerintah', { payer: 'state' }],
    ['payer', 'pemkab', { payer: 'region' }],
    ['payer', 'gatau', { payer: 'unknown' }],
    ['where', 'lagi di luar kota', { location: 'away' }],
    ['where', 'di rumah', { location: 'home' }],
  ];
  it.each(ANSWERS)('%s: %s', (asked, text, facts) => {
    expect(told(text, {}, asked)).toMatchObject(facts);
  });

  it('that is none leaves the facts as they were', () => {
    const before: EligibilityFacts = { ktpRegion: '64.02' };
    expect(told('hehe oke', before, 'bpjs')).toEqual(before);
  });

  it('is kept with what was known, the question with it', () => {
    const before: EligibilityFacts = { ktpRegion: '64.02', topic: 'hospital_direct' };
    expect(told('aktif', before, 'bpjs')).toEqual({ ...before, bpjs: 'active' });
  });
});

describe('words that seem to speak of the membership', () => {
  const ROWS: readonly [text: string, facts: EligibilityFacts][] = [
    ['operasi katarak dicover ga kalau pakai bpjs, kartu saya aktif', { bpjs: 'active' }],
    ['cabut gigi bisa gak klo pake kis? aktif kok', { bpjs: 'active' }],
    ['gratis ora yen nganggo bpjs, bpjsku isih urip', { bpjs: 'active' }],
    ['stok obat bpjs habis terus, padahal bpjs saya aktif', { bpjs: 'active' }],
    ['kamar penuh kata petugas, bpjs bapak aktif', { bpjs: 'active' }],
    ['bpjs aktif tapi ditolak igd', { bpjs: 'active' }],
    ['tiap bulan bayar bpjs, kok disuruh pulang sama dokter rs', { bpjs: 'active' }],
    ['bayar bpjs tiap bulan terus, ke rs ditolak satpam', { bpjs: 'active' }],
    ['kartu bpjs saya ditolak sistem', { bpjs: 'inactive' }],
    ['saya ga punya bpjs kalau sakit gimana', { bpjs: 'none' }],
    ['bapak karyawan pabrik bpjs aktif, saya anaknya belum kedaftar', { bpjs: 'none' }],
  ];
  it.each(ROWS)('%s', (text, facts) => {
    expect(told(text)).toMatchObject(facts);
  });

  it.each([
    'mantu saya orang filipina tinggal di bontang, bisa ikut bpjs',
    'pengungsi rohingya di penampungan boleh berobat',
    'cuma pegang paspor, sakit di balikpapan',
  ])('a foreigner lives there, and has no KTP from there: %s', (text) => {
    expect(told(text).ktpRegion).toBe('unknown');
  });

  it('of a question alone tell nothing', () => {
    expect(told('bayar ga kalau pakai bpjs').bpjs).toBeUndefined();
    expect(told('obat jkn kosong di puskesmas').bpjs).toBeUndefined();
  });
});

describe('what the doctor decides, and what nobody pays for', () => {
  const TOPICS: readonly [text: string, topic: EligibilityFacts['topic']][] = [
    ['kacamata bisa pakai bpjs', 'by_indication'],
    ['alat bantu dengar buat nenek ditanggung?', 'by_indication'],
    ['mau beli kursi roda pakai bpjs', 'by_indication'],
    ['gigi palsu dicover gak', 'by_indication'],
    ['usg 4 dimensi gratis ga', 'by_indication'],
    ['ct scan pake bpjs bayar lagi?', 'by_indication'],
    ['vaksin influenza dewasa ditanggung bpjs?', 'by_indication'],
    ['operasi sesar tanpa indikasi medis', 'not_paid_by_jkn'],
    ['sc atas permintaan sendiri bisa bpjs', 'not_paid_by_jkn'],
    ['medical check up buat jadi tkw ke hongkong gratis?', 'not_paid_by_jkn'],
    ['sudah operasi sendiri 15 juta di swasta, bisa diganti kah', 'reimbursement'],
    ['habis 3jt opname kemarin, bisa balik ga uangnya', 'reimbursement'],
    ['boleh milih kelas 1 waktu opname?', 'class_upgrade'],
    ['maunya kelas dua', 'class_upgrade'],
  ];
  it.each(TOPICS)('%s', (text, topic) => {
    expect(told(text).topic).toBe(topic);
  });
});

describe('people who change their mind', () => {
  it('correct their KTP', () => {
    expect(told('eh salah, ktp saya bontang', { ktpRegion: '64.02' }).ktpRegion).toBe('64.74');
    expect(told('ktp kukar eh salah ktp bontang').ktpRegion).toBe('64.74');
  });

  it('correct their status, and what hung on it is void', () => {
    const before: EligibilityFacts = { ktpRegion: '64.02', bpjs: 'inactive', cutOff: true, arrears: true };
    expect(told('ternyata bpjs saya aktif', before)).toEqual({ ktpRegion: '64.02', bpjs: 'active' });
  });

  it('ask something else: the KTP stays, the old question goes', () => {
    const before: EligibilityFacts = { ktpRegion: '64.02', topic: 'dental_braces', emergency: true };
    expect(told('kalau periksa batuk gratis?', before)).toEqual({ ktpRegion: '64.02' });
  });
});

describe('the KTP’s region and where people are', () => {
  const PLACES: readonly [text: string, facts: EligibilityFacts][] = [
    ['ktp samarinda tinggal di balikpapan', { ktpRegion: 'elsewhere', location: '64.71' }],
    ['ktp kukar lagi di bontang sakit', { ktpRegion: '64.02', location: '64.74' }],
    ['warga bontang mau berobat di balikpapan', { ktpRegion: '64.74', location: '64.71' }],
    ['dari surabaya, sakit di pandaan', { ktpRegion: 'elsewhere', location: '35.14' }],
    ['ktp balikpapan, program ktp kukar bisa?', { ktpRegion: '64.71', named: 'kukar' }],
  ];
  it.each(PLACES)('%s', (text, facts) => {
    expect(told(text)).toMatchObject(facts);
  });

  it('going to a puskesmas tells no KTP', () => {
    expect(told('di puskesmas tenggarong bayar ga').ktpRegion).toBeUndefined();
  });
});

describe('a chosen answer', () => {
  it('becomes a fact', () => {
    expect(factsWithChoice({}, 'elig:ktp:64.02')).toEqual({ ktpRegion: '64.02' });
    expect(factsWithChoice({ ktpRegion: '64.02' }, 'elig:bpjs:unknown')).toEqual({
      ktpRegion: '64.02',
      bpjs: 'unknown',
    });
    expect(factsWithChoice({}, 'elig:where:away')).toEqual({ location: 'away' });
  });

  it('of another question, or none of ours, changes nothing', () => {
    expect(factsWithChoice({ bpjs: 'none' }, 'menu:1')).toEqual({ bpjs: 'none' });
    expect(factsWithChoice({}, 'elig:bpjs:gold')).toEqual({});
    expect(factsWithChoice({}, 'elig:nik:1')).toEqual({});
  });
});

describe('whose card is told, when several people are', () => {
  const TOLD: readonly [text: string, facts: EligibilityFacts][] = [
    ['suami bpjs aktif, istri bpjs nunggak, yang mau periksa istri', { bpjs: 'inactive' }],
    ['suami bpjs aktif, istri bpjs nunggak, yang mau periksa suami', { bpjs: 'active' }],
    ['kakak ktp malang tapi saya ktp bontang, yang berobat saya', { ktpRegion: '64.74' }],
    ['kakak ktp malang tapi saya ktp bontang, kakak yang sakit', { ktpRegion: 'elsewhere' }],
  ];
  it.each(TOLD)('%s', (text, facts) => {
    expect(told(text)).toMatchObject(facts);
  });

  it('nothing is left out when nobody is said to be ill', () => {
    expect(told('kakak ktp malang, saya ktp bontang').ktpRegion).toBe('elsewhere');
  });
});

it('a foreigner who lives here has no KTP of ours by that', () => {
  expect(told('suami wna, tinggal di bontang').ktpRegion).toBe('unknown');
});

describe('a place that was left', () => {
  const TOLD: readonly [text: string, region: string][] = [
    ['dulu ktp balikpapan sekarang ktp anggana', '64.02'],
    ['asal makassar tapi sudah pindah kk ke bontang', '64.74'],
    ['ktp bontang, rencana pindah ktp ke balikpapan', '64.74'],
    ['bantuan dari jakarta, warga bangil', '35.14'],
    ['tinggal dan kerja di bontang', '64.74'],
    ['mau cek dulu ktp bontang, berobat di balikpapan', '64.74'],
    ['orang berau, cukup ktp berobat di balikpapan', 'elsewhere'],
  ];
  it.each(TOLD)('%s', (text, region) => {
    expect(told(text).ktpRegion).toBe(region);
  });
});

describe('"aktif" and what is not a membership', () => {
  const TOLD: readonly [text: string, bpjs: EligibilityFacts['bpjs']][] = [
    ['bpjs saya tidak ada kendala, ktp bontang', 'active'],
    ['kartu masih terbaca di loket, ktp bontang', 'active'],
    ['kartu ditolak mesin, ktp bontang', 'inactive'],
    ['gaji kepotong bpjs tiap bulan, ktp bontang', 'active'],
    ['bpjs baru aktif bulan depan, ktp bontang', 'inactive'],
    ['ibu aktif di posyandu, ktp bontang', undefined],
    ['petugas minta bpjs aktif, ktp bontang', undefined],
    ['ktp bontang, pny bpjs belum', 'none'],
  ];
  it.each(TOLD)('%s', (text, bpjs) => {
    expect(told(text).bpjs).toBe(bpjs);
  });
});
