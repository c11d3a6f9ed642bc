import { describe, expect, it } from 'vitest';
import { read, timeIn } from './shipped-world.js';

const MONDAY_21_40 = '2026-11-23T21:40:00+08:00';
const MONDAY_09_10 = '2026-11-23T09:10:00+08:00';
const SUNDAY_16_20 = '2026-11-29T16:20:00+08:00';

const table = (at: string, rows: readonly (readonly [string, string])[]) =>
  it.each(rows)('%s → %s', (text, time) => expect(timeIn(read(text, at))).toBe(time));

describe('asked on Monday 23 November at 21.40', () => {
  table(MONDAY_21_40, [
    ['puskesmas mana yang buka', 'none'],
    ['buka sekarang?', '2026-11-23T21:40'],
    ['skrg buka ga', '2026-11-23T21:40'],
    ['saiki bukak?', '2026-11-23T21:40'],
    ['besok buka?', '2026-11-24T09:00'],
    ['bsk jam 7 pagi', '2026-11-24T07:00'],
    ['besok malam', '2026-11-24T20:00'],
    ['sesuk isuk', '2026-11-24T09:00'],
    ['lusa sore', '2026-11-25T16:00'],
    ['jam 7 buka?', '2026-11-24T07:00'],
    ['jam 7 malam buka?', '2026-11-24T19:00'],
    ['besok jam setengah 8', '2026-11-24T07:30'],
    ['besok buka mulai jam 7?', '2026-11-24T07:00'],
    ['ada yang buka dari jam 7 malam besok?', '2026-11-24T19:00'],
    ['anak saya demam dari jam 7 tadi', 'none'],
    ['sakit mulai isya', 'none'],
    ['besok jam setengah dua siang', '2026-11-24T13:30'],
    ['besok pukul 19.30', '2026-11-24T19:30'],
    ['besok jam 2', '2026-11-24T14:00'],
    ['jam 1 malam', '2026-11-24T01:00'],
    ['jam 12 malam', '2026-11-24T00:00'],
    ['2 jam lagi', '2026-11-23T23:40'],
    ['hari minggu', '2026-11-29T09:00'],
    ['minggu pagi', '2026-11-29T09:00'],
    ['minggu depan', '2026-11-30T09:00'],
    ['sabtu malam', '2026-11-28T20:00'],
    ['malam minggu', '2026-11-28T20:00'],
    ['senin depan', '2026-11-30T09:00'],
    ['rabu minggu depan', '2026-12-02T09:00'],
    ['tanggal 25 desember', '2026-12-25T09:00'],
    ['25/12', '2026-12-25T09:00'],
    ['tgl 1', '2026-12-01T09:00'],
    ['tgl 31', '2026-12-31T09:00'],
    ['natal buka?', '2026-12-25T09:00'],
    ['tahun baru', '2027-01-01T09:00'],
    ['malam tahun baru', '2026-12-31T20:00'],
    ['tahun baru jam 8 malam', '2027-01-01T20:00'],
    ['cuti bersama buka?', '2026-12-24T09:00'],
    ['natal hari kedua', '2026-12-26T09:00'],
    ['hari kedua natal', '2026-12-26T09:00'],
    ['minggu ini buka?', '2026-11-29T09:00'],
    ['29 februari 2028', '2028-02-29T09:00'],
    ['minggu depan hari selasa buka?', '2026-12-01T09:00'],
    ['minggu depan kamis', '2026-12-03T09:00'],
    ['waktu nyepi kemarin tutup, natal tutup juga?', '2026-12-25T09:00'],
  ]);

  describe('by the prayers', () => {
    table(MONDAY_09_10, [
      ['sebelum ashar masih buka?', '2026-11-23T15:00'],
      ['habis dhuhur buka ga', '2026-11-23T12:30'],
      ['abis maghrib ugd buka?', '2026-11-23T18:30'],
      ['bar isya sik bukak ta', '2026-11-23T19:30'],
      ['setelah sholat ashar', '2026-11-23T15:30'],
      ['demam dari habis magrib', 'none'],
      ['anak saya isya umur 3 tahun', 'none'],
    ]);
  });

  describe('by Madurese numbers', () => {
    table(MONDAY_09_10, [
      ["jam sapolo bukka'?", '2026-11-23T10:00'],
      ["jam ballu' malem bukka'?", '2026-11-23T20:00'],
    ]);
  });

  describe('a night that has begun is now', () => {
    table(MONDAY_21_40, [
      ['malam ini buka?', '2026-11-23T21:40'],
      ['malam-malam gini buka?', '2026-11-23T21:40'],
      ['nanti malam', '2026-11-23T21:40'],
    ]);
  });

  describe('a feast whose date no decree tells yet', () => {
    table(MONDAY_21_40, [
      ['lebaran buka?', 'unknown Lebaran'],
      ['lebaran hari kedua', 'unknown Lebaran'],
      ['idul adha', 'unknown Iduladha'],
      ['imlek', 'unknown Imlek'],
      ['bulan puasa', 'unknown Ramadan'],
    ]);
  });

  describe('durations, the past and greetings are no time', () => {
    table(MONDAY_21_40, [
      ['anak panas 3 hari', 'none'],
      ['sakit dari kemarin', 'none'],
      ['sejak tadi malam', 'none'],
      ['umur 2 bulan', 'none'],
      ['yang 24 jam', 'none'],
      ['hamil 32 minggu', 'none'],
      ['minggu lalu', 'none'],
      ['selamat malam, puskesmas mana yang buka', 'none'],
      ['malam min', 'none'],
      ['jam besuk rs', 'none'],
      ['buka jam berapa', 'none'],
      ['jadwal posyandu minggu ini', 'none'],
      ['jadwal dokter minggu ini', 'none'],
      ['minum 1/2 tablet', 'none'],
      ['suhu 38.5', 'none'],
    ]);
  });
});

describe('a day that no calendar has is no time, not the day after', () => {
  table(MONDAY_21_40, [
    ['tanggal 31 februari', 'none'],
    ['30 februari 2027', 'none'],
    ['29 februari 2027', 'none'],
    ['31/11', 'none'],
  ]);
});

describe('asked on Monday at 09.10', () => {
  table(MONDAY_09_10, [
    ['malam ini', '2026-11-23T20:00'],
    ['nanti malam', '2026-11-23T20:00'],
    ['jam 1', '2026-11-23T13:00'],
    ['jam 3 sore', '2026-11-23T15:00'],
    ['hari ini', '2026-11-23T09:10'],
    ['setengah 12', '2026-11-23T11:30'],
    ['jam 7 malam', '2026-11-23T19:00'],
    ['tengah malam', '2026-11-24T00:00'],
  ]);
});

describe('asked on a Sunday at 16.20', () => {
  table(SUNDAY_16_20, [
    ['hari minggu buka?', '2026-11-29T16:20'],
    ['minggu depan', '2026-12-06T09:00'],
    ['besok', '2026-11-30T09:00'],
  ]);
});

it('reads the clock of the zone it is given', () => {
  const understood = read('besok jam 7 pagi', '2026-11-23T23:30:00+07:00');
  expect(timeIn(understood, 'Asia/Jakarta')).toBe('2026-11-24T07:00');
});
