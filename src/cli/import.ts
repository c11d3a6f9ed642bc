/** `npm run -s import -- KIND FILE.csv … [--dry-run]`: a region's data from CSV files; docs/data.md says their form. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { loadEnvironment } from '../config.js';
import { AppError } from '../errors.js';
import { hoursFault } from '../running/hours-fault.js';
import { IMPORT_KINDS, isImportKind } from '../services/import/kinds.js';
import { reportLines } from '../services/import/report.js';
import { type ImportFile, type ImportPlan, importFiles, planImport } from '../services/import-facilities.js';
import { loadSeedSnapshot, planSeed } from '../services/seed.js';
import { DEFAULT_DATABASE_URL, openStore } from '../store/open-store.js';
import { runCommand } from './run-command.js';

const USAGE = `npm run -s import -- KIND FILE.csv [KIND FILE.csv …] [--dry-run]
  KIND is one of: ${Object.keys(IMPORT_KINDS).join(', ')}
  All files of one command are one change: all or nothing. docs/data.md describes them.
`;

async function main(words: readonly string[]): Promise<number | null> {
  const environment = loadEnvironment();
  const dryRun = words.includes('--dry-run');
  const files = filesOf(
    words.filter((word) => word !== '--dry-run'),
    environment.INIT_CWD ?? process.cwd(),
  );
  if (files === null) return null;
  const url = environment.DATABASE_URL ?? DEFAULT_DATABASE_URL;
  const plan = await planOrWrite(files, url, dryRun);
  const output = plan.faults.length > 0 ? process.stderr : process.stdout;
  output.write(`${reportLines(plan, dryRun).join('\n')}\n`);
  return plan.faults.length > 0 ? 1 : 0;
}

/** KIND FILE pairs as files; null when the words are not of that form. */
function filesOf(words: readonly string[], folder: string): readonly ImportFile[] | null {
  if (words.length === 0 || words.length % 2 === 1) return null;
  const files: ImportFile[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const [kind = '', path = ''] = words.slice(at, at + 2);
    if (!isImportKind(kind)) return null;
    const file = resolve(folder, path);
    if (!existsSync(file)) throw new AppError('NOT_FOUND', `there is no file ${file}`);
    files.push({ kind, name: basename(file), content: readFileSync(file) });
  }
  return files;
}

async function planOrWrite(files: readonly ImportFile[], url: string, dryRun: boolean): Promise<ImportPlan> {
  // A rehearsal before the first start needs no database: it would hold the shipped data.
  const path = url.replace(/^file:/, '');
  if (dryRun && !/^postgres(ql)?:/.test(url) && !existsSync(path)) {
    return planImport(files, loadSeedSnapshot(), hoursFault);
  }
  const store = await openStore(url);
  try {
    const author = { who: 'import', at: Date.now() };
    if ((await store.data.version()) === 0)
      await store.data.seed(planSeed(hoursFault).change, { ...author, who: 'seed' });
    if (dryRun) return planImport(files, await store.data.snapshot(), hoursFault);
    return await importFiles(store.data, files, hoursFault, author);
  } finally {
    await store.close();
  }
}

await runCommand(USAGE, main);
