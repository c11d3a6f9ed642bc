import type { Meta } from '../ports/store.js';
import type { Database } from './database.js';
import { run } from './sql.js';

/** Small named values over the database. */
export function createMeta(database: Database): Meta {
  return {
    get: async (key) => (await database.reader.meta.findUnique({ where: { key } }))?.value ?? null,
    set: async (key, value) => {
      await database.batch([
        run(
          'INSERT INTO store_meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
          key,
          value,
        ),
      ]);
    },
  };
}
