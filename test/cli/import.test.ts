import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../dist/src/cli/import.js', import.meta.url));
const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tanya-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the built command on a database file of the test's own. */
async function run(database: string, ...words: readonly string[]) {
  const env = { ...process.env, DATABASE_URL: `file:${join(folder, database)}`, INIT_CWD: DOCS };
  const child = spawn(process.execPath, [COMMAND, ...words], { env, cwd: folder });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out: out.split('\n').slice(0, -1), err };
}

const EXAMPLE = [
  'regions',
  'example-regions.csv',
  'areas',
  'example-areas.csv',
  'facilities',
  'example-facilities.csv',
];

describe('npm run import', () => {
  test('a rehearsal writes nothing, the real run does, a second one finds nothing to do', async () => {
    const rehearsal = await run('a.db', ...EXAMPLE, '--dry-run');
    expect(rehearsal).toMatchObject({ code: 0, err: '' });
    expect(rehearsal.out.at(-1)).toBe(
      '8 rows: 8 new, 0 changed, 0 removed, 0 unchanged. Dry run: nothing was written.',
    );
    expect(existsSync(join(folder, 'a.db'))).toBe(false);

    const real = await run('a.db', ...EXAMPLE);
    expect(real.out.at(-1)).toBe('8 rows: 8 new, 0 changed, 0 removed, 0 unchanged. Written.');
    expect(real.out[4]).toBe('example-facilities.csv:2: new       99.01-puskesmas-contoh-hulu');

    const again = await run('a.db', 'facilities', 'example-facilities.csv');
    expect(again.out.at(-1)).toBe('4 rows: 0 new, 0 changed, 0 removed, 4 unchanged. Nothing to write.');
  });

  test('a fault is named with its line, ends with 1, and nothing of the file is written', async () => {
    const file = join(folder, 'salah.csv');
    writeFileSync(
      file,
      [
        'region_code,kind,name,kecamatan,hours_ugd,source,checked_on',
        '64.02,puskesmas,Puskesmas Fiktif,Tenggarong,24/7,contoh,2026-11-22',
        '64.02,puskesmas,Puskesmas Fiktif Dua,Tenggarong,24 jam,contoh,2026-11-22',
      ].join('\n'),
    );
    const failed = await run('b.db', 'facilities', file);
    expect(failed.code).toBe(1);
    expect(failed.err).toMatch(/^salah\.csv:3: hours_ugd: "24 jam": .+character \d+/);
    expect(failed.err).toMatch(/1 fault; nothing was written\.\n$/);
    writeFileSync(
      file,
      'region_code,kind,name,source,checked_on\n64.02,puskesmas,Puskesmas Fiktif,contoh,2026-11-22\n',
    );
    expect((await run('b.db', 'facilities', file, '--dry-run')).out[0]).toContain(': new ');
  });

  test.each([
    [[]],
    [['facilities']],
    [['fasilitas', 'example-facilities.csv']],
    [['facilities', 'example-facilities.csv', 'areas']],
  ])('explains itself to %j', async (words) => {
    const { code, err } = await run('c.db', ...words);
    expect(code).toBe(1);
    expect(err).toContain('KIND is one of: regions, emergency-numbers, areas, facilities');
  });

  test('says which file is not there', async () => {
    const { code, err } = await run('c.db', 'facilities', 'tidak-ada.csv');
    expect(code).toBe(1);
    expect(err).toContain('tidak-ada.csv');
  });
});
