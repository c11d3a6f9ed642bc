import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type App, buildApp } from '../../src/app.js';
import { realTiming } from '../../src/channels/real-timing.js';
import { readConfig } from '../../src/config.js';
import type { ChannelStatus } from '../../src/ports/channel.js';
import type { Store } from '../../src/ports/store.js';
import { planSeed } from '../../src/services/seed.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { scriptedChannel } from '../fakes/scripted-channel.js';
import { OPEN, recordingLog, SEIZURE, written } from '../services/house.js';

const SECRET_KEY = 'a-key-for-tests-only-a-key-for-tests-only';
const TOKEN = 'a-token-for-the-tests-of-metrics';

interface Instance {
  readonly app: App;
  readonly port: number;
  readonly channel: ReturnType<typeof scriptedChannel>;
}

const instances: App[] = [];
async function instance(
  store: Store,
  settings: Record<string, string> = {},
  status?: () => ChannelStatus,
): Promise<Instance> {
  const scripted = scriptedChannel('telegram', realTiming.now);
  const channel = status ? { ...scripted, status } : scripted;
  const config = readConfig({ PORT: '0', SECRET_KEY, ...settings });
  const app = await buildApp(config, recordingLog([]), { store, channels: [channel] });
  instances.push(app);
  return { app, port: (await app.start()) ?? 0, channel };
}
afterAll(async () => {
  for (const app of instances) await app.stop().catch(() => undefined);
});

/** A call with exactly these headers; resolves to the status and the page. */
function get(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; page: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ port, path, headers, host: '127.0.0.1' }, (answer) => {
      let page = '';
      answer.on('data', (chunk) => (page += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, page }));
    });
    call.on('error', reject).end();
  });
}

/** The value of a line of the page; null without it. */
function reading(page: string, line: string): number | null {
  const found = page.split('\n').find((each) => each.startsWith(`${line} `));
  return found === undefined ? null : Number(found.slice(line.length + 1));
}

