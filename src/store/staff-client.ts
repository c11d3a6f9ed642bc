import { type Database, patiently } from './database.js';

const READS = ['findFirst', 'findMany', 'findUnique', 'count'] as const;
const WRITES = ['create', 'update', 'updateMany', 'delete', 'deleteMany'] as const;
/** The tables of the staff's accounts. */
export const STAFF_MODELS = [
  'staffMember',
  'staffSession',
  'staffAccount',
  'staffVerification',
  'staffTwoFactor',
  'staffRateLimit',
] as const;

type Operation = (args: unknown) => Promise<unknown>;
type Model = Record<string, Operation>;

/**
 * The staff's tables as better-auth's adapter wants them. Every write is a transaction of its own on the writing
 * connection: outside of one it would slip between the statements of somebody else's, and on a second connection it
 * would wait for a lock that this very process holds.
 */
export function staffClient(database: Database): object {
  const { reader, serial } = database;
  const model = (name: (typeof STAFF_MODELS)[number]): Model => {
    const reads = reader[name] as unknown as Model;
    const writes = serial[name] as unknown as Model;
    const together = serial.$transaction.bind(serial) as unknown as (work: unknown[]) => Promise<unknown[]>;
    return Object.fromEntries([
      ...READS.map((operation) => [operation, (args: unknown) => reads[operation]?.(args)]),
      ...WRITES.map((operation) => [
        operation,
        async (args: unknown) => (await patiently(() => together([writes[operation]?.(args)])))[0],
      ]),
    ]);
  };
  return {
    ...Object.fromEntries(STAFF_MODELS.map((name) => [name, model(name)])),
    $transaction: (work: (transaction: unknown) => Promise<unknown>) =>
      patiently(() => serial.$transaction(work as never)),
  };
}
