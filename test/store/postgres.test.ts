import { afterAll, describe, test } from 'vitest';
import { openStore } from '../../src/store/open-store.js';
import { startPostgres } from '../fakes/postgres.js';
import { broadcastContract } from './broadcast-contract.js';
import { storeContract } from './contract.js';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

if (postgres) {
  const url = await postgres.createDatabase();
  await (await openStore(url)).close();
  const open = async () => {
    await postgres.emptyTables(url);
    return openStore(url);
  };
  storeContract('the store on PostgreSQL', open);
  broadcastContract('announcements on PostgreSQL', open);
} else {
  describe('the store on PostgreSQL', () => test.skip('the server did not start', () => undefined));
}
