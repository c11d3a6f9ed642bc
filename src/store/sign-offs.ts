import type { CardSignOff, SignOffs } from '../ports/sign-offs.js';
import type { Database } from './database.js';
import { type TableShape, upsert } from './sql.js';

const TABLE: TableShape = {
  table: 'card_sign_offs',
  key: ['key'],
  columns: {
    key: 'text',
    card_id: 'text',
    words_hash: 'text',
    signer: 'text',
    profession: 'text',
    signed_on: 'text',
    recorded_by: 'text',
    recorded_at: 'integer',
  },
};

/** Clinicians' agreements over the database. */
export function createSignOffs(database: Database): SignOffs {
  return {
    all: async () => {
      const rows = await database.reader.cardSignOff.findMany({ orderBy: { recordedAt: 'desc' } });
      return rows.map(({ key: _, recordedAt, ...row }): CardSignOff => ({ ...row, recordedAt: Number(recordedAt) }));
    },
    put: async (signOff) => {
      const row = {
        key: signOffKey(signOff),
        card_id: signOff.cardId,
        words_hash: signOff.wordsHash,
        signer: signOff.signer,
        profession: signOff.profession,
        signed_on: signOff.signedOn,
        recorded_by: signOff.recordedBy,
        recorded_at: signOff.recordedAt,
      };
      await database.batch([upsert(database.dialect, TABLE, [row])]);
    },
  };
}

function signOffKey({ cardId, wordsHash }: CardSignOff): string {
  return `${cardId}/${wordsHash}`;
}
