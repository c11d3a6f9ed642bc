import { type Broadcast, emptyContent } from '../../src/domain/broadcast.js';
import type { Store } from '../../src/ports/store.js';
import { planSeed } from '../../src/services/seed.js';
import { openDatabase } from '../../src/store/database.js';
import { ask } from '../../src/store/sql.js';
import { buildWorld } from '../../src/world.js';
import { house, MONDAY, OPEN, SEIZURE } from '../services/house.js';

/** The person of Telegram who asked, agreed to announcements and has a conversation under way. */
export const RESIDENT = '777';
export const STAFF = { secret: 'a secret of the tests, and only of them', publicUrl: null };

function announcement(id: string, status: Broadcast['status']): Broadcast {
  return {
    id,
    content: { ...emptyContent('64.02'), title: 'Contoh', texts: { id: 'Besok contoh, “kutip” dan 🙂.', en: null } },
    status,
    version: 3,
    authors: ['rina@example.test'],
    approvals: [{ who: 'budi@example.test', at: MONDAY }],
    pause: null,
    createdAt: MONDAY,
    updatedAt: MONDAY,
    sendAt: MONDAY,
    expiresAt: MONDAY + 86_400_000,
    startedAt: MONDAY,
    endedAt: null,
    seriesId: null,
  };
}

/** Fills an empty store as months of use would: data, people, conversations, an answer and a message that wait, staff, announcements. */
export async function liveIn(store: Store): Promise<void> {
  await store.data.seed(planSeed().change, { who: 'seed', at: MONDAY });
  const here = house({ store, owner: 'before' });
  for (const [at, text] of [OPEN, SEIZURE, 'setuju pengumuman', 'apakah gratis dengan ktp kukar?'].entries()) {
    await here.say(`m${at}`, text, RESIDENT);
    await here.receiver.idle();
  }
  await here.say('m8', OPEN, '778');
  await here.receiver.idle();
  await here.close();
  const mute = house({ store, owner: 'before', withoutSending: true });
  await mute.say('m9', OPEN, '779');
  await mute.receiver.idle();
  await store.inbox.accept(
    {
      id: 'telegram:m10',
      channel: 'telegram',
      contact: '780',
      at: MONDAY,
      body: { type: 'text', text: OPEN },
      language: 'id',
    },
    MONDAY,
  );
  await store.staff(STAFF).add({
    email: 'rina@example.test',
    name: 'Rina',
    password: 'kata sandi percobaan',
    role: 'editor',
    regions: ['64.02'],
  });
  await store.credentials.put(new Map([['whatsapp/session', new Uint8Array([0, 1, 2, 253, 254, 255])]]), MONDAY);
  const contact = await store.contacts.findByAddress('telegram', RESIDENT);
  for (const status of ['running', 'approved', 'done'] as const) {
    await store.broadcasts.create(announcement(`b-${status}`, status), {
      at: MONDAY,
      who: 'rina@example.test',
      act: 'created',
      detail: null,
    });
    if (contact === null || status === 'approved') continue;
    const row = { contactId: contact.id, channel: 'telegram', via: 'text', zone: 'Asia/Makassar', nextAt: 0 } as const;
    await store.broadcasts.plan(`b-${status}`, [{ ...row, status: 'pending', reason: null, personId: null }]);
  }
  await store.signOffs.put({
    cardId: 'stroke',
    wordsHash: 'abc',
    signer: 'dr. Contoh',
    profession: 'doctor',
    signedOn: '2026-11-20',
    recordedBy: 'rina@example.test',
    recordedAt: MONDAY,
  });
}

/** The data of the store, as a house that answers from it has it: asks once, as somebody new, and resolves to what was said. */
export async function answersFrom(store: Store, contact = '9999', id = 'after'): Promise<string> {
  const world = buildWorld(await store.data.snapshot());
  const here = house({ store, owner: 'after', world: () => world });
  await here.say(id, OPEN, contact, MONDAY);
  await here.receiver.idle();
  await here.close();
  return here.told(contact).join('\n');
}

/** Every row of every table, as text, by table; what changes with each start left out. */
export async function contentsOf(url: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const database = await openDatabase(url);
  const sqlite = database.dialect.name === 'sqlite';
  const tables = await database.query(
    ask(
      sqlite
        ? "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        : "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
    ),
  );
  const contents: Record<string, readonly string[]> = {};
  for (const { name } of tables) {
    if (name === '_prisma_migrations' || name === 'leases') continue;
    const rows = await database.query(ask(`SELECT * FROM "${String(name)}"`));
    contents[String(name)] = rows
      .map((row) => JSON.stringify(Object.fromEntries(Object.entries(row).sort()), (_, value) => plain(value)))
      .sort();
  }
  await database.close();
  return contents;
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return value;
}
