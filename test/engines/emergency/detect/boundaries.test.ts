import { describe, expect, it } from 'vitest';
import { detect } from '../../../../src/engines/emergency/index.js';
import { normalise } from '../../../../src/engines/language/index.js';

const level = (text: string) => detect(normalise(text))?.level ?? null;

/** Two sentences of one class, almost alike: the first is no emergency, the second is one. */
const PAIRS: readonly (readonly [why: string, calm: string, danger: string])[] = [
  ['an animal was bitten, or a person', 'kambing kami digigit anjing liar', 'anak kami digigit anjing liar'],
  ['what it was taken for', 'tadi dikirain pingsan ternyata tidur', 'tadi dikirain tidur ternyata pingsan'],
  [
    'the child in the womb moves, or not',
    'hamil 7 bulan, janin aktif, tidak flek, mau kelas ibu hamil',
    'hamil 7 bulan, janin tidak aktif dari pagi',
  ],
  [
    'a graze with the warning signs denied, or told',
    'jatuh dari motor pelan, ga kebentur kepala ga pingsan, cm lecet siku',
    'jatuh dari motor, kebentur kepala sempat pingsan, cm lecet siku',
  ],
  [
    'a denied list behind its own word',
    'demam sudah ga ada, bintik merah juga ga ada, trombosit normal, boleh sekolah?',
    'demam hari kelima, bintik merah banyak, trombosit turun',
  ],
  ['medicine fetched, or a fit', 'obat kejang anak habis ambil dimana', 'obat habis, anak kejang'],
  [
    'back from hospital, or back with pain',
    'bapak sudah pulang setelah serangan jantung, merasa sehat, kapan boleh jalan pagi',
    'bapak sudah pulang setelah serangan jantung, sekarang dadanya sakit lagi',
  ],
  [
    'death papers, or breathlessness',
    'nenek meninggal bulan lalu karena sesak, urus akta kematian',
    'nenek sesak berat',
  ],
];

describe('near the boundary', () => {
  it.each(PAIRS)('%s', (_, calm, danger) => {
    expect([level(calm), ['now', 'urgent'].includes(level(danger) ?? '')]).toEqual([null, true]);
  });

  it.each([
    ['papers behind it', 'anak lagi kejang di rumah, ktp bontang, bpjs belum aktif, gratis apa bayar'],
    ['papers before it', 'surat rujukan kalau malam minta dimana ya? ipar mendadak lumpuh sebelah, ktp tenggarong'],
    ['a traffic jam in it', 'kepalanya sudah kelihatan, kami masih di mobil kena macet'],
    ['a thing that is no subject', 'operator pingsan di kabin tanpa ac, badannya panas sekali'],
  ])('an emergency with %s is not weakened', (_, text) => {
    expect(['now', 'urgent']).toContain(level(text));
  });

  it('"kalau" behind "bilang" supposes nothing', () => {
    expect(level('murid saya bilang kalau pipisnya sakit karena dimainkan om tetangga')).not.toBeNull();
  });
});
