import { afterAll, describe, test } from 'vitest';
import { openStore } from '../../src/store/open-store.js';
import { startPostgres } from '../fakes/postgres.js';
import { storeContract } from './contract.js';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

if (postgres) {
  const template = await postgres.createDatabase();
  await (await openStore(template)).close();
  storeContract('the store on PostgreSQL', async () => openStore(await postgres.createDatabase(template)));
} else {
  describe('the store on PostgreSQL', () => test.skip('the server did not start', () => undefined));
}
