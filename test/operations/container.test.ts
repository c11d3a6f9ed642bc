import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SETTINGS } from '../../src/config.js';

const text = readFileSync('Dockerfile', 'utf8');
interface Instruction {
  readonly name: string;
  readonly rest: string;
}
const instructions: readonly Instruction[] = text
  .replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .flatMap((line) => {
    const [, name, rest] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    return name === undefined || rest === undefined ? [] : [{ name, rest }];
  });
const lastFrom = instructions.findLastIndex(({ name }) => name === 'FROM');
const build = instructions.slice(0, lastFrom);
const last = instructions.slice(lastFrom);
const copies = (stage: readonly Instruction[]) =>
  stage
    .filter(({ name }) => name === 'COPY')
    .map(({ rest }) => {
      const words = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
      return { sources: words.slice(0, -1), to: words.at(-1) ?? '' };
    });
const ignored = readFileSync('.dockerignore', 'utf8').trim().split('\n');

describe('the Dockerfile', () => {
  it('has nothing to complain of for the linter', () => {
    expect(validate(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  it('names its base in one place, by an exact version', () => {
    const base = instructions.find(({ name }) => name === 'ARG')?.rest ?? '';
    expect(base).toMatch(/^BASE=node:24\.\d+\.\d+-\w+-slim$/);
    const from = instructions.filter(({ name }) => name === 'FROM').map(({ rest }) => rest);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the Dockerfile's own variable
    expect(from).toEqual(['${BASE} AS build', '${BASE}']);
  });

  it('fetches nothing by itself and runs nothing but packages of the lock file', () => {
    expect(instructions.filter(({ name }) => name === 'ADD')).toEqual([]);
    const runs = instructions.filter(({ name }) => name === 'RUN').map(({ rest }) => rest);
    expect(runs.filter((rest) => /curl|wget|https?:|npx|npm install|sudo|chmod 777/.test(rest))).toEqual([]);
    expect(runs.some((rest) => rest.includes('npm ci --ignore-scripts'))).toBe(true);
    expect(
      runs.some((rest) => rest.includes('npm prune --omit=dev --omit=optional --omit=peer --ignore-scripts')),
    ).toBe(true);
  });

  it('runs as a user that is not root, set after the last step that needs more', () => {
    const user = last.findIndex(({ name }) => name === 'USER');
    expect(last[user]?.rest).toBe('node');
    expect(last.slice(user).filter(({ name }) => name === 'RUN' || name === 'COPY')).toEqual([]);
    expect(last.filter(({ name }) => name === 'ENV').map(({ rest }) => rest)).toContain('NODE_ENV=production');
  });

  it('tells its health and ends by a signal that reaches the server itself', () => {
    const { rest: health = '' } = last.find(({ name }) => name === 'HEALTHCHECK') ?? {};
    expect(health).toContain('/healthz');
    const { rest: cmd = '' } = last.findLast(({ name }) => name === 'CMD') ?? {};
    const words = JSON.parse(cmd) as string[];
    expect([words[0], words.at(-1)]).toEqual(['node', 'dist/src/main.js']);
  });

  it('holds no secret', () => {
    const given = instructions.filter(({ name }) => name === 'ENV' || name === 'ARG').map(({ rest }) => rest);
    expect(given.filter((rest) => /SECRET|TOKEN|PASSWORD|KEY/i.test(rest))).toEqual([]);
  });

  it.each(copies(build).flatMap(({ sources }) => sources))(
    'finds %s, which .dockerignore does not leave out',
    (source) => {
      expect(existsSync(source)).toBe(true);
      expect(ignored).not.toContain(source.replace(/\/$/, ''));
    },
  );

  it('leaves out what is private or made anew', () => {
    expect(ignored).toEqual(
      expect.arrayContaining(['node_modules', 'dist', 'data', '.env', '.git', 'backups', 'secrets']),
    );
  });

  /** Files of the project that the program reads while it runs. */
  const read = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
    .flatMap((file) => [...readFileSync(`src/${file}`, 'utf8').matchAll(/projectFile\([`']([^`'$]+)/g)])
    .map((found) => found[1] ?? '');

  it.each([...new Set(read)])('brings along %s, which the program reads', (path) => {
    const brought = copies(last).flatMap(({ sources, to }) =>
      to.endsWith('/') ? sources.map((source) => `${to}${source.split('/').at(-1)}`.replace('./', '')) : [to],
    );
    expect(brought.some((each) => path === each || path.startsWith(`${each.replace(/\/$/, '')}/`))).toBe(true);
  });

  it('is tried out by a script that reads these very steps', () => {
    const script = readFileSync('scripts/try-container-steps.mjs', 'utf8');
    const known = [...script.matchAll(/name === '([A-Z]+)'/g)].map((found) => found[1]);
    // What has no meaning in a plain folder.
    const without = ['ARG', 'VOLUME', 'EXPOSE'];
    expect(instructions.filter(({ name }) => !known.includes(name) && !without.includes(name))).toEqual([]);
    execFileSync(process.execPath, ['--check', 'scripts/try-container-steps.mjs']);
  });
});

interface Service {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly read_only?: boolean;
  readonly privileged?: boolean;
  readonly init?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly restart?: string;
  readonly stop_grace_period?: string;
  readonly healthcheck?: object;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: object;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
}
const composeFiles = ['compose.yaml', 'compose.postgres.yaml'] as const;
const composed = new Map(
  composeFiles.map((file) => [file, parse(readFileSync(file, 'utf8'), { merge: true }) as Compose] as const),
);
const services = [...composed].flatMap(([file, { services }]) =>
  Object.entries(services).map(([name, service]) => [file, name, service] as const),
);
const ours = services.filter(([, , { image }]) => image?.startsWith('tanya-puskesmas:'));

describe.each(services)('%s, %s', (file, _name, service) => {
  it('may do as little as possible', () => {
    expect(service.read_only).toBe(true);
    expect(service.privileged).toBeUndefined();
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toContain('no-new-privileges:true');
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
    expect(service.pids_limit).toBeGreaterThan(0);
    expect(service.restart).toBe('unless-stopped');
  });

  it('opens ports on this machine alone, and an exact image', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(service.image).toMatch(/:\d+\.\d+/);
  });

  it('holds no secret and names files that exist in the same file', () => {
    const { secrets = {} } = composed.get(file) ?? {};
    for (const [name, value] of Object.entries(service.environment ?? {})) {
      const secret = /SECRET|TOKEN|PASSWORD|KEY|URL/.test(name);
      expect(secret && !name.endsWith('_FILE'), `${name} in the open`).toBe(false);
      if (name.endsWith('_FILE')) expect(service.secrets).toContain(value.replace('/run/secrets/', ''));
    }
    for (const name of service.secrets ?? []) expect(secrets[name]?.file).toBe(`./secrets/${name}`);
  });
});

describe.each(ours)('%s, %s', (_file, _name, service) => {
  it('is given settings that exist', () => {
    const names = Object.keys(service.environment ?? {}).map((name) => name.replace(/_FILE$/, ''));
    expect(names.filter((name) => !SETTINGS.includes(name))).toEqual([]);
  });

  it('has longer to end than the server takes at most', () => {
    const drain = Number(service.environment?.DRAIN_SECONDS ?? 0);
    expect(Number.parseInt(service.stop_grace_period ?? '0', 10)).toBeGreaterThan(20 + drain);
    expect(service.init).toBe(true);
  });
});

describe('the database of compose.postgres.yaml', () => {
  const all: Compose['services'] = composed.get('compose.postgres.yaml')?.services ?? {};
  it('is waited for until it answers', () => {
    expect(all.db?.healthcheck).toBeDefined();
    for (const name of ['web', 'worker']) expect(all[name]?.depends_on?.db?.condition).toBe('service_healthy');
  });
  it('is used by both roles', () => {
    expect([all.web?.environment?.ROLE, all.worker?.environment?.ROLE]).toEqual(['web', 'worker']);
  });
});

describe('the page of operations, on containers', () => {
  const guide = readFileSync('docs/operations.md', 'utf8');
  const lines = guide.split('\n').filter((line) => /cli\/\w+\.js/.test(line) && line.startsWith('docker compose'));

  it('runs what needs a stopped server in a container of its own, since no other is there', () => {
    const stopped = lines.filter((line) => /cli\/(restore|key)\.js/.test(line));
    expect(stopped.length).toBeGreaterThan(0);
    for (const line of stopped) expect(line).toMatch(/compose stop app && docker compose run --rm app /);
  });

  it('writes backups where the containers that make them may write', () => {
    const folders = lines.flatMap((line) => [...line.matchAll(/ (\S*)\/\S+\.gz/g)].map((found) => found[1]));
    expect([...new Set(folders)]).toEqual(['/backups']);
    for (const name of ['app', 'worker'] as const) {
      const service = services.find(([, each]) => each === name)?.[2];
      expect(service?.volumes).toContain('./backups:/backups');
    }
  });
});
