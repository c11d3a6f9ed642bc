import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANNOUNCEMENT, announce } from '../../bench/load/announcing-server.js';
import { meet } from '../../bench/load/meet.js';
import type { Store } from '../../src/ports/store.js';
import { readBulkSettings, writeBulkSettings } from '../../src/services/bulk-settings.js';
import { MOST_IN_FLIGHT } from '../../src/services/run-broadcast.js';
import { openStore } from '../../src/store/open-store.js';
import { type Instance, type Instances, SECRET_KEY, startInstances, until } from '../fakes/instances.js';
import { startPostgres } from '../fakes/postgres.js';
import { messageUpdate } from '../fakes/telegram-server.js';
import { SEIZURE } from '../services/house.js';
import { caller, PASSWORD } from '../web/console/office.js';

const ASKED = 'alamat puskesmas loa ipuh';
const ANSWER = /^Puskesmas Loa Ipuh\n/;
const FACILITY = '64.02-puskesmas-loa-ipuh';
const BY_WEBHOOK = 24;
const BY_POLLING = 24;
const AUDIENCE = 400;

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

const figures: string[] = [];
const note = (what: string, ms: number) => void figures.push(`${what} ${(ms / 1000).toFixed(1)} s`);
afterAll(() => void process.stdout.write(`\n  several instances: ${figures.join(' · ')}\n`));

let updates = 0;
/** One update of somebody on Telegram. */
const written = (chat: number, text: string) => {
  updates += 1;
  const from = { id: chat, is_bot: false, first_name: 'Contoh', language_code: 'id' };
  const date = Math.floor(Date.now() / 1000);
  return messageUpdate(updates, { text, date, from, chat: { id: chat, type: 'private', first_name: 'Contoh' } });
};
/** Numbers and chats of nobody, each used once. */
let people = 0;
const somebody = () => {
  people += 1;
  return { number: `6200000${String(people).padStart(5, '0')}`, chat: 700_000 + people };
};