describe('the page of metrics', () => {
  let store: Store;
  let one: Instance;
  let two: Instance;
  beforeAll(async () => {
    store = createMemoryStore();
    await store.data.seed(planSeed().change, { who: 'seed', at: 0 });
    one = await instance(store);
    two = await instance(store, { METRICS_TOKEN: TOKEN });
  });

  it.each<[string, boolean, Record<string, string>, number]>([
    ['from the machine itself', false, {}, 200],
    ['from the machine, by a proxy that says so', false, { 'x-forwarded-for': '127.0.0.1' }, 200],
    ['from elsewhere, by a proxy on the machine', false, { 'x-forwarded-for': '198.51.100.7' }, 403],
    ['from elsewhere, claiming to be the machine', false, { 'x-forwarded-for': '127.0.0.1, 198.51.100.7' }, 403],
    ['from elsewhere, by another header', false, { 'x-real-ip': '198.51.100.7' }, 403],
    ['with a header that hides the caller', false, { forwarded: 'for=_hidden' }, 403],
    ['without the token', true, {}, 401],
    ['with another token', true, { authorization: 'Bearer something-else-that-is-long' }, 401],
    ['with the token as a password', true, { authorization: `Basic ${TOKEN}` }, 401],
    [
      'with the token, from anywhere',
      true,
      { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '198.51.100.7' },
      200,
    ],
  ])('%s', async (_label, token, headers, status) => {
    const answer = await get(token ? two.port : one.port, '/metrics', headers);
    expect(answer.status).toBe(status);
    expect(answer.page.includes('tanya_')).toBe(status === 200);
  });

  it('counts messages, emergencies, sends and what is ignored', async () => {
    await one.channel.events()?.receive([written('m1', OPEN, '771')]);
    await one.channel.events()?.receive([written('m2', SEIZURE, '772')]);
    one.channel.events()?.ignored?.('telegram', 'group', 3);
    one.channel.events()?.ignored?.('telegram', 'Zqx 0812-9999-0001', 1);
    await one.app.receiver.idle();
    await expect.poll(() => one.channel.sent.length).toBeGreaterThanOrEqual(2);
    const { page } = await get(one.port, '/metrics');
    expect(reading(page, 'tanya_messages_received_total{channel="telegram"}')).toBe(2);
    const openNow = page.match(
      /tanya_messages_total\{channel="telegram",intent="open_now",outcome="(open|closed|unknown)"\} 1/,
    );
    expect(openNow).not.toBeNull();
    expect(page).toMatch(/tanya_messages_total\{channel="telegram",intent="emergency",outcome="\w+"\} 1/);
    expect(reading(page, 'tanya_emergencies_total{channel="telegram",kind="seizure",level="now"}')).toBe(1);
    expect(reading(page, 'tanya_turn_seconds_count{channel="telegram"}')).toBe(2);
    expect(reading(page, 'tanya_sends_total{channel="telegram",kind="emergency",status="sent"}')).toBeGreaterThan(0);
    expect(reading(page, 'tanya_sends_total{channel="telegram",kind="emergency",status="failed"}')).toBe(0);
    expect(reading(page, 'tanya_ignored_total{channel="telegram",code="group"}')).toBe(3);
    expect(reading(page, 'tanya_ignored_total{channel="telegram",code="other"}')).toBe(1);
    expect(page).not.toMatch(/Zqx|0812-9999/);
  });

  it('tells what is in the store by one process alone, and by another when that one is gone', async () => {
    const bearer = { authorization: `Bearer ${TOKEN}` };
    const [first, second] = [await get(one.port, '/metrics'), await get(two.port, '/metrics', bearer)];
    const telling = 'tanya_unanswered_oldest_seconds';
    expect([reading(first.page, telling), reading(second.page, telling)]).toEqual([0, null]);
    expect(reading(first.page, 'tanya_data_hours_statements{region="64.02",grade="published"}')).toBeGreaterThan(0);
    expect(reading(first.page, 'tanya_data_oldest_check_days{region="64.02"}')).not.toBeNull();
    for (const { page } of [first, second]) {
      expect(reading(page, 'tanya_channel_state{channel="telegram",state="up"}')).toBe(1);
      expect(reading(page, 'tanya_store_up')).toBe(1);
    }
    await one.app.stop();
    expect(reading((await get(two.port, '/metrics', bearer)).page, telling)).toBe(0);
  });

  it('is not held up by a store that hangs, and says so', async () => {
    const hanging = { ...store, check: () => new Promise<never>(() => undefined) };
    const three = await instance(hanging);
    const { page } = await get(three.port, '/metrics');
    expect(reading(page, 'tanya_store_up')).toBe(0);
    expect(reading(page, 'tanya_unanswered_oldest_seconds')).toBeNull();
  });
});

describe('a worker', () => {
  it('shows its health and its metrics, and no page', async () => {
    const store = createMemoryStore();
    await store.data.seed(planSeed().change, { who: 'seed', at: 0 });
    const { port } = await instance(store, { ROLE: 'worker' });
    const statuses = await Promise.all(
      ['/healthz', '/readyz', '/metrics', '/', '/console'].map((path) => get(port, path)),
    );
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 404, 404]);
  });
});

describe('readiness', () => {
  it('names the store and each channel by its state', async () => {
    const store = createMemoryStore();
    await store.data.seed(planSeed().change, { who: 'seed', at: 0 });
    let down = false;
    let status: ChannelStatus = {
      state: 'down',
      detail: 'token_refused',
      since: 0,
      pairing: { kind: 'code', value: 'PAIRME' },
    };
    const check = async () => {
      if (down) throw new Error('postgres://user:secret@db refused');
    };
    const { port, app } = await instance({ ...store, check }, {}, () => status);
    const ready = await get(port, '/readyz');
    expect(ready.status).toBe(200);
    const telegram = { state: 'down', detail: 'token_refused', since: '1970-01-01T00:00:00.000Z' };
    expect(JSON.parse(ready.page)).toEqual({ status: 'ready', store: 'up', channels: { telegram } });
    status = { state: 'down', detail: 'connect ECONNREFUSED 10.0.0.1 user=x', since: 0 };
    down = true;
    const away = await get(port, '/readyz');
    expect(away.status).toBe(503);
    expect(JSON.parse(away.page)).toMatchObject({
      status: 'not_ready',
      store: 'down',
      channels: { telegram: { detail: null } },
    });
    expect(away.page).not.toMatch(/secret|ECONN|PAIRME/);
    await app.stop();
  });
});

