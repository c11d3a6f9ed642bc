import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../../src/domain/staff.js';
import { HOUR } from '../../../src/domain/time.js';
import { authenticatorCode } from '../../fakes/authenticator.js';
import { caller, MONDAY, type Office, openOffice, PASSWORD } from './office.js';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office?.stop());

const as = async (email: string) => {
  const visitor = caller(office.address);
  const answer = await visitor.signIn(email);
  expect(answer.status).toBe(303);
  return visitor;
};

/** Every page, and who may see it: A admin, E editor, P approver, V viewer. */
const PAGES: Readonly<Record<string, string>> = {
  '/console': 'AEPV',
  '/console/me': 'AEPV',
  '/console/facilities': 'AEPV',
  '/console/facilities/64.02-puskesmas-loa-ipuh': 'AEPV',
  '/console/facilities/64.02-puskesmas-loa-ipuh/edit': 'AE',
  '/console/facilities/64.02-puskesmas-loa-ipuh/hours/ugd': 'AE',
  '/console/exceptions': 'AEPV',
  '/console/exceptions/new': 'AEP',
  '/console/announcements': 'AEPV',
  '/console/announcements/new': 'AE',
  '/console/announcements/settings': 'AEPV',
  '/console/map': 'AEPV',
  '/console/holidays': 'AEPV',
  '/console/regions': 'AEPV',
  '/console/programmes': 'AEPV',
  '/console/programmes/bontang.resident': 'AEPV',
  '/console/channels': 'AEPV',
  '/console/pilot': 'AEPV',
  '/console/demand': 'AEPV',
  '/console/demand.csv': 'AEPV',
  '/console/cards': 'AEPV',
  '/console/cards/stroke-now': 'AEPV',
  '/console/exchange': 'AEPV',
  '/console/exchange/facilities.csv': 'AEPV',
  '/console/exchange/data.xlsx': 'AEPV',
  '/console/audit': 'AEP',
  '/console/audit.csv': 'AP',
  '/console/staff': 'A',
  '/console/privacy': 'A',
  '/console/privacy/record.json': 'A',
  '/console/privacy/consents.csv': 'A',
};
const LETTER = { admin: 'A', editor: 'E', approver: 'P', viewer: 'V' } as const;

