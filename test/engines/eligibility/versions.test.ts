import { describe, expect, it } from 'vitest';
import type { RuleVersion } from '../../../src/domain/eligibility.js';
import {
  CHANGEABLE_FACTS,
  evaluate,
  explain,
  FACT_WORDS,
  isProtected,
  RULES,
  type Rule,
  readVersion,
  shippedRule,
  withVersions,
  writeRule,
} from '../../../src/engines/eligibility/index.js';
import { renderPhrase } from '../../../src/i18n/translate.js';

const RESIDENT = 'bontang.resident';
const FACTS = { ktpRegion: '64.74' } as const;
let entries = 0;

function version(from: string, changed: Partial<Rule> | null, ruleId = RESIDENT): RuleVersion {
  entries += 1;
  const base = shippedRule(ruleId);
  if (base === null) throw new Error(`no rule ${ruleId}`);
  const content = changed && JSON.stringify(writeRule({ ...base, validFrom: from, validTo: null, ...changed }));
  return { id: String(entries), ruleId, from, content, source: 'surat contoh', enteredBy: 'x', enteredAt: entries };
}

const outcomes = (versions: readonly RuleVersion[], ...days: readonly string[]) => {
  const { rules } = withVersions(RULES, versions);
  return days.map((on) => evaluate(FACTS, rules, on).outcome);
};

describe('a version of a rule', () => {
  it('that says the same changes no answer', () => {
    const shipped = RULES.filter((rule) => !isProtected(rule));
    const same = shipped.map((rule) => version(rule.validFrom ?? '2020-01-01', { validTo: rule.validTo }, rule.id));
    const { rules, unusable } = withVersions(RULES, same);
    expect(unusable).toEqual([]);
    expect(rules.filter(({ validFrom }) => validFrom !== null).length).toBeGreaterThan(shipped.length - 1);
    expect(evaluate(FACTS, rules, '2026-11-23')).toEqual(evaluate(FACTS, RULES, '2026-11-23'));
  });

  it('counts from its day on, and not a day before', () => {
    const changed = version('2027-01-01', { outcome: 'needs_step' });
    expect(outcomes([changed], '2026-12-31', '2027-01-01', '2030-01-01')).toEqual([
      'likely',
      'needs_step',
      'needs_step',
    ]);
  });

  it('is undone by a newer one of the same day, and counts until the next one begins', () => {
    const first = version('2027-01-01', { outcome: 'needs_step' });
    expect(outcomes([first, version('2027-01-01', {})], '2027-01-01')).toEqual(['likely']);
    const later = version('2027-03-01', { outcome: 'covered' });
    expect(outcomes([first, later], '2027-02-28', '2027-03-01')).toEqual(['needs_step', 'covered']);
    expect(outcomes([later, first], '2027-02-28', '2027-03-01')).toEqual(['needs_step', 'covered']);
  });

  it('can end a rule, and then the next that fits answers', () => {
    const ended = version('2027-01-01', null);
    const { rules } = withVersions(RULES, [ended]);
    const reasons = (on: string) => evaluate(FACTS, rules, on).reasons[0]?.rule.id;
    expect(reasons('2026-12-31')).toBe(RESIDENT);
    expect(reasons('2027-01-01')).not.toBe(RESIDENT);
  });

  it('ends by itself where it says so', () => {
    const half = version('2027-01-01', { outcome: 'covered', validTo: '2027-06-30' });
    const { rules } = withVersions(RULES, [half]);
    expect(evaluate(FACTS, rules, '2027-06-30').outcome).toBe('covered');
    expect(evaluate(FACTS, rules, '2027-07-01').reasons[0]?.rule.id).not.toBe(RESIDENT);
  });

  it('carries a note of the office, said word for word with its source', () => {
    const noted = version('2027-01-01', { officeNote: 'Loket contoh {{x}} buka.', source: 'SK contoh 1/2027' });
    const { rules } = withVersions(RULES, [noted]);
    const context = { at: Date.parse('2027-01-04T01:00:00Z'), zone: 'Asia/Makassar', isOpen: () => null } as const;
    const said = explain(evaluate(FACTS, rules, '2027-01-04'), context).map((each) => renderPhrase(each, 'id'));
    expect(said).toContain('Catatan dinas: Loket contoh {{x}} buka. (SK contoh 1/2027)');
  });
});

describe('a version is refused with its place', () => {
  const changes: readonly (readonly [string, Partial<Rule>, string, string])[] = [
    ['another name', { id: 'bontang.other' }, 'id', 'fixed'],
    ['another rank', { rank: 1 }, 'rank', 'fixed'],
    ['another kind', { kind: 'adds', outcome: null }, 'kind', 'fixed'],
    ['somebody else’s KTP', { when: { ktp: ['64.02'], bpjs: ['absent'] } }, 'when', 'fixed'],
    ['no KTP at all', { when: { bpjs: ['absent'] } }, 'when', 'fixed'],
    ['a word that nobody says', { when: { ktp: ['64.74'], bpjs: ['aktif'] } }, 'when.bpjs', 'word'],
    ['an unknown step', { steps: ['fly'] }, 'steps', 'code'],
    ['an unknown text', { text: 'bontang.nothing' }, 'text', 'code'],
    ['another beginning', { validFrom: '2027-02-01' }, 'validTo', 'period'],
    ['an end before the beginning', { validTo: '2026-12-31' }, 'validTo', 'period'],
    ['a promise', { officeNote: 'Pasti gratis untuk semua.' }, 'officeNote', 'promise'],
    ['a note too long for a screen', { officeNote: 'x'.repeat(201) }, 'officeNote', 'unreadable'],
    ['an outcome that does not exist', { outcome: 'free' as 'covered' }, 'outcome', 'unreadable'],
    ['a day that is none', { checkedOn: 'kemarin' }, 'checkedOn', 'unreadable'],
    ['no source', { source: '' }, 'source', 'unreadable'],
  ];

  it.each(changes)('%s', (_, changed, place, reason) => {
    const read = readVersion(version('2027-01-01', changed));
    expect('faults' in read && read.faults).toContainEqual({ place, reason });
  });

  it.each(['jkn.emergency_active', 'jkn.emergency_any', 'jkn.emergency_law', 'jkn.self_harm', 'jkn.nothing_recorded'])(
    'when it touches %s: what must never be missing',
    (id) => {
      expect(readVersion(version('2027-01-01', null, id))).toEqual({
        faults: [{ place: 'rule', reason: 'protected' }],
      });
    },
  );

  it('when it is no JSON, no rule, or of a rule that does not exist', () => {
    const broken = { ...version('2027-01-01', {}), content: '{' };
    expect(readVersion(broken)).toEqual({ faults: [{ place: 'rule', reason: 'unreadable' }] });
    expect(readVersion({ ...broken, content: '[]' })).toHaveProperty('faults');
    expect(readVersion({ ...broken, ruleId: 'kukar.gone' })).toEqual({
      faults: [{ place: 'rule', reason: 'no_rule' }],
    });
    const { rules, unusable } = withVersions(RULES, [broken]);
    expect([rules, unusable]).toEqual([RULES, [broken.id]]);
  });
});

it('knows every word that a shipped rule uses, so that each can be put into a version', () => {
  for (const rule of RULES) {
    for (const fact of CHANGEABLE_FACTS) {
      const used = [...(rule.when[fact] ?? []), ...(rule.unless[fact] ?? [])];
      expect(
        used.filter((word) => !FACT_WORDS[fact].includes(word)),
        `${rule.id} ${fact}`,
      ).toEqual([]);
    }
  }
});
