import { openDatabase } from '../../src/store/database.js';
import { run } from '../../src/store/sql.js';

const ROW = { id: 'text', address: 'text', at: 'integer' } as const;

/** People `first` to `last` of Kutai Kartanegara, who agreed to announcements; ids in no order, as real ones. */
export async function meet(url: string, last: number, first = 1): Promise<void> {
  const database = await openDatabase(url);
  const at = Date.now();
  for (let from = first; from <= last; from += 5_000) {
    const people = Array.from({ length: Math.min(5_000, last - from + 1) }, (_, n) => {
      const address = String(from + n);
      return { id: Buffer.from(`${((from + n) * 7_919) % 1_000_003}/${address}`).toString('base64url'), address, at };
    });
    await database.batch([
      run(
        `INSERT INTO contacts (id, channel, address, language, region_code, consent, consent_at, created_at, last_seen_at)
         SELECT r.id, 'telegram', r.address, 'id', '64.02', 'granted', r.at, r.at, r.at
         FROM ${database.dialect.rows('r', ROW)} WHERE true`,
        JSON.stringify(people),
      ),
    ]);
  }
  await database.close();
}
