import { existsSync, readFileSync } from 'node:fs';
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { AppError } from './errors.js';
import type { LogLevel } from './log.js';

const empty = (value: unknown) => (value === '' ? undefined : value);
const text = z.preprocess(empty, z.string().optional());
const url = z.preprocess(
  empty,
  z.url({ protocol: /^https?$/, error: 'must be a web address beginning with http:// or https://' }).optional(),
);
const wsUrl = z.preprocess(
  empty,
  z.url({ protocol: /^wss?$/, error: 'must be an address beginning with ws:// or wss://' }).optional(),
);

const settings = z.object({
  PORT: z.preprocess(empty, z.coerce.number({ error: 'must be a number' }).int().min(0).max(65_535).default(3000)),
  PUBLIC_URL: url,
  DATABASE_URL: z.preprocess(
    empty,
    z
      .string()
      .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'must begin with file: or postgres://')
      .optional(),
  ),
  SECRET_KEY: z.preprocess(empty, z.string().min(32, 'must be at least 32 characters of chance').optional()),
  SECRET_KEY_PREVIOUS: text,
  LOG_LEVEL: z.preprocess(
    empty,
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ),
  ROLE: z.preprocess(empty, z.enum(['all', 'web', 'worker']).default('all')),
  TELEGRAM_BOT_TOKEN: z.preprocess(
    empty,
    z
      .string()
      .regex(/^\d+:[\w-]+$/, 'must look like 123456:ABC…, as BotFather gives it')
      .optional(),
  ),
  TELEGRAM_API_ROOT: url,
  TELEGRAM_WEBHOOK_SECRET: z.preprocess(
    empty,
    z
      .string()
      .regex(/^[\w-]{1,256}$/, 'may hold 1 to 256 of A–Z a–z 0–9 _ -')
      .optional(),
  ),
  WHATSAPP_BAILEYS: z.preprocess(empty, z.enum(['on', 'off']).default('off')),
  WHATSAPP_WS_URL: wsUrl,
  WHATSAPP_PAIRING_PHONE: z.preprocess(
    empty,
    z
      .string()
      .regex(/^\d{8,15}$/, 'must be digits only, with the country code: 62…')
      .optional(),
  ),
  WHATSAPP_CLOUD_TOKEN: text,
  WHATSAPP_CLOUD_PHONE_NUMBER_ID: text,
  WHATSAPP_CLOUD_APP_SECRET: text,
  WHATSAPP_CLOUD_VERIFY_TOKEN: text,
  WHATSAPP_GRAPH_URL: url,
  WHATSAPP_CLOUD_AUTH_HEADER: z.preprocess(
    empty,
    z
      .string()
      .regex(/^[A-Za-z0-9-]+$/, 'must be the name of an HTTP header')
      .optional(),
  ),
  MESSAGE_RETENTION_DAYS: z.preprocess(
    empty,
    z.coerce.number({ error: 'must be a number of days' }).int().min(0).max(365).default(0),
  ),
  DRAIN_SECONDS: z.preprocess(
    empty,
    z.coerce.number({ error: 'must be a number of seconds' }).int().min(0).max(60).default(0),
  ),
  CONTACT_RETENTION_DAYS: z.preprocess(
    empty,
    z.coerce.number({ error: 'must be a number of days' }).int().min(30).max(1100).default(400),
  ),
  MAP_TILES_URL: z.preprocess(
    empty,
    z
      .url({ protocol: /^https?$/, error: 'must be a web address beginning with http:// or https://' })
      .refine(
        (url) => ['{z}', '{x}', '{y}'].every((place) => decodeURI(url).includes(place)),
        'must hold {z}, {x} and {y}',
      )
      .optional(),
  ),
  MAP_TILES_ATTRIBUTION: text,
  METRICS_TOKEN: z.preprocess(empty, z.string().min(16, 'must be at least 16 characters').optional()),
});

/** Settings that only make sense together. Read from what was given, so that they are told beside every other fault. */
function togetherFaults(given: NodeJS.ProcessEnv): string[] {
  const has = (name: string) => (given[name] ?? '') !== '';
  const faults: string[] = [];
  if (has('TELEGRAM_WEBHOOK_SECRET') && !has('PUBLIC_URL')) {
    faults.push(
      'TELEGRAM_WEBHOOK_SECRET needs PUBLIC_URL as well; without a public address Telegram is polled and has no secret',
    );
  }
  if (has('TELEGRAM_BOT_TOKEN') && has('PUBLIC_URL') && !has('TELEGRAM_WEBHOOK_SECRET')) {
    faults.push('TELEGRAM_WEBHOOK_SECRET is needed for Telegram’s webhook, because PUBLIC_URL is set');
  }
  const cloud = [
    'WHATSAPP_CLOUD_TOKEN',
    'WHATSAPP_CLOUD_PHONE_NUMBER_ID',
    'WHATSAPP_CLOUD_APP_SECRET',
    'WHATSAPP_CLOUD_VERIFY_TOKEN',
  ];
  const first = cloud.find(has);
  for (const name of cloud)
    if (first !== undefined && !has(name)) faults.push(`${name} is needed together with ${first}`);
  if (/^postgres/.test(given.DATABASE_URL ?? '') && !has('SECRET_KEY')) {
    faults.push(
      'SECRET_KEY is needed on PostgreSQL: every instance must read the same channel credentials. Make one: openssl rand -base64 32',
    );
  }
  return faults;
}

