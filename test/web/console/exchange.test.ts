import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { planImport } from '../../../src/services/import-facilities.js';
import { loadSeedSnapshot } from '../../../src/services/seed.js';
import { csvOf, harmlessCell } from '../../../src/services/spreadsheet-cell.js';
import { exportCsv, exportXlsx } from '../../../src/services/staff-export.js';
import { uploadedFiles } from '../../../src/services/staff-import.js';
import { caller, type Office, openOffice } from './office.js';

const SEED = loadSeedSnapshot();
const everywhere = () => true;
const plan = async (content: Buffer, kind = 'facilities') =>
  planImport(await uploadedFiles('f', content, kind), SEED, () => null);

describe('what goes out comes in again', () => {
  it.each(['facilities', 'hours', 'holidays'] as const)('%s as CSV: nothing would change', async (kind) => {
    const { faults, rows } = await plan(Buffer.from(exportCsv(SEED, kind, everywhere)), kind);
    expect(faults).toEqual([]);
    expect(rows.filter(({ what }) => what !== 'unchanged')).toEqual([]);
    expect(rows.length).toBeGreaterThan(10);
  });

  it('all of it as XLSX: nothing would change', async () => {
    const { faults, rows } = await plan(await exportXlsx(SEED, everywhere));
    expect(faults).toEqual([]);
    expect(rows.filter(({ what }) => what !== 'unchanged')).toEqual([]);
    expect(rows.length).toBe(
      SEED.facilities.length + SEED.facilities.flatMap(({ services }) => services).length + SEED.holidays.length,
    );
  });
});

describe('cells that a spreadsheet would run', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+cmd|x', "'+cmd|x"],
    ['-cmd', "'-cmd"],
    ['+62 541 000', '+62 541 000'],
    ['-0.41', '-0.41'],
    ['-', '-'],
    ['Puskesmas', 'Puskesmas'],
  ])('%s goes out as %s', (text, safe) => expect(harmlessCell(text)).toBe(safe));

  it('quotes what needs it', () =>
    expect(csvOf([['a,b', 'c"d', 'e\nf', 'g']])).toBe('\uFEFF"a,b","c""d","e\nf",g\r\n'));
});

