/**
 * `npm run -s backup -- FILE`: everything in the database, as of one moment, into one new file, while the server runs on.
 * The file can be restored to SQLite and to PostgreSQL.
 */
import { loadEnvironment, readConfig } from '../config.js';
import { AppError } from '../errors.js';
import { backUp } from '../store/backup/dump.js';
import { DEFAULT_DATABASE_URL } from '../store/open-store.js';

const USAGE = 'npm run -s backup -- FILE       FILE must not exist yet, for example backup-2026-11-23.ndjson.gz\n';

async function main(words: readonly string[]): Promise<number> {
  const [path] = words;
  if (path === undefined || words.length > 1 || path.startsWith('-')) {
    process.stderr.write(USAGE);
    return 1;
  }
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

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`${error.message}\n${error.act}\n`);
  process.exitCode = 1;
}
