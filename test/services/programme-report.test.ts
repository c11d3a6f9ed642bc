import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/engines/eligibility/index.js';
import { ageInDays, factsFromWords, programmePage, rulesOf, STALE_DAYS } from '../../src/services/programme-report.js';
import { loadSeedSnapshot } from '../../src/services/seed.js';
import { buildWorld } from '../../src/world.js';

const { directory, isOpen } = buildWorld(loadSeedSnapshot());
const at = (day: string) => Date.parse(`${day}T12:00:00+07:00`);
const [REGION] = directory.regions;
if (!REGION) throw new Error('the shipped data has no region');

describe('the page of a region', () => {
  it.each(directory.regions)('$name shows every rule that can answer its KTP, and no other region’s', (region) => {
    const page = programmePage(region, at('2026-11-23'), isOpen);
    for (const rule of RULES) expect(page.includes(`| ${rule.id} |`)).toBe(rulesOf(region.code).includes(rule));
  });

  it('leaves Gratispol to East Kalimantan', () => {
    expect(rulesOf('35.14').some(({ programme }) => programme === 'gratispol')).toBe(false);
    expect(rulesOf('64.02').some(({ programme }) => programme === 'gratispol')).toBe(true);
  });

  it('flags no rule on the last fresh day and every rule in force the day after', () => {
    const [rule] = RULES;
    const checked = Date.parse(`${rule?.checkedOn}T12:00:00+07:00`);
    const lastFresh = checked + STALE_DAYS * 86_400_000;
    expect(programmePage(REGION, lastFresh, isOpen)).not.toContain('perlu dicek |');
    expect(programmePage(REGION, lastFresh + 86_400_000, isOpen)).toContain('⚠ perlu dicek |');
  });

  it('counts age in days', () => {
    const rule = { ...RULES[0]!, checkedOn: '2026-11-22' };
    expect(ageInDays(rule, '2026-11-22')).toBe(0);
    expect(ageInDays(rule, '2026-12-01')).toBe(9);
  });

  it('answers usual facts with the bot’s own words', () => {
    const kukar = directory.region('64.02');
    if (!kukar) throw new Error('no Kukar');
    expect(programmePage(kukar, at('2026-11-23'), isOpen)).toContain(
      '`64.02 · likely · kukar · tanya bpjs` (kukar.resident)',
    );
  });
});

describe('facts typed by staff', () => {
  it('are read', () => {
    expect(factsFromWords(['bpjs=inactive', 'cutOff=yes'])).toEqual({ bpjs: 'inactive', cutOff: true });
  });
  it('must exist', () => {
    expect(() => factsFromWords(['nik=1'])).toThrow('no such fact');
  });
});
