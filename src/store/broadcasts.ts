import type { Broadcast } from '../domain/broadcast.js';
import type {
  BroadcastAct,
  BroadcastChange,
  BroadcastQuery,
  Broadcasts,
  ChangeCondition,
} from '../ports/broadcasts.js';
import { createAudienceReads } from './broadcast-audience.js';
import { createLedger } from './broadcast-ledger.js';
import { broadcastOf } from './broadcast-record.js';
import { createConsents } from './consents.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import type { Sequence } from './sequence.js';
import { ask, run, type Statement, textOrNull, type Value } from './sql.js';

/** Announcements over the database: their records here, their rows, audience and consents in the files beside. */
export function createBroadcasts(database: Database, writes: GroupCommit, sequence: Sequence): Broadcasts {
  const actStatement = (id: string, act: BroadcastAct): Statement => {
    const seq = sequence.next(act.at);
    return run(
      'INSERT INTO broadcast_acts (id, broadcast_id, seq, at, who, act, detail) VALUES (?, ?, ?, ?, ?, ?, ?)',
      `${id}/${seq}/${act.act}`,
      id,
      seq,
      act.at,
      act.who,
      act.act,
      act.detail,
    );
  };
  return {
    create: (broadcast, act) =>
      database.write(async (transaction) => {
        const made = await transaction.run(insertion(broadcast));
        if (made.length > 0) await transaction.run(actStatement(broadcast.id, act));
        return made.length > 0;
      }),
    find: async (id) => {
      const [row] = await database.query(ask('SELECT * FROM broadcasts WHERE id = ?', id));
      return row ? broadcastOf(row) : null;
    },
    list: async (query) => (await database.query(listing(query))).map(broadcastOf),
    change: (id, when, to, act) =>
      database.write(async (transaction) => {
        const changed = await transaction.run(changing(id, when, to, act.at));
        if (changed.length > 0) await transaction.run(actStatement(id, act));
        return changed.length > 0;
      }),
    note: async (id, act) => {
      await database.batch([actStatement(id, act)]);
    },
    acts: async (id) => {
      const rows = await database.query(
        ask('SELECT at, who, act, detail FROM broadcast_acts WHERE broadcast_id = ? ORDER BY seq', id),
      );
      return rows.map((row) => ({
        at: Number(row.at),
        who: String(row.who),
        act: row.act as BroadcastAct['act'],
        detail: textOrNull(row.detail),
      }));
    },
    ...createAudienceReads(database),
    ...createLedger(database, writes),
    ...createConsents(database),
  };
}

const COLUMNS = [
  'id',
  'region_code',
  'status',
  'urgent',
  'version',
  'content',
  'authors',
  'approvals',
  'pause',
  'created_at',
  'updated_at',
  'send_at',
  'expires_at',
  'started_at',
  'ended_at',
  'series_id',
] as const;

function insertion(broadcast: Broadcast): Statement {
  return ask(
    `INSERT INTO broadcasts (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    broadcast.id,
    broadcast.content.regionCode,
    broadcast.status,
    broadcast.content.urgent ? 1 : 0,
    broadcast.version,
    JSON.stringify(broadcast.content),
    JSON.stringify(broadcast.authors),
    JSON.stringify(broadcast.approvals),
    jsonOrNull(broadcast.pause),
    broadcast.createdAt,
    broadcast.updatedAt,
    broadcast.sendAt,
    broadcast.expiresAt,
    broadcast.startedAt,
    broadcast.endedAt,
    broadcast.seriesId,
  );
}

function listing({ regionCode, status, limit, skip }: BroadcastQuery): Statement {
  const wanted: string[] = [];
  const values: Value[] = [];
  if (regionCode !== null) {
    wanted.push('region_code = ?');
    values.push(regionCode);
  }
  if (status.length > 0) {
    wanted.push(`status IN (${status.map(() => '?').join(', ')})`);
    values.push(...status);
  }
  const where = wanted.length > 0 ? `WHERE ${wanted.join(' AND ')}` : '';
  return ask(`SELECT * FROM broadcasts ${where} ORDER BY created_at DESC, id LIMIT ? OFFSET ?`, ...values, limit, skip);
}

function changing(id: string, when: ChangeCondition, to: BroadcastChange, at: number): Statement {
  const sets: (readonly [string, Value])[] = [['updated_at', at]];
  if (to.content !== undefined) {
    sets.push(['content', JSON.stringify(to.content)]);
    sets.push(['region_code', to.content.regionCode], ['urgent', to.content.urgent ? 1 : 0]);
  }
  if (to.status !== undefined) sets.push(['status', to.status]);
  if (to.authors !== undefined) sets.push(['authors', JSON.stringify(to.authors)]);
  if (to.approvals !== undefined) sets.push(['approvals', JSON.stringify(to.approvals)]);
  if (to.pause !== undefined) sets.push(['pause', jsonOrNull(to.pause)]);
  if (to.sendAt !== undefined) sets.push(['send_at', to.sendAt]);
  if (to.expiresAt !== undefined) sets.push(['expires_at', to.expiresAt]);
  if (to.startedAt !== undefined) sets.push(['started_at', to.startedAt]);
  if (to.endedAt !== undefined) sets.push(['ended_at', to.endedAt]);
  const version = when.version === null ? '' : ' AND version = ?';
  return ask(
    `UPDATE broadcasts SET version = version + 1, ${sets.map(([column]) => `${column} = ?`).join(', ')}
     WHERE id = ? AND status IN (${when.status.map(() => '?').join(', ')})${version} RETURNING id`,
    ...sets.map(([, value]) => value),
    id,
    ...when.status,
    ...(when.version === null ? [] : [when.version]),
  );
}

function jsonOrNull(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
