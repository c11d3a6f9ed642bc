import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caller, type Office, openOffice } from './office.js';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office?.stop());

const admin = async () => {
  const staff = caller(office.address);
  await staff.signIn('admin@dinkes.test');
  return staff;
};
type Caller = Awaited<ReturnType<typeof admin>>;
/** The mark that a page's form for this address carries. */
const markIn = async (staff: Caller, page: string, form: RegExp) =>
  new RegExp(`${form.source}[\\s\\S]*?name="mark" value="([^"]*)"`).exec(await (await staff.get(page)).text())?.[1] ??
  '';

describe('of two people at the same thing the second is told, and nothing is lost:', () => {
  const holiday = { date: '2027-01-01', kind: 'national', name: 'Tahun Baru contoh', source: 'SKB contoh' };
  const known = () => office.app.world().directory.holidays.find(({ date }) => date === holiday.date);

  it('a holiday', async () => {
    const [one, two] = [await admin(), await admin()];
    const page = '/console/holidays?year=2027';
    expect((await one.post('/console/holidays', holiday, page)).status).toBe(303);
    // The very same again is no quarrel.
    expect((await two.post('/console/holidays', holiday, page)).status).toBe(303);
    const other = { ...holiday, name: 'Tahun Baru <b>lain' };
    const answer = await two.post('/console/holidays', other, page);
    const html = await answer.text();
    expect(answer.status).toBe(409);
    expect(html).toContain('Hari itu sudah ada: Tahun Baru contoh (SKB contoh)');
    expect(html).toContain('value="Tahun Baru &lt;b&gt;lain"');
    expect(known()?.name).toBe('Tahun Baru contoh');
    const old = await markIn(one, page, /holidays\/remove/);
    const mark = /sudah ada[\s\S]*?name="mark" value="([^"]*)"/.exec(html)?.[1] ?? '';
    expect((await two.post('/console/holidays', { ...other, mark }, page)).status).toBe(303);
    expect(known()?.name).toBe('Tahun Baru <b>lain');
    // Who still sees the old name does not remove the new one.
    const gone = { date: holiday.date, kind: 'national', region: '' };
    const late = await one.post('/console/holidays/remove', { ...gone, mark: old }, page);
    expect(late.headers.get('location')).toContain('saved=moved');
    expect(known()).toBeDefined();
    const now = await markIn(one, page, /holidays\/remove/);
    await one.post('/console/holidays/remove', { ...gone, mark: now }, page);
    expect(known()).toBeUndefined();
  });

  it('the office’s contact', async () => {
    const [one, two] = [await admin(), await admin()];
    const form = /regions\/64\.74\/office/;
    const mark = await markIn(one, '/console/regions', form);
    const give = (staff: Caller, contact: string, of: string) =>
      staff.post('/console/regions/64.74/office', { contact, source: 'surat contoh', mark: of }, '/console/regions');
    expect((await give(one, 'Loket contoh', mark)).status).toBe(303);
    const late = await give(two, 'Loket <b>lain', mark);
    const html = await late.text();
    expect(late.status).toBe(409);
    expect(html).toContain('Data ini baru saja diubah orang lain');
    expect(html).toContain('Loket &lt;b&gt;lain');
    expect(html).toContain('<strong>Loket contoh</strong>');
    expect((await give(two, 'Loket lain', await markIn(two, '/console/regions', form))).status).toBe(303);
    expect(office.app.world().directory.region('64.74')?.officeContact).toBe('Loket lain');
  });

  it('an emergency number', async () => {
    const [one, two] = [await admin(), await admin()];
    const number = { number: '0000 999', kind: 'medical', confidence: 'high', source: 'surat contoh' };
    const path = '/console/regions/64.74/numbers';
    const numbers = () => office.app.world().directory.region('64.74')?.emergencyNumbers ?? [];
    expect((await one.post(path, number, '/console/regions')).status).toBe(303);
    const late = await two.post(path, { ...number, confidence: 'low', source: 'surat lain' }, '/console/regions');
    expect(late.status).toBe(409);
    expect(await late.text()).toContain('Nomor itu sudah ada: 0000 999 (surat contoh)');
    expect(numbers().find((each) => each.number === '0000 999')?.confidence).toBe('high');
    const removed = await two.post(`${path}/remove`, { number: '0000 999', mark: 'old' }, '/console/regions');
    expect(removed.headers.get('location')).toContain('saved=moved');
    expect(numbers().some((each) => each.number === '0000 999')).toBe(true);
  });

  it('an account', async () => {
    const [one, two] = [await admin(), await admin()];
    const found = (await office.store.staff({ secret: 'x'.repeat(40), publicUrl: null }).list()).find(
      ({ email }) => email === 'viewer@dinkes.test',
    );
    const path = `/console/staff/${found?.id}`;
    const mark = await markIn(one, '/console/staff', new RegExp(`staff/${found?.id}"`));
    expect((await one.post(path, { role: 'editor', active: '1', mark }, '/console/staff')).status).toBe(303);
    const late = await two.post(path, { role: 'admin', active: '1', mark }, '/console/staff');
    expect(late.status).toBe(409);
    expect(await late.text()).toContain('Data ini baru saja diubah orang lain');
  });

  it('a closure: entered twice it is there once, so that ending it opens the house', async () => {
    const [one, two] = [await admin(), await admin()];
    const facility = '64.02-puskesmas-samboja';
    const form = { region: '64.02', facility, kind: 'closed', reason: 'power', end: 'tomorrow_noon', source: 'contoh' };
    const enter = (staff: Caller, more: Record<string, string> = {}) =>
      staff.post('/console/exceptions/new', { ...form, ...more }, '/console/exceptions/new');
    const entered = async () =>
      (await office.store.data.exceptions(['64.02'])).filter(({ facilityId }) => facilityId === facility).length;
    expect((await enter(one)).status).toBe(303);
    expect((await enter(two)).status).toBe(303);
    expect(await entered()).toBe(1);
    // Another reason is another word, and the first said anew after it counts again.
    await enter(one, { reason: 'flood' });
    expect(await entered()).toBe(2);
    await enter(one);
    expect(await entered()).toBe(3);
  });

  it('a closure: ended by one, the other’s "end" changes nothing', async () => {
    const [one, two] = [await admin(), await admin()];
    const now = office.app.world().directory;
    const facility = now.facility('64.02-puskesmas-loa-ipuh');
    if (!facility) throw new Error('the facility is not shipped');
    const at = Date.parse('2026-11-23T00:00:00Z');
    const closure = {
      id: 'contoh',
      regionCode: '64.02',
      facilityId: facility.id,
      service: null,
      from: at,
      to: at + 86_400_000,
      hours: null,
      reason: 'banjir',
      source: 'contoh',
      grade: 'verified',
      checkedOn: '2026-11-23',
    } as const;
    await office.store.data.putException(closure, { who: 'contoh', at });
    expect((await one.post('/console/exceptions/end', { id: 'contoh' }, '/console/exceptions')).status).toBe(303);
    const ended = (await office.store.data.exceptions(['64.02'])).find(({ id }) => id === 'contoh')?.to;
    expect((await two.post('/console/exceptions/end', { id: 'contoh' }, '/console/exceptions')).status).toBe(303);
    expect((await office.store.data.exceptions(['64.02'])).find(({ id }) => id === 'contoh')?.to).toBe(ended);
  });
});
