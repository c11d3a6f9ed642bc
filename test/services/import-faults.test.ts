import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ImportKind } from '../../src/services/import/kinds.js';
import { reportLines } from '../../src/services/import/report.js';
import { type ImportFile, importFiles, planImport } from '../../src/services/import-facilities.js';
import { loadSeedSnapshot, planSeed } from '../../src/services/seed.js';
import { createMemoryStore } from '../../src/store/memory/index.js';

const seed = loadSeedSnapshot();
const AUTHOR = { who: 'import', at: 0 };

/** Stands in for the hours engine: refuses whatever holds the word "kira-kira". */
const checkHours = (text: string) => {
  const at = text.indexOf('kira-kira');
  return at < 0 ? null : { message: `cannot be read at character ${at + 1}` };
};

function file(kind: ImportKind, content: string | Uint8Array, name = `${kind}.csv`): ImportFile {
  return { kind, name, content: typeof content === 'string' ? new TextEncoder().encode(content) : content };
}

function plan(kind: ImportKind, content: string | Uint8Array) {
  return planImport([file(kind, content)], seed, checkHours);
}

const HEADER = 'region_code,kind,name,kecamatan,kelurahan,lat,lng,phone,hours_ugd,hours_outpatient,source,checked_on';
const ROW = '64.02,puskesmas,Puskesmas Fiktif,Tenggarong,Timbau,-0.41,116.99,000-1,24/7,,contoh,2026-11-22';
const rows = (...lines: readonly string[]) => [HEADER, ...lines].join('\n');
/** The good row with one cell changed. */
const withCell = (column: string, text: string) => {
  const cells = ROW.split(',');
  cells[HEADER.split(',').indexOf(column)] = text.includes(',') ? `"${text}"` : text;
  return rows(cells.join(','));
};

