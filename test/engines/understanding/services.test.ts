import { expect, it } from 'vitest';
import { read } from './shipped-world.js';

it.each([
  ['mau cabut gigi', ['dental']],
  ['suntik KB', ['family_planning']],
  ['imunisasi anak', ['immunisation']],
  ['periksa hamil', ['kia']],
  ['kontrol kehamilan', ['kia']],
  ['cek gula', ['laboratory']],
  ['mau cek kolesterol', ['laboratory']],
  ['IGD buka?', ['ugd']],
  ['unit gawat darurat', ['ugd']],
  ['bisa rawat inap?', ['inpatient']],
  ['lahiran di puskesmas', ['delivery']],
  ['ambil obat', ['pharmacy']],
  ['loket pendaftaran', ['registration']],
  ['minta rujukan', ['referral_letter']],
  ['vaksin rabies', ['rabies_vaccine']],
  ['habis digigit anjing mau suntik', ['rabies_vaccine']],
  ['ambil obat tbc', ['tb']],
  ['tes hiv', ['hiv']],
  ['ada psikolog?', ['mental_health']],
  ['poli lansia', ['elderly']],
  ['poli umum', ['outpatient']],
  ['ugd buka? ada ambulans?', ['ugd', 'ambulance']],
  ['digigit nyamuk', []],
  ['puskesmas mana yang buka', []],
])('%s → %j', (text, services) => expect(read(text).services).toEqual(services));
