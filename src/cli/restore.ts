/**
 * `npm run -s restore -- FILE [--force] [--moved]`: puts a backup in the place of the database that DATABASE_URL names,
 * SQLite or PostgreSQL, all of it or nothing. The server must be stopped.
 */
import { parseArgs } from 'node:util';
import { loadEnvironment, readConfig } from '../config.js';
import { restore } from '../store/backup/restore.js';
import { DEFAULT_DATABASE_URL } from '../store/open-store.js';
import { runCommand } from './run-command.js';

const USAGE = `npm run -s restore -- FILE [--force] [--moved]
  --force   replaces what the database holds
  --moved   the old server is stopped for good and answered nobody since the backup: what waited goes out from here
`;

async function main(words: readonly string[]): Promise<number | null> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { force: { type: 'boolean', default: false }, moved: { type: 'boolean', default: false } },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) return null;
  const config = readConfig(loadEnvironment());
  const report = await restore(config.databaseUrl ?? DEFAULT_DATABASE_URL, path, values, Date.now());
  const many = Object.values(report.rows).reduce((sum, count) => sum + count, 0);
  const lines = [
    `Restored ${many} rows of ${Object.keys(report.rows).length} tables, as of ${new Date(report.at).toISOString()}, from ${report.from}.`,
    ...(report.upgraded.length > 0 ? [`Brought up to this version: ${report.upgraded.join(', ')}.`] : []),
    ...(values.moved ? [] : AFTERWARDS),
    'The secret key is not in a backup: SECRET_KEY or data/secret.key must be the one that was in use.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

const AFTERWARDS = [
  'What waited then is not sent: answers are ended, running announcements are paused with their open rows "unsure", scheduled ones are drafts.',
  'Who wrote BERHENTI or "hapus data saya" since the backup is as before: announce nothing until they were told apart.',
];

await runCommand(USAGE, main);
