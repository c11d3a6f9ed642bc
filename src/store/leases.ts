import type { Leases } from '../ports/leases.js';
import type { Database } from './database.js';
import { ask, run } from './sql.js';

/** Leases over the database: one conditional statement, which two takers cannot both win. */
export function createLeases(database: Database): Leases {
  return {
    take: async (name, owner, now, until) => {
      const [rows] = await database.batch([
        ask(
          `INSERT INTO leases (name, owner, expires_at) VALUES (?, ?, ?)
           ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
           WHERE leases.owner = excluded.owner OR leases.expires_at <= ? RETURNING owner`,
          name,
          owner,
          until,
          now,
        ),
      ]);
      return (rows?.length ?? 0) > 0;
    },
    release: async (name, owner) => {
      await database.batch([run('DELETE FROM leases WHERE name = ? AND owner = ?', name, owner)]);
    },
    anyHeld: async (prefix, now) =>
      (await database.reader.lease.count({ where: { name: { startsWith: prefix }, expiresAt: { gt: now } } })) > 0,
    holder: async (name, now) => {
      const lease = await database.reader.lease.findUnique({ where: { name } });
      return lease && Number(lease.expiresAt) > now ? lease.owner : null;
    },
  };
}
