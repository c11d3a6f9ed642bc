import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openStore } from '../../src/store/open-store.js';
import { broadcastContract } from './broadcast-contract.js';
import { storeContract } from './contract.js';

const folder = mkdtempSync(join(tmpdir(), 'tanya-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true }));

const template = join(folder, 'template.db');
await (await openStore(`file:${template}`)).close();

let count = 0;
function open() {
  count += 1;
  const file = join(folder, `${count}.db`);
  copyFileSync(template, file);
  return openStore(`file:${file}`);
}
storeContract('the store on SQLite', open);
broadcastContract('announcements on SQLite', open);
