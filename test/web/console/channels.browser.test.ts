import { describe, expect, it } from 'vitest';
import type { ChannelStatus } from '../../../src/ports/channel.js';
import { scriptedChannel } from '../../fakes/scripted-channel.js';
import { caller, checkPage, MONDAY, openOffice } from './office.js';
import { opened } from './opened.js';

const CODE = 'CONT-OH12';
const UNTIL = Date.parse('2026-11-24T03:00:00Z');
let status: ChannelStatus = { state: 'up', detail: null, since: MONDAY };
const pairing = (kind: 'qr' | 'code'): ChannelStatus => ({
  state: 'pairing',
  detail: kind,
  since: MONDAY,
  pairing: { kind, value: CODE },
});
const whatsapp = { ...scriptedChannel('whatsapp', () => MONDAY), status: () => status };

const here = opened(() => openOffice({}, { channels: [whatsapp] }));

describe('a channel on the first page', () => {
  it.each(['phone', 'desk'] as const)(
    'shows an admin on a %s what links it, and then that it is linked',
    async (where) => {
      status = pairing('qr');
      const { context, page, faults } = await here.signIn('admin', where);
      await page.goto(`${here.office.address}/console`);
      await page.getByRole('img', { name: 'Kode QR untuk menautkan WhatsApp' }).waitFor();
      await checkPage(page, `pairing-${where}`);
      status = { state: 'up', detail: null, since: MONDAY };
      // The part asks again by itself.
      await page.getByText('WhatsApp: jalan').waitFor();
      expect(await page.getByRole('img', { name: /Kode QR/ }).count()).toBe(0);
      expect(faults).toEqual([]);
      await context.close();
    },
  );

  it('shows the code to admins alone, where nothing keeps it', async () => {
    status = pairing('code');
    for (const role of ['admin', 'editor', 'approver', 'viewer'] as const) {
      const staff = caller(here.office.address);
      await staff.signIn(here.office.emailOf(role));
      for (const path of ['/console', '/console/channels']) {
        const answer = await staff.get(path);
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect((await answer.text()).includes(CODE), `${role} ${path}`).toBe(role === 'admin');
      }
    }
    for (const path of ['/readyz', '/metrics', '/']) {
      expect(await (await fetch(`${here.office.address}${path}`)).text(), path).not.toContain(CODE);
    }
  });

  it('tells restrictions in words, with their end', async () => {
    const restrictions = [
      { code: 'time_lock:BIZ_QUALITY', until: UNTIL },
      { code: 'cap:SECOND_WARNING', until: null },
      { code: 'new_kind', until: null },
    ];
    status = { state: 'up', detail: 'time_lock:BIZ_QUALITY', since: MONDAY, restrictions };
    const { context, page } = await here.signIn('viewer', 'phone');
    await page.goto(`${here.office.address}/console`);
    await page.getByText(/WhatsApp melarang akun ini menulis lebih dulu.*Sampai Selasa 24 Nov 10.00 WIB/).waitFor();
    await page.getByText('Peringatan kedua WhatsApp').waitFor();
    await page.getByText('Dibatasi penyedia (new_kind). Tanpa batas waktu').waitFor();
    await checkPage(page, 'restrictions-phone');
    await context.close();
    status = { state: 'down', detail: 'banned', since: MONDAY };
    const staff = caller(here.office.address);
    await staff.signIn(here.office.emailOf('viewer'));
    expect(await (await staff.get('/console')).text()).toContain('akun diblokir WhatsApp');
  });
});

describe('the second factor', () => {
  it('is set up with a QR code beside its secret', async () => {
    status = { state: 'up', detail: null, since: MONDAY };
    const { context, page } = await here.signIn('viewer', 'phone');
    await page.goto(`${here.office.address}/console/me`);
    await page
      .getByRole('region', { name: 'Kode kedua saat masuk' })
      .getByLabel('Kata sandi')
      .fill('kata sandi percobaan');
    await page.getByRole('button', { name: 'Aktifkan', exact: true }).click();
    await page.getByRole('img', { name: 'Kode QR untuk aplikasi autentikator' }).waitFor();
    await page.getByText('Kunci rahasia:').waitFor();
    await checkPage(page, 'second-factor-phone');
    await context.close();
  });
});
