import { describe, expect, it } from 'vitest';
import type { RuleVersion } from '../../../src/domain/eligibility.js';
import { shippedRule, writeRule } from '../../../src/engines/eligibility/index.js';
import { NO_CHANGE } from '../../../src/services/staff-facility.js';
import { checkPage, MONDAY, PASSWORD } from './office.js';
import { opened } from './opened.js';

const SCRIPT = `<script>document.title='x'</script>"'><img src=x onerror=document.title='x'>`;
const REVERSED = '‮teksterbalik‬ Puskesmas';
const LONG = 'Puskesmas'.repeat(55);
const BRACES = '{{name}} $t(x) <%= it.formKey %>';
const HOSTILE = [SCRIPT, REVERSED, LONG, BRACES];

const here = opened();

/** Hostile words wherever somebody may put words: facilities, closures, holidays, contacts, numbers, rules, names. */
async function fill(): Promise<void> {
  const { data } = here.office.store;
  const { facilities, areas } = await data.snapshot();
  const author = { who: SCRIPT, at: MONDAY };
  const model = facilities.find(({ id }) => id === '64.02-puskesmas-loa-ipuh');
  if (!model) throw new Error('the facility is not shipped');
  const regions = await data.regions();
  const records = HOSTILE.map((name, at) => ({
    ...model,
    id: `64.02-hostile-${at}`,
    name,
    notes: name,
    address: name,
    source: name,
  }));
  await data.apply(
    {
      ...NO_CHANGE,
      facilities: records,
      areas: areas.filter(({ code }) => code === '64.02.06').map((area) => ({ ...area, name: SCRIPT })),
      regions: regions.map((region, at) => ({
        ...region,
        officeContact: HOSTILE[at] ?? null,
        source: HOSTILE[at] ?? '',
      })),
      holidays: HOSTILE.map((name, at) => ({
        date: `2026-12-0${at + 1}`,
        kind: 'national',
        name,
        regionCode: null,
        source: name,
      })),
      emergencyNumbers: [
        {
          regionCode: '64.02',
          number: '0000 1',
          kind: 'medical',
          confidence: 'low',
          position: 9,
          source: SCRIPT,
          checkedOn: '2026-11-23',
        },
      ],
      landmarks: HOSTILE.map((name, at) => ({
        id: `hostile-${at}`,
        regionCode: '64.02',
        name,
        areaCode: '64.02.06',
        point: null,
        source: name,
      })),
    },
    author,
  );
  await data.putExceptions(
    records.map(({ id, name }) => ({
      id,
      regionCode: '64.02',
      facilityId: id,
      service: null,
      from: MONDAY - 1000,
      to: MONDAY + 86_400_000,
      hours: null,
      reason: name.slice(0, 200),
      source: name,
      grade: 'verified',
      checkedOn: '2026-11-23',
    })),
    author,
  );
  const rule = shippedRule('kukar.resident');
  if (!rule) throw new Error('the rule is not shipped');
  for (const [at, words] of HOSTILE.entries()) {
    const from = `2026-12-0${at + 1}`;
    const content = JSON.stringify(
      writeRule({ ...rule, validFrom: from, officeNote: words.slice(0, 200), source: words }),
    );
    const version: RuleVersion = {
      id: `${at}`,
      ruleId: rule.id,
      from,
      content,
      source: words,
      enteredBy: words,
      enteredAt: MONDAY,
    };
    await data.putRuleVersion(version, author);
  }
  const signed = { by: SCRIPT, on: '2026-11-23', note: LONG, recordedBy: REVERSED, recordedAt: MONDAY };
  await here.office.store.meta.set('pilot/drill', JSON.stringify(signed));
  const staff = here.office.store.staff({ secret: 'x'.repeat(40), publicUrl: null });
  await staff.add({ email: 'hostile@dinkes.test', name: SCRIPT, password: PASSWORD, role: 'viewer', regions: [] });
}

const PAGES = [
  '',
  '/facilities?region=64.02&q=puskesmas',
  '/exceptions',
  '/map?region=64.02',
  '/demand?region=64.02',
  '/holidays?year=2026',
  '/regions',
  '/programmes?region=64.02&on=2026-12-01',
  '/programmes/kukar.resident',
  '/pilot',
  '/audit',
  '/staff',
  '/cards/stroke-now',
  '/announcements/new?region=64.02',
  '/reports',
  ...HOSTILE.map((_, at) => `/facilities/64.02-hostile-${at}`),
  '/facilities/64.02-hostile-0/edit',
  '/exceptions/new?facility=64.02-hostile-2',
  '/facilities/64.02-hostile-0/hours/outpatient',
];

describe('hostile words', () => {
  it('are text on every page, and nothing grows wider than the screen', { timeout: 90_000 }, async () => {
    await fill();
    await expect.poll(() => here.office.app.world().directory.facility('64.02-hostile-0')?.name).toBe(SCRIPT);
    for (const where of ['phone', 'desk'] as const) {
      const { context, page, faults } = await here.signIn('admin', where);
      for (const path of PAGES) {
        await page.goto(`${here.office.address}/console${path}`);
        if (where === 'phone') await checkPage(page, `hostile-page${path.replaceAll(/\W+/g, '-')}`);
        expect(await page.title(), path).not.toBe('x');
        expect(await page.locator('img[src="x"]').count(), path).toBe(0);
      }
      expect(faults).toEqual([]);
      await context.close();
    }
  });

  it('are text in the chat: in a list, on a facility’s own page, and in the office’s note', {
    timeout: 60_000,
  }, async () => {
    const page = await here.browser.newPage();
    await page.goto(here.office.address);
    const ask = async (question: string) => {
      const before = await page.locator('.bubble.bot').count();
      await page.getByLabel('Tulis pertanyaan Anda').fill(question);
      await page.getByRole('button', { name: 'Kirim', exact: true }).click();
      await expect.poll(() => page.locator('.bubble.bot').count()).toBeGreaterThan(before);
      expect(await page.title()).toBe('Tanya Puskesmas');
      expect(await page.locator('img[src="x"]').count()).toBe(0);
    };
    await ask('puskesmas mana yang buka di tenggarong?');
    await ask('apakah puskesmas teksterbalik buka?');
    await ask('nomor dinas kesehatan kukar berapa?');
    await ask('ktp kukar, berobat gratis tidak?');
    const wide = Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'));
    expect(wide).toBeLessThanOrEqual(0);
    await page.close();
  });
});