describe('the door', () => {
  it.each(Object.keys(PAGES))('sends a stranger from %s to the sign-in page', async (path) => {
    const answer = await caller(office.address).get(path);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/console/sign-in?next=${encodeURIComponent(path)}`);
  });

  it('tells whoever sent a form after their session had ended that nothing was saved', async () => {
    const visitor = caller(office.address);
    const answer = await visitor.post('/console/exceptions/new', { reason: 'flood' });
    const at = answer.headers.get('location') ?? '';
    expect(answer.status).toBe(303);
    expect(await (await visitor.get(at)).text()).toContain('Isian terakhir belum tersimpan');
    const left = await visitor.post('/console/sign-out', {});
    expect(left.headers.get('location')).toBe('/console/sign-in?next=%2Fconsole');
  });

  it.each(ROLES)('shows %s the pages of the role and no others', async (role) => {
    const visitor = await as(office.emailOf(role));
    for (const [path, letters] of Object.entries(PAGES)) {
      expect((await visitor.get(path)).status, path).toBe(letters.includes(LETTER[role]) ? 200 : 403);
    }
  });

  it('sets strict headers and keeps nothing', async () => {
    const visitor = await as(office.emailOf('admin'));
    const { headers } = await visitor.get('/console');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('leads back to the page that was wanted, and nowhere else', async () => {
    const wanted = async (next: string) => {
      const visitor = caller(office.address);
      const fields = { email: office.emailOf('viewer'), password: PASSWORD, next };
      return (await visitor.post('/console/sign-in', fields, '/console/sign-in')).headers.get('location');
    };
    expect(await wanted('/console/me')).toBe('/console/me');
    expect(await wanted('https://evil.example/console')).toBe('/console');
    expect(await wanted('//evil.example')).toBe('/console');
  });
});

/** Every form that changes something, and who may send it. */
const FORMS: Readonly<Record<string, string>> = {
  '/console/facilities/64.02-puskesmas-loa-ipuh/edit': 'AE',
  '/console/facilities/64.02-puskesmas-loa-ipuh/hours/ugd': 'AE',
  '/console/facilities/64.02-puskesmas-loa-ipuh/confirm/ugd': 'AE',
  '/console/exceptions/new': 'AEP',
  '/console/holidays': 'AE',
  '/console/holidays/remove': 'AE',
  '/console/regions/64.02/office': 'A',
  '/console/regions/64.02/numbers': 'A',
  '/console/regions/64.02/numbers/remove': 'A',
  '/console/cards/stroke-now/sign': 'AP',
  '/console/programmes/bontang.resident': 'AP',
  '/console/pilot/drill': 'A',
  '/console/exchange/take': 'AE',
  '/console/staff': 'A',
};

describe('forms', () => {
  it.each(ROLES)('are taken from %s only where the role may', async (role) => {
    const visitor = await as(office.emailOf(role));
    for (const [path, letters] of Object.entries(FORMS)) {
      const answer = await visitor.post(path, {}, '/console/me');
      if (letters.includes(LETTER[role])) expect([303, 409, 422], path).toContain(answer.status);
      else expect(answer.status, path).toBe(403);
    }
  });

  it('of another region are refused, and its pages are not there', async () => {
    const visitor = await as(office.emailOf('editor', '64.74'));
    for (const path of ['', '/edit', '/hours/ugd']) {
      expect((await visitor.get(`/console/facilities/64.02-puskesmas-loa-ipuh${path}`)).status).toBe(404);
    }
    const closing = { facility: '64.02-puskesmas-loa-ipuh', reason: 'flood', end: 'tonight', source: 'x' };
    expect((await visitor.post('/console/exceptions/new', closing, '/console/me')).status).toBe(404);
    const mixed = { ...closing, region: '64.74', facility: '64.74-puskesmas-bontang-barat' };
    const body = new URLSearchParams(mixed);
    body.append('facility', '64.02-puskesmas-loa-ipuh');
    const html = await (await visitor.get('/console/me')).text();
    body.set('form_key', /name="form_key" value="([^"]+)"/.exec(html)?.[1] ?? '');
    expect((await visitor.send('/console/exceptions/new', { method: 'POST', body })).status).toBe(404);
    const holiday = { date: '2027-01-01', kind: 'national', name: 'x', source: 'x' };
    expect((await visitor.post('/console/holidays', holiday, '/console/me')).status).toBe(403);
    const csv = await (await visitor.get('/console/exchange/facilities.csv')).text();
    expect(csv).toContain('64.74-');
    expect(csv).not.toContain('64.02-');
    expect(await office.store.data.exceptions(['64.02', '64.74'])).toEqual([]);
  });
});

describe('a closure', () => {
  it('is ended and taken back only by whoever may close, and taken back within the hour only', async () => {
    const entered = (id: string, hoursAgo: number) => ({
      id: `${new Date(MONDAY - hoursAgo * HOUR).toISOString()}/${id}`,
      regionCode: '64.02',
      facilityId: '64.02-puskesmas-loa-ipuh',
      service: null,
      from: MONDAY - hoursAgo * HOUR,
      to: MONDAY + 5 * HOUR,
      hours: null,
      reason: 'banjir contoh',
      source: 'contoh',
      grade: 'verified' as const,
      checkedOn: '2026-11-23',
    });
    const [old, fresh] = [entered('old', 2), entered('fresh', 0.5)];
    await office.store.data.putExceptions([old, fresh], { who: 'test', at: MONDAY });
    const there = async () => (await office.store.data.exceptions(['64.02'])).map(({ id, to }) => [id, to]);
    const both = await there();
    const takeBack = { what: 'entered', at: String(Date.parse(fresh.id.split('/')[0] ?? '')) };
    for (const [role, region, status] of [
      ['viewer', undefined, 403],
      ['editor', '64.74', 404],
    ] as const) {
      const visitor = await as(office.emailOf(role, region));
      for (const [path, fields] of [
        ['end', { id: fresh.id }],
        ['undo', takeBack],
      ] as const) {
        const answer = await visitor.post(`/console/exceptions/${path}`, { ...fields }, '/console/me');
        expect(answer.status, `${role} ${path}`).toBe(status);
      }
    }
    expect(await there()).toEqual(both);
    const approver = await as(office.emailOf('approver'));
    const undo = async (fields: Record<string, string>) =>
      (await approver.post('/console/exceptions/undo', fields, '/console/me')).headers.get('location');
    const late = { what: 'entered', at: String(Date.parse(old.id.split('/')[0] ?? '')) };
    expect(await undo(late)).toBe('/console/exceptions?saved=too_late');
    expect(await undo(takeBack)).toBe('/console/exceptions?saved=undone_entered');
    expect(await there()).toEqual([[old.id, old.to]]);
    await office.store.data.removeException(old.id, { who: 'test', at: MONDAY });
  });
});

describe('attacks', () => {
  it('a sign-in without the page’s key, or with somebody else’s, is refused', async () => {
    const fields = { email: office.emailOf('viewer'), password: PASSWORD };
    expect((await caller(office.address).post('/console/sign-in', fields)).status).toBe(403);
    const other = await (await caller(office.address).get('/console/sign-in')).text();
    const key = /name="form_key" value="([^"]+)"/.exec(other)?.[1] ?? '';
    expect((await caller(office.address).post('/console/sign-in', { ...fields, form_key: key })).status).toBe(403);
  });

  it('a form from another site is refused, even with the right key', async () => {
    const visitor = await as(office.emailOf('admin'));
    const next = { name: 'x', email: 'evil@example.test', password: PASSWORD, role: 'admin' };
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      expect((await visitor.post('/console/staff', next, '/console/staff', headers)).status).toBe(403);
    }
    expect((await visitor.post('/console/staff', next)).status).toBe(403);
    const staff = office.store.staff({ secret: 'any secret that is long enough here', publicUrl: null });
    expect((await staff.list()).map(({ email }) => email)).not.toContain('evil@example.test');
  });

  it('a stolen key does not work in another session, nor a cookie after signing out', async () => {
    const [first, second] = [await as(office.emailOf('admin')), await as(office.emailOf('admin'))];
    const html = await (await first.get('/console/me')).text();
    const key = /name="form_key" value="([^"]+)"/.exec(html)?.[1] ?? '';
    expect((await second.post('/console/me/sessions/end', { form_key: key, session: 'x' })).status).toBe(403);
    const stolen = caller(office.address);
    for (const [name, value] of first.jar) stolen.jar.set(name, value);
    expect((await stolen.get('/console')).status).toBe(200);
    await first.post('/console/sign-out', {}, '/console/me');
    expect((await stolen.get('/console')).status).toBe(303);
  });

  it('a cookie given by somebody before signing in is worth nothing', async () => {
    const victim = caller(office.address);
    victim.jar.set('tanya.session_token', 'chosen-by-somebody.else');
    await victim.signIn(office.emailOf('viewer'));
    expect(victim.jar.get('tanya.session_token')).not.toBe('chosen-by-somebody.else');
  });

  it('the library’s own routes are not there', async () => {
    for (const path of ['/console/auth/sign-up/email', '/console/auth/get-session', '/api/auth/sign-in/email']) {
      const answer = await caller(office.address).send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'a@b.test', password: PASSWORD, name: 'x' }),
      });
      expect([303, 403, 404]).toContain(answer.status);
    }
  });

  it('an admin of one region gives nobody more than they have', async () => {
    const staff = office.store.staff({ secret: 'any secret that is long enough here', publicUrl: null });
    const local = 'admin-local@dinkes.test';
    await staff.add({ email: local, name: 'x', password: PASSWORD, role: 'admin', regions: ['64.74'] });
    const visitor = await as(local);
    const html = await (await visitor.get('/console/staff')).text();
    expect(html).not.toContain('admin@dinkes.test');
    const wide = { email: 'wide@dinkes.test', password: PASSWORD, role: 'admin' };
    expect((await visitor.post('/console/staff', wide, '/console/staff')).status).toBe(422);
    expect((await visitor.post('/console/staff', { ...wide, region: '64.02' }, '/console/staff')).status).toBe(422);
    const narrow = { ...wide, email: 'narrow@dinkes.test', region: '64.74' };
    expect((await visitor.post('/console/staff', narrow, '/console/staff')).status).toBe(303);
    const everybody = (await staff.list()).find(({ email }) => email === 'admin@dinkes.test');
    const reset = { password: 'another password' };
    expect((await visitor.post(`/console/staff/${everybody?.id}/reset`, reset, '/console/staff')).status).toBe(404);
  });
});

describe('the second factor', () => {
  it('is set up and asked for', async () => {
    const staff = office.store.staff({ secret: 'any secret that is long enough here', publicUrl: null });
    const email = 'careful@dinkes.test';
    await staff.add({ email, name: 'x', password: PASSWORD, role: 'viewer', regions: [] });
    const visitor = await as(email);
    const setup = await visitor.post('/console/me/second-factor', { password: PASSWORD }, '/console/me');
    const first = await setup.text();
    const secretOf = (html: string) => /secret=([A-Z2-7]+)/.exec(html)?.[1] ?? '';
    const sealOf = (html: string) => /name="setup" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const confirm = (code: string, sealed: string) =>
      visitor.post('/console/me/second-factor/confirm', { code, setup: sealed }, '/console/me');
    const secret = secretOf(first);
    // A mistyped code leaves the secret as it is, twice over; what was not sealed by this session is not shown again.
    const slip = await (await confirm('000000', sealOf(first))).text();
    expect(slip).toContain('masih sama');
    const again = await (await confirm('11 11', sealOf(slip))).text();
    expect([secretOf(slip), secretOf(again)]).toEqual([secret, secret]);
    const other = await as(office.emailOf('viewer'));
    const stolen = { code: '000000', setup: sealOf(first) };
    const elsewhere = await other.post('/console/me/second-factor/confirm', stolen, '/console/me');
    expect(secretOf(await elsewhere.text())).toBe('');
    expect((await confirm(authenticatorCode(secret), sealOf(again))).status).toBe(303);
    const later = caller(office.address);
    expect((await later.signIn(email)).headers.get('location')).toBe('/console/code?next=%2Fconsole');
    expect((await later.get('/console')).status).toBe(303);
    expect((await later.post('/console/code', { code: '000000' }, '/console/code')).status).toBe(401);
    expect((await later.post('/console/code', { code: authenticatorCode(secret) }, '/console/code')).status).toBe(303);
    expect((await later.get('/console')).status).toBe(200);
  });
});

describe('guessing', () => {
  it('is stopped, and said so', async () => {
    const visitor = caller(office.address);
    const statuses: number[] = [];
    for (let each = 0; each < 12; each += 1) {
      statuses.push((await visitor.signIn(office.emailOf('viewer'), `guess ${each} and some`)).status);
    }
    expect(statuses).toContain(401);
    expect(statuses.at(-1)).toBe(429);
  });

  it('is counted in the store: by address and by account, in every process and after a restart', async () => {
    const two = await openOffice({ DATABASE_URL: office.databaseUrl });
    const wrong = (address: string, from: string, email: string) =>
      caller(address, new Map(), from)
        .signIn(email, 'not this one either')
        .then(({ status }) => status);
    const turns = async (many: number, of: (at: number) => Promise<number>) => {
      const all: number[] = [];
      for (let at = 0; at < many; at += 1) all.push(await of(at));
      return all;
    };
    const addresses = [office.address, two.address];
    const one = await turns(11, (at) => wrong(addresses[at % 2] ?? '', '198.51.100.251', `nobody${at}@dinkes.test`));
    expect(one).toEqual([...Array(10).fill(401), 429]);
    const email = office.emailOf('approver');
    const many = await turns(21, (at) => wrong(addresses[at % 2] ?? '', `203.0.113.${at}`, email));
    expect(many).toEqual([...Array(20).fill(401), 429]);
    await two.stop();
    const three = await openOffice({ DATABASE_URL: office.databaseUrl });
    expect((await caller(three.address, new Map(), '203.0.113.99').signIn(email)).status).toBe(429);
    expect((await caller(three.address, new Map(), '203.0.113.98').signIn(office.emailOf('editor'))).status).toBe(303);
    await three.stop();
  });
});
