import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.js';
import { openStore } from '../../src/store/open-store.js';
import { ask } from '../../src/store/sql.js';
import { message } from './contract.js';

const folder = mkdtempSync(join(tmpdir(), 'tanya-receipts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const url = `file:${join(folder, 'receipts.db')}`;

type Word = 'delivered' | 'read' | 'failed';

it('what a provider tells later never goes back, in whatever order it comes', async () => {
  const cases: readonly (readonly [readonly Word[], string, string | null])[] = [
    [['delivered', 'read'], 'read', null],
    [['read', 'delivered'], 'read', null],
    [['failed', 'delivered', 'read'], 'failed', 'CONTACT_UNREACHABLE'],
    [['delivered', 'failed'], 'failed', 'CONTACT_UNREACHABLE'],
    [['read', 'failed'], 'read', null],
  ];
  const store = await openStore(url);
  for (const [index, [words]] of cases.entries()) {
    const id = `${index}`;
    await store.inbox.accept(message(id, id), 0);
    const start = await store.inbox.start(`console:${id}`);
    await store.inbox.commit({
      messageId: `console:${id}`,
      contactId: start?.contactId ?? '',
      sessionVersion: 0,
      session: {},
      facts: { language: 'id', regionCode: null, consent: 'never_asked' },
      events: [],
      replies: [{ kind: 'reply', reply: { type: 'text', text: 'halo', choices: [] } }],
      intent: 'greeting',
      outcome: null,
      at: 0,
      keepBody: false,
    });
    const [item] = await store.outbox.claim('console', 'here', 1, 0);
    await store.outbox.settle({ id: item?.id ?? '', status: 'sent', providerId: id }, 0);
    for (const word of words) {
      await store.outbox.receipt('console', id, word, 0, word === 'failed' ? 'CONTACT_UNREACHABLE' : null);
    }
  }
  await store.close();
  const database = await openDatabase(url);
  const rows = await database.query(ask('SELECT provider_id, receipt, error_code FROM outbox ORDER BY seq'));
  await database.close();
  expect(rows.map((row) => [row.receipt, row.error_code])).toEqual(cases.map(([, receipt, code]) => [receipt, code]));
});
