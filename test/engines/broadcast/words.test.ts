import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultsOf, fill, type Outcome, remember, troubleIn } from '../../../src/engines/broadcast/index.js';

const VALUES = { tempat: 'Puskesmas {{Contoh}}', waktu: 'Selasa 08.00', tautan: null, daerah: 'Contoh' };

describe('placeholders', () => {
  const TEXTS: readonly (readonly [string, readonly string[], string])[] = [
    ['Besok di {{tempat}}.', [], 'Besok di Puskesmas {{Contoh}}.'],
    ['{{ waktu }} {{waktu}}', [], 'Selasa 08.00 Selasa 08.00'],
    ['Kurung {biasa} boleh', [], 'Kurung {biasa} boleh'],
    ['Besok di {{tempta}}', ['unknown_placeholder 9'], 'Besok di'],
    ['Lihat {{tautan}}', ['no_value 6'], 'Lihat'],
    ['Di {{tempat', ['loose_brace 3'], 'Di {{tempat'],
    ['Di tempat}} {{waktu}}', ['loose_brace 9'], 'Di tempat}} Selasa 08.00'],
    ['   ', ['empty 0'], ''],
  ];
  test.each(TEXTS)('%s', (text, faults, filled) => {
    expect(faultsOf(text, VALUES).map(({ kind, position }) => `${kind} ${position}`)).toEqual(faults);
    expect(fill(text, VALUES)).toBe(filled);
  });

  test('never break, whatever is written', () => {
    const piece = fc.constantFrom('{{', '}}', '{', '}', 'tempat', 'waktu', ' ', 'x', '$&', '\n');
    fc.assert(
      fc.property(
        fc.array(piece).map((all) => all.join('')),
        (text) => {
          const faults = faultsOf(text, VALUES);
          const filled = fill(text, { ...VALUES, tempat: 'T', tautan: 'L' });
          if (faults.length === 0) expect(filled).not.toMatch(/\{\{|\}\}/);
        },
      ),
    );
  });
});

describe('when sending stops by itself', () => {
  const sent: Outcome = { status: 'sent', code: null };
  const refused: Outcome = { status: 'failed', code: 'SEND_REFUSED' };
  const blocked: Outcome = { status: 'failed', code: 'CONTACT_UNREACHABLE' };
  const unsure: Outcome = { status: 'unsure', code: 'CHANNEL_UNREACHABLE' };
  const following = (...outcomes: readonly Outcome[]) => troubleIn(outcomes.reduce(remember, [] as readonly Outcome[]));
  const times = (many: number, outcome: Outcome) => Array.from({ length: many }, () => outcome);

  test('not at the first failures', () => expect(following(...times(9, refused))).toBeNull());
  test('when every send is refused', () => {
    expect(following(...times(10, refused))).toEqual({ code: 'SEND_REFUSED', failed: 10, of: 10 });
  });
  test('when more than a fifth of the latest are refused', () => {
    expect(following(...times(40, sent), ...times(10, refused))).toBeNull();
    expect(following(...times(39, sent), ...times(11, refused))).toEqual({ code: 'SEND_REFUSED', failed: 11, of: 50 });
  });
  test('not for many who blocked the bot', () =>
    expect(following(...times(30, blocked), ...times(20, sent))).toBeNull());
  test('but when hardly anybody can be reached', () => {
    expect(following(...times(41, blocked), ...times(9, sent))?.code).toBe('CONTACT_UNREACHABLE');
  });
  test('after five in a row of which nobody knows', () => {
    expect(following(...times(4, unsure), sent, ...times(4, unsure))).toBeNull();
    expect(following(...times(40, sent), ...times(5, unsure))?.code).toBe('CHANNEL_UNREACHABLE');
  });
  test('looks at the latest only', () => {
    expect(following(...times(200, refused), ...times(50, sent))).toBeNull();
  });
});
