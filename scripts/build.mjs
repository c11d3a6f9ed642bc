// Builds what is missing or older than its sources: the Prisma clients, then the TypeScript. Quiet when there is nothing to do,
// so that every command of package.json may begin with it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules', '.bin', name);

function newestIn(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  let newest = stat.mtimeMs;
  for (const name of readdirSync(path)) newest = Math.max(newest, newestIn(join(path, name)));
  return newest;
}

function stale(stamp, sources) {
  const built = statSync(join(root, stamp), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.some((source) => newestIn(join(root, source)) > built);
}

function run(command, args, env = {}) {
  try {
    execFileSync(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}`);
    process.stderr.write(`build: ${command} ${args.join(' ')} failed\n`);
    process.exit(1);
  }
}

const schema = ['prisma/schema.prisma', 'scripts/generate-clients.mjs', 'package-lock.json'];
if (existsSync(join(root, 'scripts/generate-clients.mjs')) && stale('src/store/generated/.built', schema)) {
  run(process.execPath, [join(root, 'scripts/generate-clients.mjs')]);
  mkdirSync(join(root, 'src/store/generated'), { recursive: true });
  writeFileSync(join(root, 'src/store/generated/.built'), '');
}
if (existsSync(bin('tsc')) && stale('dist/.built', ['src', 'bench', 'locales', 'tsconfig.json', 'package-lock.json'])) {
  if (!existsSync(join(root, 'dist/src'))) rmSync(join(root, 'dist'), { recursive: true, force: true });
  run(bin('tsc'), ['-p', root]);
  writeFileSync(join(root, 'dist/.built'), '');
}
