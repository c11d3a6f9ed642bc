import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KEPT_DATA, type KeptKind, NOT_ABOUT_PEOPLE } from '../src/domain/kept-data.js';
import { keptWords } from '../src/services/kept-data.js';

/** Tables and their columns as the hand-written schema has them, relations left out. */
function tablesOfSchema(): ReadonlyMap<string, readonly string[]> {
  const schema = readFileSync('prisma/schema.prisma', 'utf8');
  const models = [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)];
  const names = new Set(models.map(([, name]) => name));
  return new Map(
    models.map(([, model, body = '']) => {
      const columns = body.split('\n').flatMap((line) => {
        const [, field, type = ''] = /^ {2}(\w+)\s+(\w+)/.exec(line) ?? [];
        if (field === undefined || names.has(type)) return [];
        return [/@map\("(\w+)"\)/.exec(line)?.[1] ?? field];
      });
      return [/@@map\("(\w+)"\)/.exec(body)?.[1] ?? String(model), columns];
    }),
  );
}

const kinds: readonly KeptKind[] = KEPT_DATA;
const listed = (table: string): readonly string[] => {
  const none = NOT_ABOUT_PEOPLE[table] ?? [];
  return none === 'all' ? [] : [...kinds.flatMap(({ where }) => where[table] ?? []), ...none];
};

describe('the list of what is kept about people', () => {
  const tables = tablesOfSchema();

  it('has a schema to be held against', () => expect(tables.size).toBeGreaterThan(25));

  it.each([...tables])('knows every column of %s', (table, columns) => {
    if (NOT_ABOUT_PEOPLE[table] === 'all') return;
    const missing = columns.filter((column) => !listed(table).includes(column));
    const why = `${table} holds columns that neither a kind of KEPT_DATA names nor NOT_ABOUT_PEOPLE (src/domain/kept-data.ts)`;
    expect(missing, why).toEqual([]);
  });

  it('names no column twice, and none that does not exist', () => {
    const named = new Set([...kinds.flatMap(({ where }) => Object.keys(where)), ...Object.keys(NOT_ABOUT_PEOPLE)]);
    for (const table of named) {
      expect([...listed(table)].sort(), table).toEqual([...new Set(listed(table))].sort());
      for (const column of listed(table)) expect(tables.get(table), `${table}.${column}`).toContain(column);
    }
  });

  it('sees a contact id wherever a table has one, and forgetting reaches it', () => {
    const erase = readFileSync('src/store/erase.ts', 'utf8');
    // These go with the contact itself, by their foreign key.
    const cascades = ['sessions', 'departures', 'conversation_messages'];
    const holding = [...tables].filter(([, columns]) => columns.includes('contact_id')).map(([table]) => table);
    expect(holding.length).toBeGreaterThan(8);
    for (const table of holding.filter((one) => !cascades.includes(one))) expect(erase).toContain(table);
  });
});

describe('docs/privacy.md', () => {
  const path = 'docs/privacy.md';
  const rows = keptWords({ messageDays: 0, contactDays: 400 }, 'en').map(
    ({ what, why, until, who }) => `| ${[what, why, until, who].join(' | ')} |`,
  );
  const table = ['| What | What for | How long | Who sees it |', '|---|---|---|---|', ...rows].join('\n');

  it('has the table that the code goes by', () => {
    const text = readFileSync(path, 'utf8');
    const [before = '', rest = ''] = text.split('<!-- kept -->\n');
    const after = rest.slice(rest.indexOf('<!-- end -->'));
    const now = `${before}<!-- kept -->\n${table}\n${after}`;
    if (process.env.RECORD === '1') writeFileSync(path, now);
    else expect(text, 'RECORD=1 writes it anew').toBe(now);
  });
});
