import { describe, expect, it } from 'vitest';
import { placeIn, placeText, read } from './shipped-world.js';

const table = (rows: readonly (readonly [string, string])[], more = {}) =>
  it.each(rows)('%s → %s', (text, place) => expect(placeIn(read(text, undefined, more))).toBe(place));

describe('areas by their names, as people shorten and misspell them', () => {
  table([
    ['puskesmas yang buka di tenggarong', 'kecamatan Tenggarong'],
    ['yg buka di tengarong sebrang mana', 'kecamatan Tenggarong Seberang'],
    ['tenggarong sbrg pkm buka ga', 'kecamatan Tenggarong Seberang'],
    ['sy di tgr', 'kecamatan Tenggarong'],
    ['smbj', 'kecamatan Samboja'],
    ['di kmbang janggut bsk buka?', 'kecamatan Kembang Janggut'],
    ['orang lok tuan', 'village Lok Tuan'],
    ['daerah loktuan', 'village Lok Tuan'],
    ['dibontang ada puskesmas 24 jam?', 'region Kota Bontang'],
    ['puskesmas bpp yg buka', 'region Kota Balikpapan'],
    ['tinggal di balsel', 'kecamatan Balikpapan Selatan'],
    ['sanga2 puskesmas yg buka dimana', 'kecamatan Sanga Sanga'],
    ['ktp kukar', 'region Kabupaten Kutai Kartanegara'],
    ['kab kutai kertanegara', 'region Kabupaten Kutai Kartanegara'],
    ['deket klandasn ilir', 'village Klandasan Ilir'],
  ]);
});

describe('names of several words with a slip anywhere in them', () => {
  table([
    ['loa piuh', 'village Loa Ipuh'],
    ['loa anan', 'kecamatan Loa Janan'],
    ['muara baak', 'kecamatan Muara Badak'],
    ['muara baak buka?', 'facility Puskesmas Muara Badak'],
    ['marang akyu', 'kecamatan Marang Kayu'],
    ['bontang elatan', 'kecamatan Bontang Selatan'],
    ['di sanga sana', 'kecamatan Sanga Sanga'],
    ['di tama poe', 'village Tama Pole'],
    ['handil bau', 'village Handil Baru'],
    ['puskesmas kota bangn', 'facility Puskesmas Kota Bangun'],
    ['puskesmas baru uul', 'facility Puskesmas Baru Ulu'],
    ['puskesmas muaa wis', 'facility Puskesmas Muara Wis'],
    ['puskesmas muaa muntai', 'facility Puskesmas Muara Muntai'],
    ['puskesmas loa anan', 'facility Puskesmas Loa Janan'],
  ]);

  it('a part of the day beside a name is no slip of another name', () => {
    expect(placeIn(read('jembayan malam buka?'))).toBe('village Jembayan');
  });
});

describe('words of time that are near a name', () => {
  table([
    ['bar isya puskesmas grati sik bukak ta', 'facility Puskesmas Grati'],
    ['mripatku perih bar ngelas', 'none'],
    ['jam sanga isuk puskesmas bangil wis bukak?', 'facility Puskesmas Bangil'],
  ]);
});

describe('a kecamatan beats its namesake village unless the person says otherwise', () => {
  table([
    ['di rembang', 'kecamatan Rembang'],
    ['sekitar wonorejo', 'kecamatan Wonorejo'],
    ['di desa rembang', 'village Rembang'],
    ['wonorejo kecamatan lumbang', 'village Wonorejo'],
    ['kecamatan muara jawa', 'kecamatan Muara Jawa'],
  ]);
});

