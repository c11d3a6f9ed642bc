import { describe, expect, it } from 'vitest';
import { read } from './shipped-world.js';

describe('short answers', () => {
  it.each([
    ['ya', 'yes'],
    ['iya kak', 'yes'],
    ['betul', 'yes'],
    ['engghi', 'yes'],
    ['inggih', 'yes'],
    ['tidak', 'no'],
    ['gak', 'no'],
    ['belum punya', 'no'],
    ['kada', 'no'],
    ['gatau', 'unknown'],
    ['tidak tahu', 'unknown'],
    ['ga tau min', 'unknown'],
    ['ya, puskesmas mana yang buka', null],
    ['tidak bisa napas', null],
  ])('%s → %s', (text, answer) => expect(read(text).yesNo).toBe(answer));

  it.each([
    ['2', 2],
    ['nomor 2', 2],
    ['no 3', 3],
    ['yang kedua', 2],
    ['yg pertama', 1],
    ['pilih 4', 4],
    ['2 hari', null],
    ['jam 2', null],
    ['anak 2 tahun panas tinggi sekali', null],
  ])('%s picks %s', (text, ordinal) => expect(read(text).ordinal).toBe(ordinal));

  it.each([
    ['lainnya', 'more'],
    ['ada lagi?', 'more'],
    ['yang lain', 'more'],
    ['ganti lokasi', 'other_place'],
    ['ganti wilayah', 'other_place'],
    ['ganti kota/daerah', 'other_place'],
    ['mau ganti kota', 'other_place'],
    ['saya pindah ke samboja', 'other_place'],
    ['pindah faskes ke samboja', null],
    ['kembali', 'back'],
    ['batal', 'cancel'],
    ['yang terdekat', 'near_me'],
    ['puskesmas samboja buka', null],
  ])('%s continues with %s', (text, followUp) => expect(read(text).followUp).toBe(followUp));
});

describe('what is asked about a facility', () => {
  it.each([
    ['yang 24 jam', { wants24h: true }],
    ['yang masih buka', { wantsOpenOnly: true }],
  ])('%s', (text, flags) => expect(read(text)).toMatchObject(flags));

  it.each([
    ['nomor telepon puskesmas beji', 'phone'],
    ['alamat puskesmas beji', 'address'],
    ['share lokasi puskesmas beji', 'map'],
    ['jam buka puskesmas beji', 'hours'],
    ['layanan apa saja di puskesmas beji', 'services'],
    ['dokter di puskesmas beji siapa', 'doctors'],
    ['jadwal posyandu', 'event'],
    ['tanggal merah puskesmas buka?', 'holidays'],
  ] as const)('%s asks for %s', (text, what) => expect(read(text).asks[what]).toBe(true));
});

describe('the kinds of facility asked for by word', () => {
  it.each([
    ['rumah sakit terdekat', ['hospital']],
    ['rsud bangil', ['hospital']],
    ['nearest hospital', ['hospital']],
    ['pkm mana yang buka', ['puskesmas']],
    ['puksesmas damai', ['puskesmas']],
    ['health center near me', ['puskesmas']],
    ['pustu yang buka', ['pustu']],
    ['puskesmas pembantu jawa', ['pustu']],
    ['puskesmas dan rumah sakit di bangil', ['puskesmas', 'hospital']],
    ['dokter gigi terdekat', []],
  ])('%s → %j', (text, kinds) => expect(read(text).kinds).toEqual(kinds));
});
