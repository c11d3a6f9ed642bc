/**
 * `npm run -s backup -- FILE`: everything in the database, as of one moment, into one new file, while the server runs on.
 * The file can be restored to SQLite and to PostgreSQL.
 */
import { loadEnvironment, readConfig } from '../config.js';
import { backUp } from '../store/backup/dump.js';
import { DEFAULT_DATABASE_URL } from '../store/open-store.js';
import { runCommand } from './run-command.js';

const USAGE = 'npm run -s backup -- FILE       FILE must not exist yet, for example backup-2026-11-23.ndjson.gz\n';

async function main(words: readonly string[]): Promise<number | null> {
  const [path] = words;
  if (path === undefined || words.length > 1 || path.startsWith('-')) return null;
  const config = readConfig(loadEnvironment());
  const began = performance.now();
  const { rows, migrations } = await backUp(config.databaseUrl ?? DEFAULT_DATABASE_URL, path, Date.now());
  const many = Object.values(rows).reduce((sum, count) => sum + count, 0);
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  process.stdout.write(
    `${path}: ${many} rows of ${Object.keys(rows).length} tables (${migrations} migrations), read back and checked, ${seconds} s\n` +
      `${keyReminder(config.secretKey !== null)}\n`,
  );
  return 0;
}

/** Without the key a restored database answers people, but its WhatsApp link and the staff's second factors are lost. */
function keyReminder(fromSettings: boolean): string {
  const where = fromSettings ? 'SECRET_KEY of the settings' : 'data/secret.key';
  return `Not in this file: ${where}. Keep it too, in another place: without it the link to WhatsApp and the second factors of staff cannot be read.`;
}

await runCommand(USAGE, main);
