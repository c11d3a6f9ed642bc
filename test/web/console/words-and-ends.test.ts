import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { projectFile } from '../../../src/project-root.js';
import { endsFrom, usualEnd } from '../../../src/web/console/exception-ends.js';
import { noteLines, sourceText } from '../../../src/web/console/source-words.js';

const WITA = { zone: 'Asia/Makassar' } as const;

describe('until when a puskesmas is closed', () => {
  it.each([
    ['02:00', 'tonight', ['today_noon', 'tonight', 'tomorrow_noon', 'tomorrow_night', 'week', 'other']],
    ['09:59', 'tonight', ['today_noon', 'tonight', 'tomorrow_noon', 'tomorrow_night', 'week', 'other']],
    ['11:00', 'tonight', ['tonight', 'tomorrow_noon', 'tomorrow_night', 'week', 'other']],
    ['17:59', 'tonight', ['tonight', 'tomorrow_noon', 'tomorrow_night', 'week', 'other']],
    ['23:50', 'tomorrow_noon', ['tonight', 'tomorrow_noon', 'tomorrow_night', 'week', 'other']],
  ] as const)('at %s it is %s unless another end is chosen', (clock, usual, offered) => {
    const now = Date.parse(`2026-11-23T${clock}:00+08:00`);
    expect(usualEnd(now, WITA)).toBe(usual);
    expect(endsFrom(now, WITA).map(({ name }) => name)).toEqual(offered);
  });
});

describe('what the data says of itself', () => {
  const rows = ['facilities', 'hours', 'emergency-numbers', 'regions'].flatMap(
    (file) =>
      parse(readFileSync(projectFile(`prisma/seed/${file}.csv`), 'utf8'), { columns: true }) as { source: string }[],
  );

  it('is told in Indonesian, every shipped source', () => {
    const told = rows.map(({ source }) => sourceText(source).replaceAll(/https?:\S+/g, ''));
    expect(told.filter((text) => /\b(the|of|list|health|number|since|published|answered)\b/i.test(text))).toEqual([]);
  });

  it('keeps what staff wrote, and marks what only the source says', () => {
    expect(sourceText('SK Bupati contoh 7/2026')).toBe('SK Bupati contoh 7/2026');
    expect(noteLines('Kepala puskesmas: contoh; loket pindah')).toEqual(['Kepala puskesmas: contoh; loket pindah']);
    expect(noteLines('no coordinate found; reopened Jun 2025')).toEqual([
      'titik tidak ditemukan',
      '“reopened Jun 2025” (catatan sumber)',
    ]);
    expect(noteLines(null)).toEqual([]);
  });
});