// A process takes seconds to start on a busy machine, and a lease nine to run out.
describe.skipIf(!postgres)('several processes on one PostgreSQL', { timeout: 180_000 }, () => {
  let house: Instances;
  const answers = (texts: readonly string[]) => texts.filter((text) => ANSWER.test(text)).length;
  const holds = ({ output }: Instance) => output().lastIndexOf('channel taken') > output().lastIndexOf('channel lost');
  const polls = (instance: Instance) => holds(instance) && house.telegram.isPolled();

  /** One after another: two that serve pages, a worker that outlives another, and one in the place of all. */
  let one: Instance;
  let other: Instance;
  let second: Instance;
  let last: Instance;
  let store: Store;
  /** The chats that the announcement reached, as often as it did. */
  const announcedTo = () =>
    house.telegram.calls
      .filter(({ ok, payload }) => ok && String(payload.text).includes('vaksinasi campak'))
      .map(({ payload }) => Number(payload.chat_id));

  beforeAll(async () => {
    if (!postgres) return;
    house = await startInstances(postgres);
    [one, other] = await Promise.all([house.launch('web'), house.launch('web')]);
    store = await openStore(house.url);
  }, 120_000);
  afterAll(async () => {
    await store?.close();
    await house?.close();
  });

  it('two web processes: signed in at one, changed at the other, answered by both within two seconds', async () => {
    const staff = store.staff({ secret: SECRET_KEY, publicUrl: null });
    const email = 'rina@contoh.test';
    await staff.add({ email, name: 'Rina', password: PASSWORD, role: 'admin', regions: [] });

    const [atOne, atOther] = [caller(one.address), caller(other.address)];
    expect((await atOne.signIn(email)).status).toBe(303);
    for (const [name, value] of atOne.jar) atOther.jar.set(name, value);
    const closing = {
      facility: FACILITY,
      end: 'tonight',
      reason: 'other',
      reason_text: 'Uji dua proses',
      source: 'uji',
    };
    // The form is drawn by one process and taken by the other, which checks its key.
    const form = await (await atOne.get('/console/exceptions/new')).text();
    const form_key = /name="form_key" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const taken = await atOther.post('/console/exceptions/new', { ...closing, form_key });
    expect(taken.status).toBe(303);
    expect(taken.headers.get('location')).toMatch(/^\/console\/exceptions\?saved=exception(&|$)/);

    let tries = 0;
    const knows = async (instance: Instance) => {
      tries += 1;
      const { number } = somebody();
      expect(await house.write(instance, `know${tries}`, number, 'puskesmas loa ipuh buka?')).toBe(200);
      await until('an answer', () => house.told(number).length > 0);
      return house.told(number).some((text) => text.includes('Uji dua proses'));
    };
    note('a change in the console is answered by the other process after', await until('told', () => knows(one)));
    expect(await knows(other)).toBe(true);
  });

  it('a web and two workers, each killed in turn, also while they announce: nothing lost, nothing doubled', async () => {
    const first = await house.launch('worker');
    await until('the first worker polls', () => polls(first));
    const ready = async () => (await fetch(`${one.address}/readyz`)).text();
    await until('a web process says so as well', async () => (await ready()).includes('"telegram":{"state":"up"'));
    second = await house.launch('worker');
    const before = somebody();
    await house.telegram.push(written(before.chat, ASKED));
    expect(await house.write(one, 'before', before.number, ASKED)).toBe(200);
    await until(
      'both are answered',
      () => answers(house.toldByTelegram(before.chat)) + answers(house.told(before.number)) === 2,
    );
    expect([holds(first), holds(second)]).toEqual([true, false]);

    await writeBulkSettings(store.meta, { ...(await readBulkSettings(store.meta)), telegram: { perSecond: null } });
    await meet(house.url, AUDIENCE);
    await announce(store);
    await until('the announcement is on its way', () => announcedTo().length >= AUDIENCE / 4);
    await first.end('SIGKILL');
    const orphan = somebody();
    void house.telegram.push(written(orphan.chat, ASKED));
    const took = await until('the second answers', () => answers(house.toldByTelegram(orphan.chat)) === 1);
    note('a killed worker’s polling is taken over after', took);
    const ended = async () => (await store.broadcasts.find(ANNOUNCEMENT))?.status === 'done';
    note('its announcement is done', took + (await until('the second ends the announcement', ended)));
    // Those who wrote on WhatsApp before never agreed.
    const all = await store.broadcasts.rows(ANNOUNCEMENT, [], '', 2 * AUDIENCE);
    const rows = all.filter(({ status }) => status !== 'excluded');
    const unsure = rows.filter(({ status }) => status === 'unsure');
    figures.push(`${AUDIENCE} people, ${unsure.length} unsure`);
    expect(rows.filter(({ status }) => status !== 'sent' && status !== 'unsure')).toEqual([]);
    expect(unsure.length).toBeLessThanOrEqual(MOST_IN_FLIGHT);
    expect(rows).toHaveLength(AUDIENCE);
    const reached = announcedTo();
    expect(new Set(reached).size).toBe(reached.length);
    expect(reached.length).toBeGreaterThanOrEqual(AUDIENCE - unsure.length);

    await one.end('SIGKILL');
    const waiting = somebody();
    expect(await house.write(one, 'waiting', waiting.number, ASKED)).toBe(0);
    expect(await house.write(other, 'waiting', waiting.number, ASKED)).toBe(200);
    // Meta did not hear the first answer, and tells it again.
    expect(await house.write(other, 'waiting', waiting.number, ASKED)).toBe(200);
    await until('the other web answers', () => answers(house.told(waiting.number)) === 1);
    expect([before, orphan].map(({ chat }) => answers(house.toldByTelegram(chat)))).toEqual([1, 1]);
    expect([before, waiting].map(({ number }) => answers(house.told(number)))).toEqual([1, 1]);
  });

  it('a rolling restart, while people write by webhook and by polling: each is answered once', async () => {
    const serving = [other];
    const asking = Array.from({ length: BY_WEBHOOK }, somebody);
    const polled = Array.from({ length: BY_POLLING }, somebody);
    let over = false;
    const begun = house.cloud.sent.length;
    const webhooks = asking.map(async ({ number }, n) => {
      await until('their turn', () => over || house.cloud.sent.length >= begun + n);
      // As Meta does: again until it is taken, by whichever process the proxy finds.
      await until('taken', async () => {
        for (const instance of serving)
          if ((await house.write(instance, `roll${n}`, number, ASKED)) === 200) return true;
        return false;
      });
    });
    const polling = (async () => {
      for (const { chat } of polled) {
        await house.telegram.push(written(chat, ASKED));
        await until('the next', () => over || answers(house.toldByTelegram(chat)) > 0);
      }
    })();
    await until('some answers', () => house.cloud.sent.length > begun + 4);
    last = await house.launch('all');
    serving.push(last);
    await second.end('SIGTERM');
    await other.end('SIGTERM');
    await until('the new one polls', () => polls(last));
    over = true;
    await Promise.all([...webhooks, polling]);
    await until(
      'everybody is answered',
      () =>
        asking.every(({ number }) => house.told(number).length > 0) &&
        polled.every(({ chat }) => house.toldByTelegram(chat).length > 0),
    );
    expect(asking.map(({ number }) => answers(house.told(number)))).toEqual(asking.map(() => 1));
    expect(polled.map(({ chat }) => answers(house.toldByTelegram(chat)))).toEqual(polled.map(() => 1));
  });

  it('the database goes away and comes back: emergencies are answered, nothing accepted is lost', async () => {
    const [kept, inNeed, polled, refused] = [somebody(), somebody(), somebody(), somebody()];
    expect(await house.write(last, 'kept', kept.number, ASKED)).toBe(200);
    house.line.cut();
    void house.telegram.push(written(polled.chat, SEIZURE));
    void house.write(last, 'need', inNeed.number, SEIZURE);
    const took = await until(
      'both emergencies are answered',
      () => house.told(inNeed.number).length > 0 && house.toldByTelegram(polled.chat).length > 0,
    );
    note('an emergency without a database is answered after', took);
    expect(await house.write(last, 'refused', refused.number, ASKED)).not.toBe(200);
    expect((await fetch(`${last.address}/readyz`)).status).toBe(503);
    house.line.mend();
    note('ready again after', await until('it is ready again', async () => (await fetch(`${last.address}/readyz`)).ok));
    await until('it is taken now', async () => (await house.write(last, 'refused', refused.number, ASKED)) === 200);
    await until('both are answered', () => [kept, refused].every(({ number }) => answers(house.told(number)) > 0));
    await until('Telegram’s update is confirmed', () => house.telegram.unconfirmed().length === 0);
    await last.end('SIGTERM');
    expect([kept, refused].map(({ number }) => answers(house.told(number)))).toEqual([1, 1]);
  });
});