/** The names of all settings; secrets may also be given as NAME_FILE. */
export const SETTINGS: readonly string[] = Object.keys(settings.shape);

/** Settings whose value must stay a secret. */
const SECRETS = [
  'SECRET_KEY',
  'SECRET_KEY_PREVIOUS',
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'WHATSAPP_CLOUD_TOKEN',
  'WHATSAPP_CLOUD_APP_SECRET',
  'WHATSAPP_CLOUD_VERIFY_TOKEN',
  'METRICS_TOKEN',
] as const;
/** What stands in examples for a secret that nobody has made yet, without its dashes and underscores. */
const PLACEHOLDERS =
  /^(change(me|this|it)|replace(me|this)|(put|insert|enter)?(your|my)(own)?(secret|token|key|password)(here)?|placeholder|todo|gantisaya|ganti|<.*>|\[.*\]|\.\.\.|…)+$/i;
/** What anybody would try first. */
const GUESSED = /^(password|passw0rd|secret(key|token)?|example|contoh|rahasia|123456(7(8(90?)?)?)?)+$/i;
/** Characters that a secret of chance has at least, each counted once. */
const FEWEST_CHARACTERS = 8;
/** Telegram's secret is all that keeps strangers from the public door. */
const SHORTEST_PUBLIC_SECRET = 8;

/** Secrets that nobody has made yet; and, on a server that is open to the world, those that anybody could guess. */
function secretFaults(given: NodeJS.ProcessEnv): string[] {
  const open = (given.PUBLIC_URL ?? '').startsWith('https://');
  const weak = SECRETS.flatMap((name) => {
    const value = given[name] ?? '';
    const bare = value.replaceAll(/[-_ ]/g, '');
    if (value === '') return [];
    if (PLACEHOLDERS.test(bare)) return [`${name} is still a placeholder; put a real one there`];
    const made = name === 'SECRET_KEY' || name === 'METRICS_TOKEN';
    return open && (GUESSED.test(bare) || (made && new Set(value).size < FEWEST_CHARACTERS))
      ? [`${name} is easily guessed; make one by chance: openssl rand -base64 32`]
      : [];
  });
  const secret = given.TELEGRAM_WEBHOOK_SECRET ?? '';
  if (open && secret !== '' && secret.length < SHORTEST_PUBLIC_SECRET) {
    weak.push(`TELEGRAM_WEBHOOK_SECRET is too short; make one by chance: openssl rand -hex 32`);
  }
  return weak;
}

/** Settings that may lie in a file of their own, as container engines hand secrets over: NAME_FILE names the file. */
const FROM_FILES = [...SECRETS, 'DATABASE_URL'] as const;

/** The settings with those from files among them, and what is wrong with the files. */
function withFiles(given: NodeJS.ProcessEnv): { readonly all: NodeJS.ProcessEnv; readonly faults: readonly string[] } {
  const all = { ...given };
  const faults: string[] = [];
  for (const name of FROM_FILES) {
    const path = given[`${name}_FILE`] ?? '';
    if (path === '') continue;
    if ((given[name] ?? '') !== '') faults.push(`${name} and ${name}_FILE are both set; one of them`);
    try {
      all[name] = readFileSync(path, 'utf8').trim();
      if (all[name] === '') faults.push(`${name}_FILE names an empty file`);
    } catch {
      faults.push(`${name}_FILE names a file that cannot be read`);
    }
  }
  return { all, faults };
}

/** Families of names that are ours; only within them is an unknown name taken for a slip of the pen. */
const OUR_NAMES = /^(TELEGRAM|WHATSAPP|METRICS|MAP|MESSAGE|SECRET|DATABASE|DRAIN)_/;
const MOST_SLIPS = 4;