describe('other names that several places have are asked back', () => {
  table([
    ['di tambaksari', 'ambiguous Tambaksari: Purwodadi, Kraton'],
    ['di wonosari', 'ambiguous Wonosari: Tutur, Wonorejo, Gempol, Gondangwetan, Kota Bangun Darat'],
    ['di wonosari gempol', 'village Wonosari'],
    ['desa sumber sari kec sebulu', 'village Sumber Sari'],
    ['kampung baru puskesmasnya mana', 'ambiguous Kampung Baru: Tenggarong, Tabang'],
    ['klandasan', 'ambiguous Klandasan: Balikpapan Kota, Balikpapan Kota'],
    ['pkm baru buka?', 'ambiguous Baru: Balikpapan Barat, Balikpapan Barat, Balikpapan Barat'],
    ['puskesmas baru di kota bangun buka?', 'kecamatan Kota Bangun'],
    ['puskesmas buka di kaang rejo', 'ambiguous Karangrejo: Purwosari, Gempol, Balikpapan Tengah'],
  ]);

  it('the region chosen earlier settles a name of two regions', () => {
    expect(placeIn(read('di wonosari', undefined, { homeRegion: '64.02' }))).toBe('village Wonosari');
    expect(placeIn(read('di karangrejo', undefined, { homeRegion: '64.71' }))).toBe('village Karang Rejo');
  });
});

describe('facilities', () => {
  table([
    ['puskesmas samboja buka?', 'facility Puskesmas Samboja'],
    ['puskesmas di samboja yang buka', 'kecamatan Samboja'],
    ['puskesmas rapak', 'facility Puskesmas Rapak Mahang'],
    ['rapak mahang buka?', 'facility Puskesmas Rapak Mahang'],
    ['pkm loa ipuh', 'facility Puskesmas Loa Ipuh'],
    ['puskesmas btg barat', 'facility Puskesmas Bontang Barat'],
    ['bontang utara 2', 'facility Puskesmas Bontang Utara II'],
    ['puskesmas Bontang Utara dua', 'facility Puskesmas Bontang Utara II'],
    ['pkm separi', 'facility Puskesmas Separi III'],
    ['puskesmas mangkurwang tutup jam brp', 'facility Puskesmas Mangkurawang'],
    ['rsud parikesit', 'facility RSUD Aji Muhammad Parikesit'],
    ['rs am parikesit', 'facility RSUD Aji Muhammad Parikesit'],
    ['igd hermina buka?', 'facility RS Hermina Balikpapan'],
    ['imunisasi besok di sepinggan bisa?', 'facility Puskesmas Sepinggan'],
    ['UGD KLANDASAN ILIR BUKA?', 'facility Puskesmas Klandasan Ilir'],
    ['Puskesmas Pembantu Baru Desa Sepatin', 'facility Puskesmas Pembantu Baru Desa Sepatin'],
    ['Puskesmas Pembantu Lama Desa Sepatin', 'facility Puskesmas Pembantu Lama Desa Sepatin'],
    ['pustu lama sepatin', 'facility Puskesmas Pembantu Lama Desa Sepatin'],
  ]);

  describe('however puskesmas and rsud are typed', () => {
    table([
      ['puksesmas damai', 'facility Puskesmas Damai'],
      ['psukesmas beji', 'facility Puskesmas Beji'],
      ['puksesmas kota bangun udah buka blm', 'facility Puskesmas Kota Bangun'],
      ['rusd bangil', 'facility RSUD Bangil'],
      ['rumha sakit bangil', 'facility RSUD Bangil'],
    ]);
  });

  describe('in English the name comes first', () => {
    table([
      ['is Bontang Barat health center open now?', 'facility Puskesmas Bontang Barat'],
      ['is Damai health center open now?', 'facility Puskesmas Damai'],
      ['is there a dentist in balikpapan kota tomorrow morning?', 'kecamatan Balikpapan Kota'],
    ]);
  });

  describe('a name that no facility has means the area', () => {
    table([
      ['puskesmas tenggarong', 'kecamatan Tenggarong'],
      ['puskesmas bontang utara', 'kecamatan Bontang Utara'],
      ['puskesmas kukar', 'region Kabupaten Kutai Kartanegara'],
      ['puskesmas samboja kuala', 'village Samboja Kuala'],
    ]);
  });
});

