import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config.js';
import { DATA_FOLDER } from './filled-store.js';

/**
 * The key that encrypts channel credentials: from the settings, else (only on the embedded database) made once and kept
 * beside it, readable by its owner alone.
 */
export function secretKey(config: Config): string {
  if (config.secretKey !== null) return config.secretKey;
  const path = join(DATA_FOLDER, 'secret.key');
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    try {
      writeFileSync(path, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(path, 'utf8').trim();
}