/** Names that are nearly those of settings: a setting that is misspelt is silently off. */
function unknownFaults(given: NodeJS.ProcessEnv): string[] {
  const known = SETTINGS;
  return Object.keys(given).flatMap((name) => {
    if (!OUR_NAMES.test(name) || name.endsWith('_FILE') || known.includes(name) || (given[name] ?? '') === '')
      return [];
    const family = name.slice(0, name.indexOf('_') + 1);
    const near = known.filter((each) => each.startsWith(family) && distance(each, name) <= MOST_SLIPS);
    const [nearest] = near.sort((a, b) => distance(a, name) - distance(b, name));
    return nearest === undefined ? [] : [`${name} is no setting; ${nearest} may be meant`];
  });
}

export interface Config {
  readonly port: number;
  readonly publicUrl: string | null;
  /** null: the embedded SQLite file in `data/`. */
  readonly databaseUrl: string | null;
  readonly secretKey: string | null;
  /** The key to be given up, for the command that changes it; nothing else reads it. */
  readonly secretKeyPrevious: string | null;
  readonly logLevel: LogLevel;
  readonly role: 'all' | 'web' | 'worker';
  readonly telegram: {
    readonly token: string;
    readonly apiRoot: string | null;
    readonly webhookSecret: string | null;
  } | null;
  readonly baileys: { readonly wsUrl: string | null; readonly pairingPhone: string | null } | null;
  readonly cloud: {
    readonly token: string;
    readonly phoneNumberId: string;
    readonly appSecret: string;
    readonly verifyToken: string;
    readonly graphUrl: string | null;
    readonly authHeader: string | null;
  } | null;
  readonly messageRetentionDays: number;
  /** After how long without a message a person is forgotten who gets no announcements. */
  readonly contactRetentionDays: number;
  /** Pictures for the console's maps; null: outlines and points only. */
  readonly mapTiles: { readonly url: string; readonly attribution: string } | null;
  readonly metricsToken: string | null;
  /** How long `/readyz` says "stopping" while all goes on as before, so that a proxy sends nobody here any more. */
  readonly drainSeconds: number;
}

/** Reads `.env` of the working folder, when there is one, under what the environment already says. */
export function loadEnvironment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/**
 * The settings as one checked object; secrets are read from the files that NAME_FILE names. Throws CONFIG_FAULTY with every fault on a line of its own; a value is never
 * repeated in the message, because it may be a secret.
 */
export function readConfig(given: NodeJS.ProcessEnv): Config {
  const { all: environment, faults: fileFaults } = withFiles(given);
  const parsed = settings.safeParse(environment);
  const single = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const together = [
    ...fileFaults,
    ...togetherFaults(environment),
    ...secretFaults(environment),
    ...unknownFaults(environment),
  ];
  const faults = [...single, ...together].map((fault) => `  ${fault}`);
  if (!parsed.success || faults.length > 0)
    throw new AppError('CONFIG_FAULTY', `Faulty settings:\n${faults.join('\n')}`);
  const all = parsed.data;
  return {
    port: all.PORT,
    publicUrl: all.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    databaseUrl: all.DATABASE_URL ?? null,
    secretKey: all.SECRET_KEY ?? null,
    secretKeyPrevious: all.SECRET_KEY_PREVIOUS ?? null,
    logLevel: all.LOG_LEVEL,
    role: all.ROLE,
    telegram:
      all.TELEGRAM_BOT_TOKEN === undefined
        ? null
        : {
            token: all.TELEGRAM_BOT_TOKEN,
            apiRoot: all.TELEGRAM_API_ROOT ?? null,
            webhookSecret: all.TELEGRAM_WEBHOOK_SECRET ?? null,
          },
    baileys:
      all.WHATSAPP_BAILEYS === 'on'
        ? { wsUrl: all.WHATSAPP_WS_URL ?? null, pairingPhone: all.WHATSAPP_PAIRING_PHONE ?? null }
        : null,
    cloud:
      all.WHATSAPP_CLOUD_TOKEN === undefined
        ? null
        : {
            token: all.WHATSAPP_CLOUD_TOKEN,
            phoneNumberId: all.WHATSAPP_CLOUD_PHONE_NUMBER_ID ?? '',
            appSecret: all.WHATSAPP_CLOUD_APP_SECRET ?? '',
            verifyToken: all.WHATSAPP_CLOUD_VERIFY_TOKEN ?? '',
            graphUrl: all.WHATSAPP_GRAPH_URL ?? null,
            authHeader: all.WHATSAPP_CLOUD_AUTH_HEADER ?? null,
          },
    messageRetentionDays: all.MESSAGE_RETENTION_DAYS,
    contactRetentionDays: all.CONTACT_RETENTION_DAYS,
    mapTiles:
      all.MAP_TILES_URL === undefined ? null : { url: all.MAP_TILES_URL, attribution: all.MAP_TILES_ATTRIBUTION ?? '' },
    metricsToken: all.METRICS_TOKEN ?? null,
    drainSeconds: all.DRAIN_SECONDS,
  };
}
