import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudPayload, type FakeCloud, signatureOf, startFakeCloud } from './cloud-server.js';
import { type CutLine, cutLine } from './cut-line.js';
import type { Postgres } from './postgres.js';
import { freePort, pause, type ServerProcess, startServer } from './server-process.js';
import { type FakeTelegram, startFakeTelegram } from './telegram-server.js';

export type Role = 'all' | 'web' | 'worker';
export const SECRET_KEY = 'a-key-for-tests-only-a-key-for-tests-only';
const APP_SECRET = 'rahasia-percobaan';

/** One process of the house. */
export interface Instance {
  readonly role: Role;
  readonly port: number;
  readonly address: string;
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  output(): string;
}

/** Several real processes on one real PostgreSQL, with Telegram polled and WhatsApp's Cloud API by webhook. */
export interface Instances {
  readonly url: string;
  readonly telegram: FakeTelegram;
  readonly cloud: FakeCloud;
  /** Between the processes and the database. */
  readonly line: CutLine;
  launch(role: Role): Promise<Instance>;
  /** Posts what somebody writes on WhatsApp to a process; the status, 0 when the line broke. */
  write(to: Instance, id: string, from: string, text: string): Promise<number>;
  /** What the Graph API took for somebody, as text. */
  told(from: string): readonly string[];
  /** What Telegram took for somebody, as text. */
  toldByTelegram(chat: number): readonly string[];
  close(): Promise<void>;
}

export async function startInstances(
  postgres: Postgres,
  more: Readonly<Record<string, string>> = {},
): Promise<Instances> {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-instances-'));
  const url = await postgres.createDatabase();
  const { hostname, port, username, password, pathname } = new URL(url);
  const line = await cutLine(hostname, Number(port));
  const telegram = await startFakeTelegram();
  const cloud = await startFakeCloud({ path: '/1001/messages', header: 'authorization', value: 'Bearer kunci' });
  const settings = {
    DATABASE_URL: `postgres://${username}:${password}@127.0.0.1:${line.port}${pathname}`,
    SECRET_KEY,
    LOG_LEVEL: 'info',
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    WHATSAPP_CLOUD_TOKEN: 'kunci',
    WHATSAPP_CLOUD_PHONE_NUMBER_ID: '1001',
    WHATSAPP_CLOUD_APP_SECRET: APP_SECRET,
    WHATSAPP_CLOUD_VERIFY_TOKEN: 'tanda-percobaan',
    WHATSAPP_GRAPH_URL: cloud.root,
    ...more,
  };
  const running = new Set<ServerProcess>();
  return {
    url,
    telegram,
    cloud,
    line,
    launch: async (role) => {
      const own = await freePort();
      const server = startServer(folder, own, { ...settings, ROLE: role });
      running.add(server);
      if ((await server.ready()) === false) throw new Error(`a process did not start: ${server.output()}`);
      const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
        await server.end(signal);
        running.delete(server);
      };
      return { role, port: own, address: `http://127.0.0.1:${own}`, end, output: server.output };
    },
    write: async (to, id, from, text) => {
      const timestamp = String(Math.floor(Date.now() / 1000));
      const message = { id: `wamid.${id}`, timestamp, from, type: 'text', text: { body: text } };
      const body = JSON.stringify(cloudPayload({ contacts: [{ wa_id: from }], messages: [message] }));
      const headers = { 'content-type': 'application/json', ...signatureOf(body, APP_SECRET) };
      const answer = await fetch(`${to.address}/whatsapp/webhook`, { method: 'POST', headers, body }).catch(() => null);
      await answer?.arrayBuffer().catch(() => undefined);
      return answer?.status ?? 0;
    },
    told: (from) =>
      cloud.sent
        .filter(({ to, type }) => to === from && type !== 'location')
        .map(({ text, interactive }) => String(text?.body ?? interactive?.body?.text)),
    toldByTelegram: (chat) =>
      telegram.calls
        .filter(({ ok, method, payload }) => ok && method === 'sendMessage' && payload.chat_id === chat)
        .map(({ payload }) => String(payload.text)),
    close: async () => {
      await Promise.all([...running].map((server) => server.end('SIGKILL')));
      line.close();
      await telegram.close();
      await cloud.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until it is so, and tells how long that took, in milliseconds; throws, naming it, when it is not so within the time. */
export async function until(what: string, so: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<number> {
  const began = performance.now();
  while (!(await so())) {
    if (performance.now() - began > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(25);
  }
  return performance.now() - began;
}
