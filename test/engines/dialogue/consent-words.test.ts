import { describe, expect, it } from 'vitest';
import { type ContactFacts, NEW_CONTACT } from '../../../src/domain/contact.js';
import { converse } from '../../../src/services/converse.js';
import { firstLook } from '../../../src/services/first-look.js';
import { WORLD } from '../../services/house.js';

const MONDAY = Date.parse('2026-11-23T09:00:00+08:00');

/** What a person says one after the other; resolves to what is kept of them, and what they were last offered. */
function say(texts: readonly string[], facts: Partial<ContactFacts> = {}) {
  let contact: ContactFacts = { ...NEW_CONTACT, ...facts };
  let session: unknown = null;
  let offered: readonly string[] = [];
  for (const text of texts) {
    const message = {
      id: 't',
      channel: 'console',
      contact: 't',
      at: MONDAY,
      body: { type: 'text', text },
      language: null,
    } as const;
    const result = converse(message, firstLook(message), { contact, session }, WORLD, MONDAY);
    contact = result.contact;
    session = JSON.parse(JSON.stringify(result.session));
    offered = result.session.offered;
  }
  return { contact, offered };
}

/** `yes`, `stop`, `asked` (about either), or `nothing`: what a message does to somebody new, or who agreed before. */
function effectOf(text: string): string {
  const [fresh, agreed] = [say([text]), say([text], { consent: 'granted' })];
  if (agreed.contact.consent === 'stopped') return 'stop';
  if (fresh.contact.consent === 'granted') return 'yes';
  const asks = [...fresh.offered, ...agreed.offered].some((id) => id === 'consent:yes' || id === 'stop:yes');
  return asks ? 'asked' : 'nothing';
}

describe('a plain yes agrees', () => {
  it.each([
    'daftarkan nomor sy utk info puskesmas ya',
    'sy mau trima pengumuman dr dinkes',
    'langgannan info',
    'lnggnan info kesehatan',
    'langgananan infonya dong',
    'Berlanganan info dinkes balikpapan',
    'mau lah dikirimin info vaksin',
    'iya boleh kirim info ke sini aja',
    'mauu terima inpo dari dinkes',
    'sy bersedia nerima broadcast',
    'setuju terima info',
    'minta dikirimi jadwal posyandu tiap bulan ya bu',
    'aq gelem dikirimi kabar soko puskesmas',
    'melu langganan info yo mas',
    'kulo purun dikirimi kabar',
    'ulun handak langganan habar puskesmas',
    'ulun umpat habar dinkes lah',
    'tolong aktifin lg info dari dinkes, kmrn sy stop',
  ])('%s', (text) => expect(effectOf(text)).toBe('yes'));
});

describe('a doubtful yes is asked back, and so is who only complains', () => {
  it.each([
    'gimana cara langganan info?',
    'langganan?',
    'daftar',
    'ibu saya mau langganan info juga',
    'kemarin saya langganan info, kok gak ada kabar',
    'mungkin nanti saya mau langganan info',
    'belum tahu mau langganan atau tidak',
    'mau langganan tapi takut kebanyakan pesan',
    'kabari kalau hasil lab saya sudah keluar',
    'daftarin sy di info kecamatan sepaku',
    'kirim info terus, bosan',
    'info mulu tiap hari capek bacanya',
    'pesan dari dinkes banyak banget, ganggu',
    'sering amat ngirim pengumumannya',
    'notifnya kebanyakan min',
    'kok aku dikirimi info terus sih',
    'kenapa saya terus dapat pesan ini, saya gak pernah daftar',
    'siapa yg daftarin nomor saya di sini',
    'hp saya penuh pesan dari puskesmas',
    'infonya gak penting',
    'pengumuman tidak ada gunanya buat saya',
    'akeh tenan kabare, jeleh aku',
    'lapah unda mambaca habar tarus',
  ])('%s', (text) => expect(effectOf(text)).toBe('asked'));
});

