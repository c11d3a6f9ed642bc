import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/engines/eligibility/index.js';
import { caller, checkPage } from './office.js';
import { opened } from './opened.js';

const here = opened();

const RULE = '/console/programmes/bontang.resident';
const outcomeOn = (day: string) => evaluate({ ktpRegion: '64.74' }, here.office.app.world().rules, day);

describe('a rule of a programme', () => {
  it.each(['phone', 'desk'] as const)('is given a new version on a %s, tried first', async (where) => {
    const [note, outcome, from] =
      where === 'phone'
        ? (['Loket contoh pindah ke lantai dua.', 'Perlu satu langkah dulu', '2026-12-01'] as const)
        : (['Loket contoh kembali ke lantai satu.', 'Kemungkinan ditanggung', '2027-02-01'] as const);
    const { context, page, faults } = await here.signIn('approver', where);
    await page.goto(`${here.office.address}/console/programmes?region=64.74`);
    await page.getByRole('link', { name: 'bontang.resident' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Aturan bontang.resident' }).waitFor();
    await page.getByLabel('Berlaku mulai').fill(from);
    await page.getByLabel('Hasil').selectOption(outcome);
    await page.getByLabel(/^Catatan dinas/).fill(note);
    await page.getByLabel(/^Sumber: nomor surat/).fill('SK contoh 7/2026');
    await page.getByText('Syarat dan pertanyaan').click();
    await page.getByText(/^BPJS: hanya bila tidak/).click();
    await checkPage(page, `rule-form-${where}`);
    await page.getByRole('button', { name: 'Lihat jawabannya dulu' }).click();
    await page.getByRole('heading', { name: 'Dengan versi Anda' }).waitFor();
    await page.getByText(`Catatan dinas: ${note} (SK contoh 7/2026)`).waitFor();
    await checkPage(page, `rule-preview-${where}`);
    expect(outcomeOn(from).reasons[0]?.rule.officeNote).not.toBe(note);
    await page.getByRole('button', { name: 'Simpan versi' }).click();
    await page.getByRole('status').getByText('Versi aturan sudah disimpan').waitFor();
    await page.getByRole('listitem').getByText('approver@dinkes.test').first().waitFor();
    expect(outcomeOn('2026-11-30').outcome).toBe('likely');
    expect(outcomeOn(from).reasons[0]?.rule.officeNote).toBe(note);
    expect(outcomeOn('2026-12-01').outcome).toBe('needs_step');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('answers on any day where facts are tried', async () => {
    const { context, page } = await here.signIn('viewer', 'phone');
    await page.goto(`${here.office.address}/console/programmes?region=64.74&on=2026-12-01`);
    const answer = page.getByRole('region', { name: 'Apa jawaban bot?' });
    await answer.getByText('Perlu satu langkah dulu').waitFor();
    await page.getByLabel('Pada tanggal (kosong: hari ini)').fill('2026-11-23');
    await answer.getByText('Kemungkinan ditanggung').waitFor();
    await page.goto(`${here.office.address}${RULE}`);
    expect(await page.getByRole('button', { name: 'Simpan versi' }).count()).toBe(0);
    await context.close();
  });
});

describe('a version by hand', () => {
  const fields = { decision: 'ends', from: '2027-05-01', source: 'SK contoh', do: 'keep' };
  const page = async (email: string, path = RULE) => {
    const staff = caller(here.office.address);
    await staff.signIn(email);
    const html = await (await staff.get(path)).text();
    return { staff, mark: /name="mark" value="([^"]+)"/.exec(html)?.[1] ?? '', html };
  };

  it('is refused to those who may not: other roles, other regions, the nation’s rules', async () => {
    const code = async (email: string, path: string) => {
      const { staff, mark } = await page(email, path);
      return (await staff.post(path, { ...fields, mark }, '/console/programmes')).status;
    };
    expect(await code('viewer@dinkes.test', RULE)).toBe(403);
    expect(await code('editor@dinkes.test', RULE)).toBe(403);
    expect(await code('admin-64.74@dinkes.test', '/console/programmes/kukar.resident')).toBe(404);
    expect(await code('admin-64.74@dinkes.test', '/console/programmes/jkn.penalty')).toBe(403);
    expect(await code('admin@dinkes.test', '/console/programmes/jkn.emergency_any')).toBe(403);
    expect(await code('admin@dinkes.test', '/console/programmes/no.such')).toBe(404);
  });

  it('is refused for yesterday, without a source, and with a promise, each told at its field', async () => {
    const { staff, mark } = await page('admin@dinkes.test');
    const said = async (changed: Record<string, string>) => {
      const answer = await staff.post(RULE, { ...fields, decision: 'changes', mark, ...changed }, RULE);
      expect(answer.status).toBe(422);
      return answer.text();
    };
    expect(await said({ from: '2026-11-22' })).toContain('Isi tanggal mulai: hari ini atau nanti');
    expect(await said({ from: 'besok' })).toContain('Isi tanggal mulai: hari ini atau nanti');
    expect(await said({ valid_to: '2027-04-30' })).toContain('Tanggal akhir harus setelah tanggal mulai');
    expect(await said({ source: ' ' })).toContain('Isian ini tidak bisa dibaca');
    expect(await said({ note: 'Pasti gratis!' })).toContain('Jangan menjanjikan gratis');
  });

  it('tells the second of two people, and loses nothing of theirs', async () => {
    const one = await page('admin@dinkes.test');
    const two = await page('approver@dinkes.test');
    expect((await one.staff.post(RULE, { ...fields, mark: one.mark }, RULE)).status).toBe(303);
    const late = await two.staff.post(RULE, { ...fields, source: 'SK contoh <b>lain', mark: two.mark }, RULE);
    expect(late.status).toBe(409);
    const html = await late.text();
    expect(html).toContain('orang lain baru saja membuat versi aturan ini');
    expect(html).toContain('SK contoh &lt;b&gt;lain');
    expect(outcomeOn('2027-05-01').reasons[0]?.rule.id).not.toBe('bontang.resident');
    const again = await page('approver@dinkes.test');
    expect((await again.staff.post(RULE, { ...fields, mark: again.mark }, RULE)).status).toBe(303);
  });

  it('that this release cannot read is left out, and said so', async () => {
    const version = {
      id: '9',
      ruleId: 'bontang.none',
      from: '2026-11-01',
      content: '{"steps":["gone"]}',
      source: 'SK contoh lama',
      enteredBy: 'x@dinkes.test',
      enteredAt: 1,
    };
    await here.office.store.data.putRuleVersion(version, { who: 'x@dinkes.test', at: 1 });
    const list = await page('viewer@dinkes.test', '/console/programmes?region=64.74');
    expect(list.html).toContain('1 versi tidak bisa dipakai rilis ini');
    const rule = await page('viewer@dinkes.test', '/console/programmes/bontang.none');
    expect(rule.html).toContain('tidak bisa dipakai rilis ini; yang sebelumnya tetap berlaku');
    expect(
      evaluate({ ktpRegion: '64.74', bpjs: 'none' }, here.office.app.world().rules, '2026-11-23').reasons[0]?.rule.id,
    ).toBe('bontang.none');
  });

  it('stands in the history', async () => {
    const { staff } = await page('admin@dinkes.test');
    const html = await (await staff.get('/console/audit?what=rule_versions')).text();
    expect(html).toContain('bontang.resident');
    expect(html).toContain('SK contoh 7/2026');
  });
});
