import { describe, expect, it } from 'vitest';
import { saysWrong, topicNamed } from '../../../src/engines/dialogue/scenes/report-words.js';
import { firstLook } from '../../../src/services/first-look.js';

/** A text as the dialogue reads it. */
function normal(text: string): string {
  const message = { id: 'x', channel: 'console', contact: 'x', at: 0, language: null } as const;
  return firstLook({ ...message, body: { type: 'text', text } }).normal?.text ?? '';
}

describe('saying that something is wrong, without the choice', () => {
  it.each([
    [
      null,
      ['info salah', 'Info salah?', 'infonya salah', 'datanya keliru min', 'informasinya ga bener', 'lapor data salah'],
    ],
    ['hours', ['jamnya salah', 'jam bukanya berubah', 'sudah tutup kok', 'udah tutup kok min', 'ternyata tutup']],
    [
      'phone',
      [
        'nomornya salah',
        'nomernya ga aktif',
        'nomornya sudah tidak bisa dihubungi lagi',
        'telp nya salah',
        'nomor telponnya salah',
        'no hp nya ga aktif',
      ],
    ],
    ['place', ['alamatnya salah', 'lokasinya salah pak', 'petanya keliru']],
    ['services', ['layanannya salah']],
  ] as const)('%s', (topic, texts) => {
    for (const text of texts) expect(topicNamed(normal(text)), text).toEqual({ topic });
  });

  it.each([
    'puskesmas tutup jam berapa?',
    'jam buka puskesmas loa ipuh',
    'sudah tutup belum?',
    'apakah sudah tutup',
    'tutup',
    'nomor ambulans',
    'nomor antrian saya salah',
    'data saya',
    'hapus data saya',
    'salah',
    'maaf salah kirim',
    'saya salah makan obat',
    'berhenti',
    'jangan hubungi saya lagi',
    'alamat rumah saya salah di ktp',
    'data bpjs saya salah',
  ])('not by "%s"', (text) => {
    expect(topicNamed(normal(text))).toBeNull();
  });
});

describe('telling in a longer message that a fact is wrong', () => {
  it.each([
    ['jam buka puskesmas beji salah, sebenarnya tutup jam 12', true],
    ['nomor telepon puskesmas damai sudah tidak aktif min', true],
    ['alamat puskesmas samboja salah, udah pindah', true],
    ['lokasi pkm grati di peta ngawur', true],
    ['katanya buka sampai jam 2 ternyata tutup', true],
    ['petugas puskesmas beji galak', false],
    ['pelayanan puskesmas beji lambat sekali', false],
    ['antri 3 jam di puskesmas damai', false],
  ] as const)('"%s": %s', (text, wrong) => expect(saysWrong(normal(text))).toBe(wrong));
});