describe('what operators read', () => {
  interface Rule {
    readonly alert: string;
    readonly expr: string;
    readonly annotations: { readonly runbook: string; readonly summary: string };
    readonly labels: { readonly severity: string };
  }
  interface Panel {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }
  const alerts = parse(readFileSync('ops/prometheus/alerts.yml', 'utf8')) as { groups: { rules: Rule[] }[] };
  const rules = alerts.groups.flatMap((group) => group.rules);
  const board = JSON.parse(readFileSync('ops/grafana/tanya-puskesmas.json', 'utf8')) as { panels: Panel[] };
  const scraping = parse(readFileSync('ops/prometheus/prometheus.yml', 'utf8')) as {
    rule_files: string[];
    scrape_configs: { job_name: string }[];
  };
  const guide = readFileSync('docs/operations.md', 'utf8');
  const expressions = [
    ...rules.map(({ alert, expr }) => [alert, expr] as const),
    ...board.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ];
  /** Names of metrics with their labels, by what the page declares and by what it shows. */
  let declared: Set<string>;

  beforeAll(async () => {
    const store = createMemoryStore();
    await store.data.seed(planSeed().change, { who: 'seed', at: 0 });
    const { port } = await instance(store);
    const { page } = await get(port, '/metrics');
    declared = new Set(
      [...page.matchAll(/^# TYPE (\w+) (\w+)/gm)].flatMap(([, name = '', kind]) =>
        kind === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ),
    );
  });

  it.each(expressions)('%s asks for what is exported: %s', (_title, expr) => {
    const names = [...expr.matchAll(/\b(tanya_\w+|process_\w+|nodejs_\w+)/g)].map((found) => found[1]);
    expect(names.length > 0 || /\bup\{job="tanya-puskesmas"\}/.test(expr)).toBe(true);
    expect(names.filter((name) => !declared.has(name ?? ''))).toEqual([]);
  });

  it.each(expressions)('%s names labels that its metrics have: %s', (_title, expr) => {
    const source = readdirSync('src/meters')
      .map((file) => readFileSync(`src/meters/${file}`, 'utf8'))
      .join('');
    const labels = [...source.matchAll(/'\w+',\s*'[^']*',\s*\[([^\]]*)\]/g)]
      .flatMap((found) => (found[1] ?? '').split(','))
      .map((label) => label.replaceAll(/['\s]/g, ''));
    const known = new Set([...labels, 'le', 'job', 'instance', 'state', 'status']);
    const used = [
      ...[...expr.matchAll(/\{([^}]*)\}/g)]
        .flatMap((found) => (found[1] ?? '').split(/,(?=\w+[=!])/))
        .map((pair) => pair.split(/[=!]/)[0] ?? ''),
      ...[...expr.matchAll(/by \(([^)]*)\)/g)].flatMap((found) => (found[1] ?? '').split(',')),
    ].map((label) => label.trim());
    expect(used.filter((label) => label !== '' && !known.has(label))).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s has a runbook and a severity', (name, rule) => {
    expect(rule.annotations.runbook).toBe(`docs/operations.md#${name.toLowerCase()}`);
    expect(guide).toMatch(new RegExp(`^#+ ${name}$`, 'm'));
    expect(['page', 'work']).toContain(rule.labels.severity);
    expect(rule.annotations.summary).not.toBe('');
  });

  it('is read under the name that alerts and board ask for', () => {
    expect(scraping.rule_files).toEqual(['alerts.yml']);
    expect(scraping.scrape_configs.map(({ job_name }) => job_name)).toEqual(['tanya-puskesmas']);
    expect(board.panels.length).toBeGreaterThan(20);
  });
});