describe('a stop stops', () => {
  it.each([
    'stop dong infonya',
    'udah cukup infonya min',
    'gausah kirim2 lagi',
    'sy mau berenti langganan',
    'brhnti kirim info',
    'gk mau dpt info lg',
    'bosan, stop',
    'terima kasih, stop',
    'STOP. saya bukan warga kukar',
    'langgananku dibatalkan saja',
    'saya tidak pernah minta info ini, hentikan',
    'sudah tidak tinggal di kukar, berhenti kirim info kukar',
    'kalau sudah langganan bisa berhenti gak?',
    'wis ojo ngirim maneh',
    'mandeg wae langganane',
    'uwis, mandeg',
    'sampun mboten usah dikirimi malih',
    'ampih ja mangirim habar',
    'kada usah dikirimi habar lagi',
  ])('%s', (text) => expect(effectOf(text)).toBe('stop'));
});

describe('what is about something else changes nothing', () => {
  it.each([
    'ambulans jangan lama kirimnya',
    'pusing, minta info puskesmas buka',
    'badan lelah terus, info dokter dong',
    'kenapa info jam bukanya sering salah',
    'mengapa pesan saya belum dibalas juga',
    'capek nunggu balasan pesan dari admin',
    'makasih banyak ya infonya sangat membantu',
    'kejangnya lama, berhenti',
    'kapan berhenti minum obat tb',
    'mau stop kb di puskesmas',
    'saya tidak dapat info jadwal dokter',
    'desa lung anai puskesmas mana',
    'anggana buka?',
    'petugas sering sekali kirim info salah',
  ])('%s', (text) => expect(effectOf(text)).toBe('nothing'));
});

describe('asked whether to stop', () => {
  const after = (answer: string) => say(['kirim info terus, bosan', answer], { consent: 'granted' }).contact.consent;
  it.each([
    ['ya', 'stopped'],
    ['1', 'stopped'],
    ['iya', 'stopped'],
    ['berhenti', 'stopped'],
    ['tidak', 'granted'],
    ['2', 'granted'],
    ['gak usah', 'granted'],
    ['puskesmas mana yang buka?', 'granted'],
  ])('"%s" means %s', (answer, consent) => expect(after(answer)).toBe(consent));

  it('somebody who never agreed is asked too, and a yes is kept as a stop', () => {
    expect(say(['kirim info terus, bosan']).contact.consent).toBe('never_asked');
    expect(say(['kirim info terus, bosan', 'ya']).contact.consent).toBe('stopped');
  });
});

describe('where and what', () => {
  const kept = (texts: readonly string[], facts: Partial<ContactFacts> = {}) => {
    const { consent, regionCode, kecamatanCode, interests } = say(texts, facts).contact;
    return [consent, regionCode ?? '-', kecamatanCode ?? '-', (interests ?? []).join('+') || '-'].join(' ');
  };
  it.each([
    ['mau dapat info dari dinkes bontang', 'granted 64.74 - -'],
    ['langganan info vaksin', 'granted - - vaccination'],
    ['langganan info dbd di loa janan', 'granted 64.02 64.02.03 outbreak'],
    ['daftar info kecamatan bangil', 'granted 35.14 35.14.14 all'],
    ['langganan info vaksin bontang', 'granted 64.74 - vaccination'],
    ['langganan info wabah dan vaksin', 'granted - - vaccination+outbreak'],
  ])('%s', (text, expected) => expect(kept([text])).toBe(expected));

  it.each([
    ['a kecamatan', ['bontang utara'], 'granted 64.74 64.74.01 my_kecamatan'],
    ['a village', ['gunung elai'], 'granted 64.74 64.74.01 my_kecamatan'],
    ['a puskesmas', ['puskesmas bontang barat'], 'granted 64.74 64.74.03 my_kecamatan'],
    ['a whole town: kept, and asked which kecamatan', ['bontang'], 'granted 64.74 - -'],
    ['a whole town, then its kecamatan by number', ['bontang', '1'], 'granted 64.74 64.74.01 my_kecamatan'],
    ['a whole town, then its kecamatan by name', ['bontang', 'bontang selatan'], 'granted 64.74 64.74.02 my_kecamatan'],
    ['somewhere, then corrected', ['bontang utara', 'tenggarong'], 'granted 64.02 64.02.06 my_kecamatan'],
  ])('"kecamatan saya" answered by %s', (_, answers, expected) =>
    expect(kept(['langganan', '2', ...answers])).toBe(expected),
  );
});
