import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.js';
import { ask, run } from '../../src/store/sql.js';
import { type Instance, type Instances, startInstances, until } from '../fakes/instances.js';
import { startPostgres } from '../fakes/postgres.js';
import { SEIZURE } from '../services/house.js';

const ASKED = 'alamat puskesmas loa ipuh';
const ANSWER = /^Puskesmas Loa Ipuh\n/;
const AT_ONCE = 40;
/** A user of its own: for one user PostgreSQL refuses by the same word (53300) as when `max_connections` is reached. */
const USER = 'sempit';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

describe.skipIf(!postgres)('PostgreSQL has no connection left', { timeout: 120_000 }, () => {
  let admin: Database;
  let house: Instances;
  let web: Instance;
  const limit = (many: number) => admin.batch([run(`ALTER ROLE ${USER} CONNECTION LIMIT ${many}`)]);
  const connected = async () => {
    const [row] = await admin.query(ask('SELECT count(*)::int AS many FROM pg_stat_activity WHERE usename = ?', USER));
    return Number(row?.many);
  };
  const answers = (number: string) => house.told(number).filter((text) => ANSWER.test(text)).length;

  beforeAll(async () => {
    if (!postgres) return;
    const url = await postgres.createDatabase();
    const { host, pathname } = new URL(url);
    admin = await openDatabase(url);
    await admin.batch([
      run(`CREATE ROLE ${USER} LOGIN PASSWORD 'test-only' CONNECTION LIMIT 20`),
      run(`ALTER DATABASE ${pathname.slice(1)} OWNER TO ${USER}`),
      run(`GRANT ALL ON SCHEMA public TO ${USER}`),
    ]);
    house = await startInstances(postgres, { DATABASE_URL: `postgres://${USER}:test-only@${host}${pathname}` });
    web = await house.launch('web');
  }, 60_000);
  afterAll(async () => {
    await house?.close();
    await admin?.batch([run(`ALTER ROLE ${USER} CONNECTION LIMIT 0`)]);
    await admin?.close();
  });

  it('a process that can get no more goes on with those that it has', async () => {
    await limit(await connected());
    const people = Array.from({ length: AT_ONCE }, (_, at) => `62000020${String(at).padStart(4, '0')}`);
    const taken = await Promise.all(people.map((number) => house.write(web, `full-${number}`, number, ASKED)));
    expect(taken).toEqual(people.map(() => 200));
    await until('everybody is answered', () => people.every((number) => answers(number) > 0));
    expect(people.map(answers)).toEqual(people.map(() => 1));
  });

  it('one process too many does not start, and says what to do', async () => {
    await limit(await connected());
    const told = await house.launch('web').catch((error: unknown) => String(error));
    expect(told).toContain('PostgreSQL has no connection left for this process');
    expect(told).toContain('Raise max_connections of PostgreSQL or run fewer processes');
  });

  it('a process that gets none at all acknowledges nothing, sends the emergency card, and goes on by itself', async () => {
    await limit(0);
    await admin.query(
      ask('SELECT pg_terminate_backend(pid)::text AS ended FROM pg_stat_activity WHERE usename = ?', USER),
    );
    const [refused, inNeed] = ['620000300001', '620000300002'];
    const [status] = await Promise.all([
      house.write(web, 'none', refused, ASKED),
      house.write(web, 'need', inNeed, SEIZURE),
      until('the card is sent', () => house.told(inNeed).length > 0),
    ]);
    expect([status, house.told(refused)]).toEqual([503, []]);
    expect((await fetch(`${web.address}/readyz`)).status).toBe(503);
    await limit(20);
    await until('it is ready again', async () => (await fetch(`${web.address}/readyz`)).ok);
    await until('it is taken', async () => (await house.write(web, 'none', refused, ASKED)) === 200);
    await until('it is answered', () => answers(refused) > 0);
    expect(answers(refused)).toBe(1);
  });
});