describe('a facilities file is refused', () => {
  const cases: readonly (readonly [what: string, content: string, line: number, field: string | null, says: RegExp])[] =
    [
      ['when it is empty', '', 1, null, /empty/],
      ['when it is blank', ' \r\n \r\n', 1, null, /empty/],
      ['for a missing column', HEADER.replace(',checked_on', ''), 1, 'checked_on', /missing/],
      ['for an unknown column', HEADER.replace('phone', 'telepon'), 1, 'telepon', /unknown column/],
      ['for a column named in capitals', HEADER.replace('phone', 'Phone'), 1, 'Phone', /unknown column/],
      ['for a column named twice', HEADER.replace('phone', 'name'), 1, 'name', /twice/],
      [
        'for a column of hours that is no service',
        HEADER.replace('hours_ugd', 'hours_text'),
        1,
        'hours_text',
        /hours_outp/,
      ],
      ['for a row with too few cells', rows('64.02,puskesmas,Puskesmas Fiktif'), 2, null, /3 cells.*12 columns/],
      ['for a quote that never ends', rows('64.02,puskesmas,"Puskesmas Fiktif'), 2, null, /not readable/],
      ['for a region that is not known', withCell('region_code', '64.03'), 2, 'region_code', /unknown region/],
      ['for a BPS code', withCell('region_code', '6403'), 2, 'region_code', /BPS/],
      ['for no region', withCell('region_code', ''), 2, 'region_code', /not be empty/],
      ['for an unknown kind', withCell('kind', 'posyandu'), 2, 'kind', /none of: puskesmas/],
      ['for no kind', withCell('kind', ''), 2, 'kind', /not be empty/],
      ['for no name', withCell('name', ''), 2, 'name', /not be empty/],
      ['for a name like a formula', withCell('name', '=1+1'), 2, 'name', /formula/],
      ['for a name with control characters', withCell('name', 'Puskesmas\u202e Fiktif'), 2, 'name', /control/],
      ['for an endless name', withCell('name', 'a'.repeat(121)), 2, 'name', /longer than 120/],
      ['for another name of a known facility', withCell('name', 'RSUD AM Parikesit'), 2, 'name', /another name of/],
      [
        'for an unknown kecamatan, with the nearest',
        withCell('kecamatan', 'Tengarong'),
        2,
        'kecamatan',
        /"Tenggarong"/,
      ],
      ['for a kecamatan of another region', withCell('kecamatan', 'Bangil'), 2, 'kecamatan', /not known in 64.02/],
      ['for an unknown kelurahan', withCell('kelurahan', 'Tidak Ada'), 2, 'kelurahan', /not known in 64.02.06/],
      ['for a point abroad', withCell('lat', '52.1'), 2, 'lat', /outside Indonesia/],
      ['for half a point', withCell('lng', ''), 2, 'lng', /both/],
      ['for a number that is none', withCell('lat', '0°25′S'), 2, 'lat', /no number/],
      ['for a phone that is none', withCell('phone', 'lihat pintu'), 2, 'phone', /no phone/],
      ['for hours that cannot be read', withCell('hours_ugd', 'Mo kira-kira'), 2, 'hours_ugd', /character 4/],
      ['for a day that does not exist', withCell('checked_on', '2026-02-30'), 2, 'checked_on', /YYYY-MM-DD/],
      ['for no source', withCell('source', ''), 2, 'source', /not be empty/],
      ['for the same facility twice', rows(ROW, ROW), 3, 'name', /same as line 2/],
      ['for the same name in other letters', rows(ROW, ROW.replace('Fiktif', 'FIKTIF.')), 3, 'name', /same as line 2/],
    ];
  test.each(cases)('%s', (_, content, line, field, says) => {
    const { faults } = plan('facilities', content);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ file: 'facilities.csv', line, field });
    expect(faults[0]?.message).toMatch(says);
  });

  test('for latitude and longitude swapped', () => {
    const { faults } = plan('facilities', rows(ROW.replace('-0.41,116.99', '116.99,-0.41')));
    expect(faults.map(({ message }) => message)).toEqual(['116.99, -0.41: latitude and longitude are swapped']);
  });

  test('when it is not UTF-8', () => {
    const latin = Uint8Array.from([...new TextEncoder().encode(rows(ROW)), 0xe9]);
    expect(plan('facilities', latin).faults[0]?.message).toMatch(/UTF-8/);
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${rows(ROW)}`, 'utf16le'));
    expect(plan('facilities', utf16).faults[0]?.message).toMatch(/UTF-8/);
  });

  test('with every fault at once, each with its line', () => {
    const bad = rows(
      ROW.replace('64.02', '6403'),
      ROW,
      '',
      ROW.replace('Fiktif', 'Fiktif Dua').replace('24/7', 'kira-kira').replace('Timbau', 'Timba'),
    );
    const { faults, rows: good } = plan('facilities', bad);
    expect(faults.map(({ line, field }) => [line, field])).toEqual([
      [2, 'region_code'],
      [5, 'kelurahan'],
      [5, 'hours_ugd'],
    ]);
    expect(good.map(({ line }) => line)).toEqual([3]);
  });

  test('counting lines also behind a cell with line breaks', () => {
    const bad = rows(ROW.replace('contoh', '"dua\nbaris"').replace('Fiktif', 'Satu'), ROW.replace('24/7', 'kira-kira'));
    expect(plan('facilities', bad).faults.map(({ line }) => line)).toContain(4);
  });
});

describe('a facilities file is taken', () => {
  const name = '64.02-puskesmas-fiktif';
  const id = (content: string | Uint8Array) => plan('facilities', content).after.facilities.find((f) => f.id === name);

  test('with its areas found by name', () => {
    expect(id(rows(ROW))).toMatchObject({
      regionCode: '64.02',
      kecamatanCode: '64.02.06',
      kelurahanCode: expect.stringMatching(/^64\.02\.06\./),
      point: { lat: -0.41, lng: 116.99 },
      coordConfidence: 'medium',
      status: 'operating',
      services: [{ service: 'ugd', hours: '24/7', grade: 'published', standing: 'active', validFrom: null }],
    });
  });

  test.each([
    ['with a byte order mark', `\ufeff${rows(ROW)}`],
    ['with Windows line ends', rows(ROW).replace(/\n/g, '\r\n')],
    [
      'separated by semicolons, with decimal commas',
      rows(ROW)
        .replace(/,/g, ';')
        .replace(/(\d)\.(\d\d);/g, '$1,$2;')
        .replace('64,02;', '64.02;'),
    ],
    ['separated by tabs', rows(ROW).replace(/,/g, '\t')],
    ['with blank lines', rows('', ROW, '')],
  ])('%s', (_, content) => {
    expect(plan('facilities', content).faults).toEqual([]);
    expect(id(content)).toEqual(id(rows(ROW)));
  });

  test('leaving as it is what its cells leave empty, and emptying what they erase', () => {
    const known = seed.facilities.find(({ id }) => id === '64.02-puskesmas-loa-ipuh')!;
    const head = 'region_code,kind,name,phone,kelurahan,kecamatan,source,checked_on\n';
    const line = '64.02,puskesmas,PUSKESMAS LOA-IPUH,-,,,Dinkes,2026-11-22';
    const { after, rows: changes } = plan('facilities', head + line);
    const now = after.facilities.find(({ id }) => id === known.id);
    expect(now).toEqual({
      ...known,
      name: 'PUSKESMAS LOA-IPUH',
      phone: null,
      source: 'Dinkes',
      checkedOn: '2026-11-22',
    });
    expect(changes[0]?.fields.map(({ field }) => field)).toEqual(['name', 'phone', 'source']);
  });

  test('renaming the facility whose id it writes', () => {
    const head = 'id,region_code,kind,name,aliases,source,checked_on\n';
    const line = '64.02-puskesmas-loa-ipuh,64.02,puskesmas,Puskesmas Baru,Puskesmas Loa Ipuh,Dinkes,2026-11-22';
    const { after, faults } = plan('facilities', head + line);
    expect(faults).toEqual([]);
    expect(after.facilities.filter(({ name }) => name === 'Puskesmas Loa Ipuh')).toEqual([]);
    expect(after.facilities).toHaveLength(seed.facilities.length);
  });

  test('keeping a verified statement beside the published one', () => {
    const head = 'region_code,kind,name,hours_ugd,grade,source,checked_on\n';
    const line = '64.02,puskesmas,Puskesmas Loa Ipuh,Mo-Fr 08:00-20:00,verified,Dinkes,2026-11-22';
    const { after } = plan('facilities', head + line);
    const ugd = after.facilities.find(({ id }) => id.endsWith('loa-ipuh'))?.services.filter((s) => s.service === 'ugd');
    expect(ugd?.map(({ grade, hours }) => [grade, hours])).toEqual([
      ['verified', 'Mo-Fr 08:00-20:00'],
      ['published', '24/7'],
    ]);
  });
});

describe('the other files', () => {
  const cases: readonly (readonly [ImportKind, string, string | null, RegExp])[] = [
    ['regions', 'code,name,zone,source,checked_on\n6403,Fiktif,WITA,x,2026-11-22', 'code', /BPS/],
    ['regions', 'code,name,zone,source,checked_on\n99.01,Fiktif,Asia/Tokyo,x,2026-11-22', 'zone', /WIB, WITA, WIT/],
    ['areas', 'code,name\n99.01.01,Fiktif', 'code', /99.01, which is not known/],
    ['areas', 'code,name\n64.02.99.2001,Fiktif', 'code', /parent 64.02.99 is not known/],
    ['areas', 'code,name\n640206,Fiktif', 'code', /no Kemendagri code/],
    ['areas', 'code,name,level\n64.02.06,Tenggarong,kelurahan_desa', 'level', /kecamatan/],
    ['hours', 'facility_id,service,hours,source,checked_on\nx,ugd,24/7,y,2026-11-22', 'facility_id', /not known/],
    [
      'hours',
      'region_code,facility,service,hours,source,checked_on\n64.02,Fiktif,ugd,24/7,y,2026-11-22',
      'facility',
      /not/,
    ],
    ['holidays', 'date,kind,name,source\n2027-01-01,libur,Tahun Baru,SKB', 'kind', /national/],
    ['holidays', 'date,kind,name,source\n2027-01-01,regional,Hari Jadi,Perda', 'region_code', /needs one/],
    ['holidays', 'date,kind,name,source\n1-1-2027,national,Tahun Baru,SKB', 'date', /YYYY-MM-DD/],
    [
      'emergency-numbers',
      'region_code,number,kind,confidence,source,checked_on\n64.02,satu,psc,low,x,2026-11-22',
      'number',
      /no phone/,
    ],
    ['landmarks', 'region_code,name,source\n64.02,Pasar Fiktif,x', 'kecamatan', /kecamatan or a point/],
  ];
  test.each(cases)('%s: %j', (kind, content, field, says) => {
    const { faults } = plan(kind, content);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ line: 2, field });
    expect(faults[0]?.message).toMatch(says);
  });

  test('hours: the end may not lie before the start', () => {
    const head = 'facility_id,service,hours,valid_from,valid_to,source,checked_on\n';
    const line = '64.02-puskesmas-loa-ipuh,dental,Mo 08:00-10:00,2026-12-01,2026-11-30,x,2026-11-22';
    expect(plan('hours', head + line).faults.map(({ field }) => field)).toEqual(['valid_to']);
  });

  test('hours: a statement is taken back by "-"', () => {
    const head = 'facility_id,service,hours,valid_from,source,checked_on\n';
    const line = '64.02-puskesmas-loa-ipuh,ugd,-,2025-10-11,x,2026-11-22';
    const { after, rows: changes } = plan('hours', head + line);
    expect(changes).toMatchObject([{ what: 'removed' }]);
    const services = after.facilities.find(({ id }) => id === '64.02-puskesmas-loa-ipuh')?.services;
    expect(services?.map(({ service }) => service)).toEqual(['outpatient']);
  });
});

describe('a new region', () => {
  const example = (kind: ImportKind) => file(kind, readFileSync(`docs/example-${kind}.csv`));
  const files = [example('facilities'), example('areas'), example('regions')];

  test('comes from CSV files alone, in whatever order they are named', async () => {
    const store = createMemoryStore();
    await store.data.seed(planSeed().change, AUTHOR);
    const done = await importFiles(store.data, files, () => null, AUTHOR);
    expect(done.faults).toEqual([]);
    const { regions, areas, facilities } = await store.data.snapshot();
    expect(regions.map(({ code }) => code)).toContain('99.01');
    expect(areas.filter(({ code }) => code.startsWith('99.01'))).toHaveLength(4);
    expect(facilities.filter(({ regionCode }) => regionCode === '99.01')).toHaveLength(4);
  });

  test('is not half loaded: one fault in one file and nothing is written', async () => {
    const store = createMemoryStore();
    await store.data.seed(planSeed().change, AUTHOR);
    const bad = file(
      'facilities',
      readFileSync('docs/example-facilities.csv', 'utf8').replace(',Contoh Hilir,', ',Hilir,'),
    );
    const done = await importFiles(store.data, [...files.slice(1), bad], () => null, AUTHOR);
    expect(done.faults.length).toBeGreaterThan(0);
    expect(await store.data.version()).toBe(1);
    expect((await store.data.snapshot()).regions).toHaveLength(4);
  });

  test('imported twice changes nothing the second time', async () => {
    const store = createMemoryStore();
    await store.data.seed(planSeed().change, AUTHOR);
    await importFiles(store.data, files, () => null, AUTHOR);
    const again = await importFiles(store.data, files, () => null, AUTHOR);
    expect(new Set(again.rows.map(({ what }) => what))).toEqual(new Set(['unchanged']));
    expect(await store.data.version()).toBe(2);
    expect(reportLines(again, false).at(-1)).toBe(
      '8 rows: 0 new, 0 changed, 0 removed, 8 unchanged. Nothing to write.',
    );
  });

  test('worked out from data that changed meanwhile is not written', async () => {
    const store = createMemoryStore();
    await store.data.seed(planSeed().change, AUTHOR);
    const { snapshot } = store.data;
    const slow = {
      ...store.data,
      snapshot: async () => {
        const seen = await snapshot();
        await store.data.removeHoliday({ date: '2026-12-25', regionCode: null, kind: 'national' }, AUTHOR);
        return seen;
      },
    };
    await expect(importFiles(slow, files, () => null, AUTHOR)).rejects.toMatchObject({ code: 'STORE_BUSY' });
    expect((await store.data.snapshot()).regions).toHaveLength(4);
  });
});

test('ten thousand rows are planned in seconds', () => {
  const lines = Array.from({ length: 10_000 }, (_, at) => ROW.replace('Fiktif', `Fiktif ${at}`));
  expect(plan('facilities', rows(...lines)).after.facilities).toHaveLength(10_000 + seed.facilities.length);
});
