import { describe, expect, it } from 'vitest';
import { byRules } from '../../../../src/engines/emergency/detect.js';
import { findingsOf } from '../../../../src/engines/emergency/findings.js';
import { detect } from '../../../../src/engines/emergency/index.js';
import { normalise } from '../../../../src/engines/language/index.js';

/** Messages that must not raise an alarm, by why they might. */
const CALM: Readonly<Record<string, readonly string[]>> = {
  'can wait a day or two': [
    'batuk pilek 2 hari',
    'anak batuk pilek 3 hari masih aktif, ke puskesmas bayar ga',
    'muntah sekali habis naik bis, sekarang enakan',
    'sakit gigi dari kemarin',
    'keseleo ringan main futsal',
    'kesemutan kalau duduk lama',
    'leher kaku salah bantal',
    'bayi gumoh habis nyusu',
    'kaki bengkak hamil 8 bulan tensi normal',
  ],
  'papers, hours and services': [
    'igd buka jam berapa',
    'igd bisa pakai bpjs?',
    'nomor telepon igd rsud berapa',
    'ambulans puskesmas gratis ga',
    'vaksin rabies berapa kali',
    'suntik tetanus ada ga di puskesmas',
    'minta surat rujukan ke dokter jantung',
    'obat asma saya habis, bisa minta di puskesmas?',
    'jadwal cuci darah rsud',
    'keguguran tahun lalu, boleh hamil lagi kapan',
    'lahiran di puskesmas gratis?',
  ],
  'wanting to learn or to prevent': [
    'apa gejala serangan jantung',
    'apa bedanya dbd sama tifus',
    'cara mencegah stroke gimana',
    'kenapa orang bisa kejang',
    'pertolongan pertama keracunan apa',
    'materi penyuluhan kejang demam',
  ],
  'past or over': [
    'stroke 3 tahun lalu, mau fisioterapi',
    'alhamdulillah bapak sudah sembuh dari stroke',
    'dulu waktu kecil saya sering step, berpengaruh ga',
    'pernah kecelakaan 2019, pen di kaki mau dilepas',
    'nenek sudah meninggal tahun lalu, bpjsnya gimana',
  ],
  'said not to be there': ['tidak demam tidak sesak cuma batuk', 'tidak pusing tidak mual cuma pengen vitamin'],
  'figures of speech, film and play': [
    'film kemarin jantungan banget endingnya',
    'ngakak sampe sakit perut',
    'lapar mau pingsan wkwk',
    'mati gaya di rumah',
    'deadline bikin sesak napas haha',
    'patah hati nih min',
    'tenggelam dalam kesibukan hehe',
  ],
  'animals and things': [
    'kucingku muntah terus',
    'hp ku mati',
    'listrik mati dari pagi',
    'motor saya mogok',
    'hp jatuh ke air',
  ],
  'words that look alike': ['step by step daftar bpjs gimana', 'beli pisang dan kelapa', 'puskesmas kuningan buka?'],
};

describe.each(Object.entries(CALM))('no emergency: %s', (_why, texts) => {
  it.each(texts)('%s', (text) => {
    expect(detect(normalise(text))).toBeNull();
  });
});

/** In doubt the rules ask one question instead of sending anyone away with an alarm. */
const DOUBT = [
  'kalau anak kejang harus gimana',
  'umpama onok wong kesetrum, sing ditelpon nomer piro?',
  'tolong gawat ini',
];

describe('asked about, by the rules', () => {
  it.each(DOUBT)('%s', (text) => {
    expect(byRules(findingsOf(normalise(text)))?.level).toBe('ask');
  });
});