describe('an XLSX file of an office', () => {
  const sheet = (rows: unknown[][]) => writeXlsxFile(rows as never).toBuffer();
  const head = ['region_code', 'kind', 'name', 'source', 'checked_on', 'phone'];

  it('with dates, numbers and formulas is read as what it shows', async () => {
    const row = [
      { value: '64.02', type: String },
      { value: 'puskesmas', type: String },
      { value: 'Puskesmas Contoh', type: String },
      { value: 'surat contoh', type: String },
      { value: new Date('2026-11-20T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' },
      { value: 541000111, type: Number },
    ];
    const { faults, rows } = await plan(await sheet([head.map((value) => ({ value })), row]));
    expect(faults).toEqual([]);
    expect(rows).toMatchObject([{ what: 'new', subject: '64.02-puskesmas-contoh' }]);
  });

  it('with a formula whose result was never kept, or wrong types, is a fault of its line', async () => {
    const row = [
      { value: '64.02' },
      { value: true, type: Boolean },
      { value: '=HYPERLINK("x")', type: 'Formula' },
      { value: 'x' },
      { value: 12, type: Number },
      null,
    ];
    const { faults } = await plan(await sheet([head.map((value) => ({ value })), row]));
    expect(faults.map(({ line }) => line)).toContain(2);
  });

  it('with 10,000 rows is read', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) =>
      ['64.02', 'pustu', `Pustu Contoh ${at}`, 'surat contoh', '2026-11-20', ''].map((value) => ({
        value,
        type: String,
      })),
    );
    const read = await plan(await sheet([head.map((value) => ({ value, type: String })), ...rows]));
    expect(read.faults).toEqual([]);
    expect(read.rows).toHaveLength(10_000);
  }, 60_000);

  it.each([
    ['a broken archive', Buffer.from('PK\x03\x04 and then nonsense')],
    ['an archive that is no workbook', Buffer.from('504b0506000000000000000000000000000000000000', 'hex')],
  ])('%s is refused', async (_, content) => {
    await expect(uploadedFiles('f.xlsx', content, 'facilities')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('two steps', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office?.stop());

  const check = async (email: string, text: string) => {
    const visitor = caller(office.address);
    await visitor.signIn(email);
    const html = await (await visitor.get('/console/exchange')).text();
    const body = new FormData();
    body.set('form_key', /name="form_key" value="([^"]+)"/.exec(html)?.[1] ?? '');
    body.set('kind', 'facilities');
    body.set('file', new File([text], 'f.csv'));
    const answer = await visitor.send('/console/exchange/check', { method: 'POST', body });
    const page = await answer.text();
    return { visitor, status: answer.status, token: /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '', page };
  };
  const row = (name: string, region = '64.74') =>
    `region_code,kind,name,source,checked_on\n${region},pustu,${name},surat contoh,2026-11-23\n`;

  it('somebody limited to a region writes nothing elsewhere', async () => {
    expect((await check(office.emailOf('editor', '64.74'), row('Pustu Lain', '64.02'))).status).toBe(403);
    expect((await check(office.emailOf('editor', '64.74'), row('Pustu Sini'))).status).toBe(200);
    expect((await check(office.emailOf('viewer'), row('Pustu Sini'))).status).toBe(403);
  });

  it('a rehearsal is one’s own, counts once, and is shown again when the data moved on', async () => {
    const first = await check(office.emailOf('editor'), row('Pustu Baru'));
    const other = caller(office.address);
    await other.signIn(office.emailOf('admin'));
    expect((await other.post('/console/exchange/take', { token: first.token }, '/console/exchange')).status).toBe(409);
    const second = await check(office.emailOf('editor'), row('Pustu Baru'));
    expect(
      (await second.visitor.post('/console/exchange/take', { token: second.token }, '/console/exchange')).status,
    ).toBe(303);
    expect(
      (await second.visitor.post('/console/exchange/take', { token: second.token }, '/console/exchange')).status,
    ).toBe(409);
    const late = await first.visitor.post('/console/exchange/take', { token: first.token }, '/console/exchange');
    expect(late.status).toBe(409);
    expect(await late.text()).toContain('Data berubah sejak Anda melihatnya');
    expect(await office.store.data.facility('64.74-pustu-baru')).toMatchObject({ name: 'Pustu Baru' });
  });

  it('faults are told in Indonesian, with line and column', async () => {
    const { page } = await check(
      office.emailOf('editor'),
      'region_code,kind,name,source,checked_on,phone\n6474,warung,,surat contoh,kemarin,telepon saja\n',
    );
    expect(page).toContain(
      'Baris 2 · <code>region_code</code>: wilayah &quot;6474&quot; tidak dikenal: seperti kode BPS',
    );
    const { page: other } = await check(
      office.emailOf('editor'),
      row('Pustu', '64.74').replace('2026-11-23', 'kemarin'),
    );
    expect(other).toContain('&quot;kemarin&quot; bukan tanggal berbentuk TTTT-BB-HH');
    expect(other).not.toContain('is no day');
  });

  it('the second step may reach another process, also after a restart', async () => {
    const { visitor, token } = await check(office.emailOf('editor'), row('Pustu Proses Dua'));
    const two = await openOffice({ DATABASE_URL: office.databaseUrl });
    const there = caller(two.address, visitor.jar);
    const answer = await there.post('/console/exchange/take', { token }, '/console/exchange');
    expect(answer.status).toBe(303);
    await two.stop();
    expect(await office.store.data.facility('64.74-pustu-proses-dua')).toMatchObject({ name: 'Pustu Proses Dua' });
  });

  it('hostile cells are shown as text', async () => {
    const { page } = await check(office.emailOf('editor'), row('"<script>alert(1)</script>"'));
    expect(page).not.toContain('<script>alert');
  });
});
