import { describe, expect, it } from 'vitest';
import { read } from './shipped-world.js';

describe('"hapus data saya"', () => {
  it.each([
    'hapus data saya',
    'HAPUS DATA SAYA',
    'hapus data sy',
    'hpus data saya',
    'tolong hapus semua data ku',
    'hapusin data gue dong',
    'apus data aq',
    'mohon data saya dihapus',
    'saya minta data saya dihapus semua',
    'hapus chat saya',
    'hapus riwayat percakapan saya',
    'hapus nomor saya dari sini',
    'hapus akun saya',
    'bisa hapus data saya?',
    'bagaimana cara hapus data saya',
    'lupakan saya',
    'tolong lupakan aku',
    'busek dataku',
    'hapus dataku',
    'bersihkan jejak saya',
    'delete my data',
    'please delete my data',
    'forget me',
    'hapus data saya skrg',
    '/hapus data saya',
  ])('%s', (text) => {
    expect(read(text)).toMatchObject({ erases: true, intents: [expect.stringMatching(/^(privacy|opt_out)$/)] });
  });

  it.each([
    'data saya',
    'jangan hapus data saya',
    'data saya jangan dihapus ya',
    'apakah data saya dihapus?',
    'data saya kapan dihapus',
    'chat saya sudah dihapus?',
    'tolong hapus nomor saya dari daftar pengumuman',
    'hapus saya dari grup',
    'puskesmas mana yang buka',
    'hapus tato di puskesmas bisa?',
    'cara menghilangkan bekas luka',
    'nama saya salah',
  ])('not: %s', (text) => {
    expect(read(text).erases).toBe(false);
  });
});
