/** What fills the places of a text on the review page, so that its length is that of a real reply. Names are made up. */
const SAMPLES: Readonly<Record<string, string>> = {
  a: '0800-0000-0000',
  address: 'Jl. Contoh No. 12, Kel. Contoh Indah',
  area: 'Contoh Seberang',
  b: '119',
  c: '112',
  checked: '23 November 2026',
  clock: '14.00',
  contact: 'WhatsApp 0800-0000-0000',
  date: 'Senin, 23 November 2026',
  day: 'Sen 23 Nov',
  days: 'Senin–Kamis',
  distance: '± 3,2 km',
  from: '07.30',
  holiday: 'Hari Raya Contoh',
  hours: '07.30–14.00',
  minutes: '30',
  moment: 'Sen 23 Nov 14.00',
  n: '1',
  name: 'Puskesmas Contoh Indah II',
  number: '119',
  numbers: '0800-0000-0000, 119, atau 112',
  phone: '0800-0000-0000',
  reason: 'banjir',
  region: 'Kabupaten Contoh Raya',
  regions: 'Kabupaten Contoh Raya dan Kota Contoh',
  service: 'poli umum',
  source: 'Dinas Kesehatan Contoh',
  state: 'buka',
  to: '14.00',
  until: '14.00',
  url: 'https://contoh.invalid/data',
  when: 'besok pukul 09.00',
  where: '± 3,2 km',
  within: 'Kecamatan Contoh',
  year: '2026',
  zone: 'WITA',
};

/** The text with its places filled; a place without a sample shows its own name, as "‹items›". */
export function fillWithSamples(text: string): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => SAMPLES[name] ?? `‹${name}›`);
}
