import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { AppError } from '../src/errors.js';

const CLOUD = {
  WHATSAPP_CLOUD_TOKEN: 't',
  WHATSAPP_CLOUD_PHONE_NUMBER_ID: '1',
  WHATSAPP_CLOUD_APP_SECRET: 's',
  WHATSAPP_CLOUD_VERIFY_TOKEN: 'v',
};

function faultsOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof AppError && error.code === 'CONFIG_FAULTY') return error.message;
    throw error;
  }
  return '';
}

/** Open to the world, where a secret that can be guessed is none. */
const OPEN = { PUBLIC_URL: 'https://contoh.example' };

describe('settings', () => {
  it('need nothing at all', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      publicUrl: null,
      databaseUrl: null,
      secretKey: null,
      secretKeyPrevious: null,
      logLevel: 'info',
      role: 'all',
      telegram: null,
      baileys: null,
      cloud: null,
      messageRetentionDays: 0,
      contactRetentionDays: 400,
      mapTiles: null,
      metricsToken: null,
      drainSeconds: 0,
    });
  });

  it('treat an empty value as none', () => {
    expect(readConfig({ PORT: '', TELEGRAM_BOT_TOKEN: '', DATABASE_URL: '' })).toEqual(readConfig({}));
  });

  it.each<[string, Record<string, string>, string]>([
    ['a port that is no number', { PORT: 'abc' }, 'PORT'],
    ['a port out of range', { PORT: '70000' }, 'PORT'],
    ['an unknown database', { DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    ['a webhook secret without a public address', { TELEGRAM_WEBHOOK_SECRET: 'abc' }, 'TELEGRAM_WEBHOOK_SECRET'],
    [
      'a webhook without a secret',
      { TELEGRAM_BOT_TOKEN: '1:a', PUBLIC_URL: 'https://contoh.example' },
      'TELEGRAM_WEBHOOK_SECRET',
    ],
    ['a token that is none', { TELEGRAM_BOT_TOKEN: 'abc' }, 'TELEGRAM_BOT_TOKEN'],
    ['half of the Cloud API', { WHATSAPP_CLOUD_TOKEN: 't' }, 'WHATSAPP_CLOUD_APP_SECRET'],
    ['PostgreSQL without a key', { DATABASE_URL: 'postgres://h/d' }, 'SECRET_KEY'],
    ['a short key', { SECRET_KEY: 'short' }, 'SECRET_KEY'],
    ['a key that repeats itself', { ...OPEN, SECRET_KEY: 'abcabcabcabcabcabcabcabcabcabcabcabc' }, 'SECRET_KEY'],
    ['a word that anybody would try', { ...OPEN, METRICS_TOKEN: 'rahasia-rahasia-rahasia' }, 'METRICS_TOKEN'],
    ['a placeholder for a key', { SECRET_KEY: 'change-me-change-me-change-me-change-me' }, 'SECRET_KEY'],
    ['a short token for metrics', { METRICS_TOKEN: 'short' }, 'METRICS_TOKEN'],
    ['a placeholder for a token', { ...CLOUD, WHATSAPP_CLOUD_TOKEN: 'your_token_here' }, 'WHATSAPP_CLOUD_TOKEN'],
    ['an empty pair of brackets', { ...CLOUD, WHATSAPP_CLOUD_APP_SECRET: '<app secret>' }, 'WHATSAPP_CLOUD_APP_SECRET'],
    ['a known example', { ...CLOUD, WHATSAPP_CLOUD_VERIFY_TOKEN: 'changeme' }, 'WHATSAPP_CLOUD_VERIFY_TOKEN'],
    [
      'a short secret on a public door',
      { TELEGRAM_BOT_TOKEN: '1:a', PUBLIC_URL: 'https://contoh.example', TELEGRAM_WEBHOOK_SECRET: 'kunci' },
      'TELEGRAM_WEBHOOK_SECRET is too short',
    ],
    ['a misspelt name', { TELEGRAM_TOKEN: '1:a' }, 'TELEGRAM_BOT_TOKEN may be meant'],
    ['a name with a slip', { WHATSAPP_BAILEY: 'on' }, 'WHATSAPP_BAILEYS may be meant'],
    ['a drain that never ends', { DRAIN_SECONDS: '3600' }, 'DRAIN_SECONDS'],
    ['retention that is no number', { MESSAGE_RETENTION_DAYS: 'ever' }, 'MESSAGE_RETENTION_DAYS'],
    ['people kept for ever', { CONTACT_RETENTION_DAYS: '0' }, 'CONTACT_RETENTION_DAYS'],
  ])('refuse %s', (_label, environment, name) => {
    expect(faultsOf(environment)).toContain(name);
  });

  it('tell all faults at once, and no value', () => {
    const message = faultsOf({ PORT: 'rahasia-1', LOG_LEVEL: 'rahasia-2', TELEGRAM_WEBHOOK_SECRET: 'rahasia-3' });
    expect(message).toMatch(/PORT.*LOG_LEVEL.*TELEGRAM_WEBHOOK_SECRET/s);
    expect(message).not.toContain('rahasia');
  });

  it('take secrets from files, as container engines hand them over', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tanya-config-'));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const key = 'kunci-percobaan-0123456789-abcdefghij';
    const DATABASE_URL_FILE = file('url', 'postgres://tanya:x@db/tanya\n');
    const config = readConfig({ DATABASE_URL_FILE, SECRET_KEY_FILE: file('key', `${key}\n`) });
    expect([config.databaseUrl, config.secretKey]).toEqual(['postgres://tanya:x@db/tanya', key]);
    expect(faultsOf({ SECRET_KEY_FILE: file('short', 'short') })).toContain('SECRET_KEY must be');
    expect(faultsOf({ SECRET_KEY_FILE: file('empty', '') })).toContain('SECRET_KEY_FILE');
    expect(faultsOf({ SECRET_KEY_FILE: join(folder, 'none') })).toContain('SECRET_KEY_FILE');
    expect(faultsOf({ SECRET_KEY: key, SECRET_KEY_FILE: file('key', key) })).toContain('both');
    rmSync(folder, { recursive: true });
  });

  it('leave the names of other programs alone', () => {
    expect(readConfig({ WHATSAPP_OF_SOMEBODY_ELSE: 'x', TELEGRAM_WHOLLY_DIFFERENT_THING: 'x', PORTS: '1' })).toEqual(
      readConfig({}),
    );
  });

  it('tell weak secrets beside other faults, and none of their values', () => {
    const message = faultsOf({
      ...OPEN,
      PORT: 'abc',
      METRICS_TOKEN: 'ababababababababab',
      SECRET_KEY: `${'placeholder-'.repeat(3)}`,
    });
    expect(message).toMatch(/PORT[\s\S]*SECRET_KEY[\s\S]*METRICS_TOKEN/);
    expect(message).not.toMatch(/abab|placeholder-/);
  });

  it('read a full set', () => {
    const config = readConfig({
      ...CLOUD,
      WHATSAPP_BAILEYS: 'on',
      PUBLIC_URL: 'https://contoh.example/',
      TELEGRAM_BOT_TOKEN: '1:a',
      TELEGRAM_WEBHOOK_SECRET: 'x_-1-by-chance',
    });
    expect(config.publicUrl).toBe('https://contoh.example');
    expect(config.cloud?.phoneNumberId).toBe('1');
    expect(config.baileys).toEqual({ wsUrl: null, pairingPhone: null });
    expect(config.telegram?.webhookSecret).toBe('x_-1-by-chance');
  });
});
