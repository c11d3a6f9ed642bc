import { randomUUID } from 'node:crypto';
import type { Instant } from '../../domain/time.js';
import type { Transaction } from '../database.js';
import { ask, run } from '../sql.js';

/** Who is named in the history of an announcement. */
const WHO = 'restore';

/**
 * After a restore nobody knows what was answered and sent since the backup was made, so nothing that waited then goes out
 * by itself: messages and answers are ended, announcements that ran stand still with their open rows "unsure" (sent again
 * only by somebody's choice), and those that had not begun are drafts again and need a new approval.
 */
export async function letNothingWait(transaction: Transaction, now: Instant): Promise<void> {
  await transaction.run(
    run(
      `UPDATE inbound_messages SET status = 'handled', body = NULL, handled_at = ?, outcome = 'restored'
       WHERE status = 'pending'`,
      BigInt(now),
    ),
  );
  await transaction.run(
    run(
      `UPDATE outbox SET status = 'expired', open = NULL, payload = NULL, claimed_by = NULL, error_code = 'TOO_OLD'
       WHERE open = 1`,
    ),
  );
  await transaction.run(run('UPDATE outbox SET open = NULL, payload = NULL WHERE open = 2'));
  await standStill(transaction, now);
  await backToDraft(transaction, now);
}

async function standStill(transaction: Transaction, now: Instant): Promise<void> {
  await transaction.run(
    run(
      `UPDATE broadcast_recipients SET status = 'unsure', claimed_by = NULL
       WHERE status IN ('pending', 'claimed', 'sending')
         AND broadcast_id IN (SELECT id FROM broadcasts WHERE status IN ('running', 'paused'))`,
    ),
  );
  const running = await transaction.run(
    ask(
      `UPDATE broadcasts SET status = 'paused', pause = ?, version = version + 1, updated_at = ?
       WHERE status = 'running' RETURNING id`,
      JSON.stringify({ kind: 'staff', who: WHO }),
      BigInt(now),
    ),
  );
  await note(transaction, running, 'paused', now);
}

async function backToDraft(transaction: Transaction, now: Instant): Promise<void> {
  await transaction.run(
    run(
      `DELETE FROM broadcast_recipients
       WHERE broadcast_id IN (SELECT id FROM broadcasts WHERE status IN ('approved', 'planning'))`,
    ),
  );
  const waiting = await transaction.run(
    ask(
      `UPDATE broadcasts SET status = 'draft', approvals = '[]', send_at = NULL, expires_at = NULL, started_at = NULL,
         version = version + 1, updated_at = ?
       WHERE status IN ('approved', 'planning') RETURNING id`,
      BigInt(now),
    ),
  );
  await note(transaction, waiting, 'sent_back', now);
}

async function note(
  transaction: Transaction,
  broadcasts: readonly Readonly<Record<string, unknown>>[],
  act: 'paused' | 'sent_back',
  now: Instant,
): Promise<void> {
  for (const [at, { id }] of broadcasts.entries()) {
    await transaction.run(
      run(
        'INSERT INTO broadcast_acts (id, broadcast_id, seq, at, who, act, detail) VALUES (?, ?, ?, ?, ?, ?, NULL)',
        randomUUID(),
        String(id),
        BigInt(now) * 1000n + BigInt(at),
        BigInt(now),
        WHO,
        act,
      ),
    );
  }
}
