import { describe, expect, test } from 'vitest';
import {
  EMERGENCY_KINDS,
  type Emergency,
  type EmergencyKind,
  type EmergencyLevel,
  type EmergencyPerson,
} from '../../../src/domain/emergency.js';
import type { Language } from '../../../src/domain/message.js';
import type { PhraseKey } from '../../../src/domain/phrase.js';
import { worsened } from '../../../src/engines/emergency/answer.js';
import { allCards, type Card, cardFor } from '../../../src/engines/emergency/cards.js';
import { LANGUAGES, renderPhrase } from '../../../src/i18n/translate.js';
import { textsOf } from '../../../src/services/words.js';

const PERSONS: readonly EmergencyPerson[] = ['adult', 'child', 'infant', 'pregnant'];
const LEVELS: readonly EmergencyLevel[] = ['now', 'urgent', 'ask'];
const EVERY: readonly Emergency[] = EMERGENCY_KINDS.flatMap((kind) =>
  LEVELS.flatMap((level) => PERSONS.map((person) => ({ kind, level, person }))),
);
const GUIDANCE = allCards().filter(({ id }) => id !== 'ask');

/** Everything that a resident reads of a card, {{numbers}} filled. */
function wordsOf({ act, steps, donts }: Card, language: Language): string {
  return [act, ...steps, ...donts].map((key) => say(key, language)).join('\n');
}

function say(key: PhraseKey, language: Language): string {
  return renderPhrase({ key, params: { numbers: '119' } }, language);
}

describe('a card for everything', () => {
  test.each(EVERY)('$kind, $level, $person', (emergency) => {
    const card = cardFor(emergency);
    expect(card.emergency).toEqual(emergency);
    if (emergency.kind !== 'other') expect(card.id).not.toBe('other');
    if (emergency.level !== 'ask') expect(card.steps.length).toBeGreaterThanOrEqual(3);
  });

  test.each<[EmergencyKind, EmergencyLevel, EmergencyPerson, string]>([
    ['unconscious', 'now', 'adult', 'unconscious_adult'],
    ['unconscious', 'now', 'child', 'unconscious_child'],
    ['unconscious', 'now', 'infant', 'unconscious_infant'],
    ['unconscious', 'now', 'pregnant', 'unconscious_adult'],
    ['unconscious', 'urgent', 'child', 'unconscious_faint'],
    ['choking', 'now', 'adult', 'choking_adult'],
    ['choking', 'now', 'child', 'choking_child'],
    ['choking', 'now', 'infant', 'choking_infant'],
    ['choking', 'now', 'pregnant', 'choking_pregnant'],
    ['breathing', 'now', 'infant', 'breathing_child'],
    ['seizure', 'now', 'infant', 'seizure_child'],
    ['seizure', 'urgent', 'child', 'seizure_stopped'],
    ['seizure', 'urgent', 'pregnant', 'seizure_pregnant'],
    ['poisoning', 'now', 'child', 'poisoning_child'],
    ['poisoning', 'urgent', 'adult', 'poisoning_food'],
    ['animal_bite', 'urgent', 'adult', 'animal_bite'],
    ['animal_bite', 'now', 'adult', 'animal_attack'],
    ['birth', 'now', 'pregnant', 'birth'],
    ['birth', 'urgent', 'adult', 'birth_urgent'],
    ['suicidal', 'now', 'adult', 'suicidal_now'],
    ['suicidal', 'urgent', 'child', 'suicidal_wish'],
    ['violence', 'now', 'adult', 'violence_now'],
    ['violence', 'urgent', 'adult', 'violence_after'],
    ['stroke', 'ask', 'adult', 'ask'],
  ])('%s %s %s is the card %s', (kind, level, person, id) => {
    expect(cardFor({ kind, level, person }).id).toBe(id);
  });

  test('no text of a card lies unused, and none is missing', () => {
    const used = allCards().flatMap(({ title, act, steps, donts }) => [title, act, ...steps, ...donts]);
    const known = [...textsOf('id', 'emergency').keys()].filter((key) => /^(card|ask)\./.test(key));
    const usedOfCards = used.map((key) => key.replace('emergency:', '')).filter((key) => /^(card|ask)\./.test(key));
    expect(new Set(usedOfCards)).toEqual(new Set(known));
  });
});