describe('places that are not served are recognised', () => {
  table([
    ['puskesmas kota pasuruan', 'outside Kota Pasuruan'],
    ['pasuruan kota', 'outside Kota Pasuruan'],
    ['di gadingrejo', 'outside Kota Pasuruan'],
    ['puskesmas di samarinda', 'outside Kota Samarinda'],
    ['di sangatta', 'outside Kutai Timur'],
    ['kabupaten rembang', 'outside Kabupaten Rembang'],
    ['sukorejo blitar', 'outside Kota Blitar'],
    ['di surabaya', 'outside Kota Surabaya'],
    ['di surabya', 'outside Kota Surabaya'],
    ['puskesmas samarinda buka?', 'outside Kota Samarinda'],
    ['pkm gadingrejo pasuruan', 'outside Kota Pasuruan'],
    ['puskesmas rembang jawa tengah buka', 'outside Jawa Tengah'],
    ['di barru', 'outside Kabupaten Barru'],
  ]);

  describe('though a name of ours wins', () => {
    table([
      ['pasuruan', 'region Kabupaten Pasuruan'],
      ['di beji', 'kecamatan Beji'],
      ['gunung samarinda', 'village Gunung Samarinda'],
      ['puskesmas gunung samarinda', 'facility Puskesmas Gunung Samarinda'],
      ['puskesmas rembang', 'facility Puskesmas Rembang'],
    ]);
  });
});

describe('everyday words are no places', () => {
  table([
    ['sakit gigi dari semalam, besok ke dokter', 'none'],
    ['sumber air di rumah kotor', 'none'],
    ['saya dipukul suami di rumah', 'none'],
    ['batuk tengah malam', 'none'],
    ['ketuban pecah', 'none'],
    ['jl damai no 3', 'none'],
    ['orang di kaltim', 'none'],
    ['malang benar nasibku', 'none'],
    ['puskesmas mana yang buka sekarang', 'none'],
    ['anak panas dingin lemas', 'none'],
    ['saya di pukul suami', 'none'],
    ['tangan saya di gunting', 'none'],
    ['luka di kandung kemih, puskesmas buka?', 'none'],
    ['puskesmas yang buka di kota', 'none'],
    ['puskesmas mana di pulau jawa', 'none'],
  ]);

  describe('unless a puskesmas is looked for there, or the kecamatan is named too', () => {
    table([
      ['puskesmas mana yang buka di Jeruk?', 'village Jeruk'],
      ['puskesmas buka di semut', 'village Semut'],
      ['puskesmas buka di gunting', 'village Gunting'],
      ['puskesmas mana buka di gading', 'village Gading'],
      ['puskesmas yang buka di jawa', 'village Jawa'],
      ['puskesmas dekat gading winongan', 'village Gading'],
      ['di Pukul kec Kraton', 'village Pukul'],
      ['di pager kec purwosari puskesmas mana', 'village Pager'],
      ['di kandung kec winongan', 'village Kandung'],
      ['di Jawa kec Sanga Sanga', 'village Jawa'],
    ]);
  });

  describe('unless something says that they are', () => {
    table([
      ['di kelurahan damai', 'village Damai'],
      ['desa semut', 'village Semut'],
      ['puskesmas damai', 'facility Puskesmas Damai'],
      ['Damai', 'village Damai'],
      ['di kelurahan jawa', 'village Jawa'],
    ]);
    table([['sepertinya perdana', 'village Perdana']], { awaitingPlace: true });
  });
});

describe('several places in one message', () => {
  it('tells where someone comes from apart from where care is sought', () => {
    const { mentions, place } = read('ktp bontang, mau berobat di balikpapan');
    expect(mentions.map((mention) => [mention.role, placeText(mention.place)])).toEqual([
      ['origin', 'region Kota Bontang'],
      ['there', 'region Kota Balikpapan'],
    ]);
    expect(placeText(place)).toBe('region Kota Balikpapan');
  });

  table([
    ['loa ipuh tenggarong', 'village Loa Ipuh'],
    ['saya tinggal di karang rejo balikpapan', 'village Karang Rejo'],
    ['faskes saya di malang, sekarang di prigen', 'kecamatan Prigen'],
  ]);
});
