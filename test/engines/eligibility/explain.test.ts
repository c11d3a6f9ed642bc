import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/domain/message.js';
import {
  CONTACTS,
  type EligibilityFacts,
  type ExplainContext,
  evaluate,
  explain,
  nextQuestion,
  RULES,
} from '../../../src/engines/eligibility/index.js';
import { LANGUAGES, renderPhrase } from '../../../src/i18n/translate.js';

const AT = Date.parse('2026-11-23T10:00:00+08:00');
const CONTEXT: ExplainContext = { at: AT, zone: 'Asia/Makassar', isOpen: () => true };
const SITUATIONS = readdirSync('test/situations').flatMap(
  (file) =>
    JSON.parse(readFileSync(`test/situations/${file}`, 'utf8')) as {
      label: string;
      on: string;
      facts: EligibilityFacts;
    }[],
);

function told(facts: EligibilityFacts, language: Language = 'id', context = CONTEXT, on = '2026-11-23'): string {
  return explain(evaluate(facts, RULES, on), context)
    .map((phrase) => renderPhrase(phrase, language))
    .join('\n\n');
}

/** What no answer may say: the bot sees nobody's status. "Not guaranteed" and the like are no promise. */
const PROMISES: Readonly<Record<Language, RegExp>> = {
  id: /pasti (?:gratis|ditanggung|bisa|dijamin|aman)|dijamin (?:gratis|ditanggung)|tentu (?:gratis|ditanggung)|100 ?%|gratis sepenuhnya|tanpa syarat|Anda gratis/i,
  en: /definitely|guaranteed?\b|certainly|100 ?%|always free|you are free|completely free|no conditions/i,
};

describe.each(LANGUAGES)('answers in %s', (language) => {
  it.each(SITUATIONS)('$label ($on) promises nothing and fits a screen', ({ facts, on }) => {
    const text = told(facts, language, CONTEXT, on);
    expect(text).not.toMatch(PROMISES[language]);
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS[language]);
  });
});

/** A phone screen, with the rule's source; English runs longer. */
const MOST_CHARACTERS: Readonly<Record<Language, number>> = { id: 780, en: 860 };

describe('an answer', () => {
  it('begins with what holds', () => {
    expect(told({ ktpRegion: '64.02' })).toMatch(/^Kemungkinan besar bisa, dengan KTP Kukar/);
    expect(told({ ktpRegion: '64.71', bpjs: 'none' })).toMatch(/^Bisa diurus, ada langkah dulu/);
    expect(told({ topic: 'dental_braces' })).toMatch(/^Tidak\./);
  });

  it('puts the law on emergencies before any word about money', () => {
    expect(told({ ktpRegion: '64.02', bpjs: 'none', emergency: true })).toMatch(/^Darurat: langsung ke IGD/);
    expect(told({ emergency: true })).toMatch(/^Darurat: langsung ke IGD/);
  });

  it('says that reports differ where they do', () => {
    expect(told({ ktpRegion: '64.74', bpjs: 'inactive' })).toContain('berbeda-beda');
    expect(told({ ktpRegion: '64.74', bpjs: 'none' })).not.toContain('berbeda-beda');
  });

  it('names what is not paid for, the papers, and the source with its date', () => {
    const text = told({ ktpRegion: '64.02', bpjs: 'inactive' });
    expect(text).toContain('langsung ke RS tanpa rujukan');
    expect(text).toContain('• KTP');
    expect(text).toMatch(/Sumber: .*Dicek 22 Nov\S* 2026\./);
  });

  it('refers within Kabupaten Pasuruan to Bangil or Grati', () => {
    expect(told({ ktpRegion: '35.14', bpjs: 'none' })).toContain('RSUD Bangil atau RSUD Grati');
  });

  it('says whether an office can be reached now, as an estimate', () => {
    const facts: EligibilityFacts = { ktpRegion: '64.71', bpjs: 'none' };
    expect(told(facts, 'id', { ...CONTEXT, isOpen: () => true })).toContain(
      'kelurahan sesuai KTP (perkiraan: sedang buka)',
    );
    expect(told(facts, 'id', { ...CONTEXT, isOpen: () => false })).toContain('(perkiraan: sedang tutup)');
    expect(told(facts, 'id', { ...CONTEXT, isOpen: () => null })).not.toContain('perkiraan');
  });

  it('puts forward who can be reached now', () => {
    const facts: EligibilityFacts = { ktpRegion: '64.02', bpjs: 'inactive' };
    expect(told(facts, 'id', { ...CONTEXT, isOpen: () => true })).toContain('Puskesos');
    const atNight = told(facts, 'id', { ...CONTEXT, isOpen: () => false });
    expect(atNight).toContain('• loket puskesmas\n• BPJS Care Center 165');
  });

  it('that asks back says why, and nothing else', () => {
    expect(told({})).toBe('Tergantung daerah KTP-nya: tiap kabupaten/kota punya program sendiri.');
  });

  it('never discourages care after violence or self-harm', () => {
    for (const topic of ['violence', 'self_harm'] as const) {
      expect(told({ topic })).toMatch(/^Tolong tetap berobat sekarang/);
    }
  });
});

describe('every code has its words', () => {
  const used = (of: (rule: (typeof RULES)[number]) => readonly string[]) => [...new Set(RULES.flatMap(of))];
  const codes = [
    ...used((rule) => [rule.text]).map((code) => `rule.${code}`),
    ...used((rule) => rule.papers).map((code) => `paper.${code}`),
    ...used((rule) => rule.steps).map((code) => `step.${code}`),
    ...used((rule) => rule.excludes).map((code) => `exclude.${code}`),
    ...used((rule) => rule.contacts).map((code) => `contact.${code}`),
  ];
  it.each(LANGUAGES.flatMap((language) => codes.map((code) => [language, code] as const)))(
    '%s %s',
    (language, code) => {
      expect(renderPhrase({ key: `eligibility:${code}` as never }, language)).not.toBe('');
    },
  );

  it('and every contact its hours entry', () => {
    expect(used((rule) => rule.contacts).filter((code) => !CONTACTS.has(code))).toEqual([]);
  });
});

describe('questions', () => {
  it('are at most four, each with a way to say "I do not know"', () => {
    let facts: EligibilityFacts = {};
    const asked: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const question = nextQuestion(evaluate(facts, RULES, '2026-11-23'));
      if (question === null) break;
      asked.push(question.fact);
      expect(question.choices.map(({ id }) => id)).toContain(`elig:${question.fact}:unknown`);
      facts = { ...facts, [question.fact === 'ktp' ? 'ktpRegion' : question.fact]: 'unknown' };
    }
    expect(asked).toEqual(['ktp', 'bpjs']);
  });

  it('ask the KTP first, then the status, then the payer', () => {
    const next = (facts: EligibilityFacts) => nextQuestion(evaluate(facts, RULES, '2026-11-23'))?.fact ?? null;
    expect(next({})).toBe('ktp');
    expect(next({ ktpRegion: '64.02' })).toBe('bpjs');
    expect(next({ ktpRegion: '64.02', bpjs: 'inactive' })).toBe('payer');
    expect(next({ ktpRegion: '64.02', bpjs: 'inactive', payer: 'self' })).toBeNull();
    expect(next({ bpjs: 'active' })).toBeNull();
  });
});