describe.each(LANGUAGES)('the words in %s', (language) => {
  test.each(GUIDANCE)('$id at $emergency.level keeps to the form', (card) => {
    expect(say(card.act, language)).toContain('119');
    expect(say(card.act, language).length).toBeLessThanOrEqual(160);
    expect(card.steps.length).toBeLessThanOrEqual(6);
    expect(card.donts.length).toBeLessThanOrEqual(4);
    for (const key of card.steps) expect(say(key, language).length, say(key, language)).toBeLessThanOrEqual(110);
    for (const key of card.donts) expect(say(key, language).length, say(key, language)).toBeLessThanOrEqual(70);
    // Channels set their own bold; a stray mark would show or break a message.
    expect(wordsOf(card, language)).not.toMatch(/[*_~`#]/);
    expect(wordsOf(card, language)).not.toContain('?');
  });

  test.each(GUIDANCE)('$id at $emergency.level gives no dose but of ORS', (card) => {
    const words = wordsOf(card, language);
    expect(words).not.toMatch(
      /\d+\s*(mg|mcg|mikrogram|gram|gr|g|cc|iu|tablets?|tab|pil|pills?|kapsul|butir|tetes|drops?|puffs?|semprot\w*|ampul)\b/i,
    );
    if (!/oralit|\bORS\b/i.test(words)) expect(words).not.toMatch(/\d+\s*ml\b/i);
  });

  test.each(GUIDANCE)('$id at $emergency.level promises and diagnoses nothing', (card) => {
    const words = wordsOf(card, language);
    expect(words).not.toMatch(
      /\bpasti(?!kan)\b|Anda terkena|anda menderita|you have (a|an) (stroke|heart)|definitely|certainly/i,
    );
    expect(words).not.toMatch(/gratis|bayar|ditanggung|BPJS|biaya|free of charge|insur/i);
  });

  test.each(['stroke', 'heart', 'allergy'] as const)('%s is told as a possibility', (kind) => {
    expect(say(cardFor({ kind, level: 'now', person: 'adult' }).act, language)).toMatch(/kemungkinan|possible|may be/i);
  });

  test.each(EMERGENCY_KINDS)('the doubtful %s asks one question and gives the number', (kind) => {
    const card = cardFor({ kind, level: 'ask', person: 'adult' });
    expect(say(card.act, language)).toContain('119');
    expect(say(card.title, language).match(/\?/g)).toHaveLength(1);
  });
});

describe('what must be in the words', () => {
  test.each<[EmergencyKind, EmergencyPerson, RegExp]>([
    ['unconscious', 'adult', /100–120.*5–6 cm|5–6 cm.*100–120/s],
    ['unconscious', 'infant', /dua ibu jari/],
    ['choking', 'infant', /menekan perut bayi/],
    ['choking', 'pregnant', /tulang dada/],
    ['burn', 'adult', /20 menit/],
    ['snakebite', 'adult', /Bidai/],
    ['poisoning', 'child', /membuat muntah/],
    ['seizure', 'child', /sendok/],
    ['stroke', 'adult', /tusuk jari/],
    ['electric', 'adult', /MCB/],
    ['drowning', 'child', /5 napas/],
    ['birth', 'adult', /kulit ke kulit/],
    ['dehydration', 'child', /1 bungkus dalam 200 ml/],
    ['heatstroke', 'adult', /Es dibungkus kain/],
    ['accident', 'adult', /kepala dan leher tetap diam/],
  ])('%s (%s): %s', (kind, person, expected) => {
    expect(wordsOf(cardFor({ kind, level: 'now', person }), 'id')).toMatch(expected);
  });

  test('a bite is washed for a quarter of an hour, and the vaccine is for today', () => {
    const words = wordsOf(cardFor({ kind: 'animal_bite', level: 'urgent', person: 'adult' }), 'id');
    expect(words).toMatch(/15 menit/);
    expect(words).toMatch(/vaksin rabies hari ini/);
  });

  test.each(['now', 'urgent'] as const)(
    'a suicidal crisis (%s) is never only a number, and names no means',
    (level) => {
      const words = wordsOf(cardFor({ kind: 'suicidal', level, person: 'adult' }), 'id');
      expect(words).toMatch(/orang yang dipercaya/);
      expect(words).toMatch(/sendirian/);
      expect(words).toMatch(/bisa lama dibalas/);
      expect(words).not.toMatch(/tali|gantung|baygon|silet|lompat|overdosis|dosa/i);
    },
  );

  test('after sexual violence: not your fault, 72 hours, the report is a choice', () => {
    const words = wordsOf(cardFor({ kind: 'violence', level: 'urgent', person: 'adult' }), 'id');
    expect(words).toMatch(/bukan salah Anda/);
    expect(words).toMatch(/72 jam/);
    expect(words).toMatch(/pilihan Anda/);
    expect(words).toMatch(/0811-1129-129/);
  });
});

describe('what staff see of a card', () => {
  test.each(GUIDANCE)('$id names dated sources and waits for its sign-off', (card) => {
    expect(card.sources.length).toBeGreaterThanOrEqual(1);
    for (const { name, checkedOn } of card.sources) {
      expect(name).not.toBe('');
      expect(checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
    expect(card.signOff).toBeNull();
  });

  test.each(allCards().flatMap(({ conflicts }) => conflicts))('$about: says what was followed and why', (conflict) => {
    for (const text of Object.values(conflict)) expect(text.trim()).not.toBe('');
    expect(conflict.followed).not.toBe(conflict.left);
  });
});

describe('the answer that means danger', () => {
  const person = 'adult' as const;
  test.each<[Emergency, Emergency]>([
    [
      { kind: 'bleeding', level: 'ask', person },
      { kind: 'bleeding', level: 'now', person },
    ],
    [
      { kind: 'dengue', level: 'ask', person },
      { kind: 'dengue', level: 'urgent', person },
    ],
    [
      { kind: 'suicidal', level: 'ask', person },
      { kind: 'suicidal', level: 'urgent', person },
    ],
    [
      { kind: 'breathing', level: 'urgent', person },
      { kind: 'breathing', level: 'now', person },
    ],
    [
      { kind: 'poisoning', level: 'now', person: 'child' },
      { kind: 'unconscious', level: 'now', person: 'child' },
    ],
    [
      { kind: 'suicidal', level: 'now', person },
      { kind: 'suicidal', level: 'now', person },
    ],
    [
      { kind: 'violence', level: 'urgent', person },
      { kind: 'violence', level: 'now', person },
    ],
  ])('%o becomes %o', (before, after) => {
    expect(worsened(before)).toEqual(after);
  });
});
