import { describe, expect, it } from 'vitest';
import { loadSeedSnapshot } from '../../../src/services/seed.js';
import { createSimulator } from '../../../src/services/simulate.js';
import { buildWorld } from '../../../src/world.js';
import { MONDAY } from '../../services/house.js';

const world = buildWorld(loadSeedSnapshot());

/** The last reply of a talk, and what its choices are called. */
function lastOf(said: readonly string[]): { readonly text: string; readonly choices: string } {
  const simulator = createSimulator(world, () => MONDAY);
  const turns = said.map((text) => JSON.parse(simulator.answer(JSON.stringify({ contact: 'a', text }), 1)));
  const reply = turns.at(-1).replies.find(({ type }: { type: string }) => type === 'text');
  return { text: reply.text, choices: reply.choices.map(({ label }: { label: string }) => label).join(', ') };
}

describe('what is said after an answer', () => {
  it.each([
    ['a number of one in the list', ['buka di loa janan?', 'nomornya?'], /Pilih puskesmasnya/],
    ['its street', ['buka di loa janan?', 'jalan apa?'], /Pilih puskesmasnya/],
    ['the number of the one shown comes first', ['puskesmas beji', 'nomornya?'], /^Puskesmas Beji\n+Alamat: .*\nTelp/],
    ['so does the way', ['puskesmas beji', 'rutenya gimana'], /^Puskesmas Beji\n+Alamat: /],
    ['and its services', ['puskesmas beji', 'layanan apa aja'], /^Puskesmas Beji\n+(Layanan|Daftar layanan)/],
    ['what the bot can do', ['puskesmas beji', 'bot ini layanannya apa aja'], /^Halo, ini Tanya Puskesmas/],
    ['a service without a place', ['imunisasi dimana ya'], /^Anda di mana\?/],
    ['its place', ['imunisasi dimana ya', 'di bontang selatan'], /^Imunisasi.*Bontang Selatan/],
    ['its day', ['imunisasi dimana ya', 'di bontang selatan', 'kalau hari sabtu?'], /^Imunisasi.*Sabtu/],
    [
      'a page while a place is asked',
      ['imunisasi dimana ya', 'puskesmas damai alamatnya?'],
      /^Puskesmas Damai\n+Alamat: /,
    ],
    [
      'a yes to a question of which',
      ['bpjs mati bisa berobat?', 'bontang', 'iya'],
      /^Iuran BPJS Anda dibayar siapa\?$/,
    ],
    ['a no to nothing', ['ga usah'], /^Ada lagi yang bisa dibantu/],
    ['a wrong fact before any answer', ['jam bukanya salah tuh'], /^Faskes mana yang datanya salah/],
    ['a wrong fact and whose', ['jam buka puskesmas beji salah, tutup jam 12'], /^Sudah dicatat\./],
    ['closed against its hours', ['pkm gempol msh buka?', 'kok tutup sih padahal jam kerja'], /^Sudah dicatat\./],
    ['no place that is known', ['puskesmas buka mana', 'di jl pahlawan'], /^Maaf, tempat itu belum saya kenal/],
    ['the nearest hospital', ['rumah sakit terdekat mana', 'bangil'], /RSUD Bangil/],
    ['another language', ['english please'], /^Good, I will answer in English/],
    ['and back', ['english please', 'bahasa indonesia aja'], /^Baik, saya jawab dalam bahasa Indonesia/],
    ['a feast without a date', ['puskesmas manggar buka?', 'lebaran?'], /^Tanggal Lebaran belum ada/],
    ['a village without a puskesmas', ['posyandu lansia kapan ya', 'di desa batuah'], /Pilih puskesmasnya/],
    ['what nobody recorded', ['posyandu lansia kapan ya'], /^Jadwal acara .* belum ada/],
    ['a doctor', ['puskesmas klandasan ilir buka?', 'kapan dokternya ada'], /Jadwal dokter belum ada/],
    ['where to complain', ['pelayanan puskesmas beji lambat sekali', 'terus lapor kemana?'], /Dinas Kesehatan/],
  ] as const)('%s', (_, said, answer) => expect(lastOf(said).text).toMatch(answer));

  it('what is open is told below a card that only asks', () => {
    const simulator = createSimulator(world, () => MONDAY);
    const say = (text: string) => JSON.parse(simulator.answer(JSON.stringify({ contact: 'a', text }), 1));
    say('anak saya panas');
    const [card, list] = say('di kecamatan beji puskesmas yg buka mana').replies;
    expect(card.choices).toHaveLength(2);
    expect(list).toMatchObject({ text: expect.stringContaining('Puskesmas Beji'), choices: [] });
  });

  it('the number is asked of those listed, not of all in the region', () => {
    const { choices } = lastOf(['puskesmas buka di loa ipuh?', 'nomornya?']);
    expect(choices).toMatch(/^Puskesmas Loa Ipuh, Puskesmas Rapak Mahang/);
  });
});
