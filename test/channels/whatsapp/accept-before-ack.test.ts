import { EventEmitter } from 'node:events';
import {
  addTransactionCapability,
  type BinaryNode,
  initAuthCreds,
  proto,
  type SignalDataSet,
  type SocketConfig,
  type WAMessage,
  type WASocket,
  writeRandomPadMax16,
} from '@whiskeysockets/baileys';
import { expect, it } from 'vitest';
import { realTiming } from '../../../src/channels/real-timing.js';
import { acceptBeforeAck } from '../../../src/channels/whatsapp/accept-before-ack.js';
import { SILENT } from '../../../src/channels/whatsapp/silence.js';
import { until } from '../support.js';

const PADDED = writeRandomPadMax16(proto.Message.encode({ conversation: 'tolong' }).finish());
const node = (id: string, from = '620000000001@s.whatsapp.net'): BinaryNode => ({
  tag: 'message',
  attrs: { from, id, t: '1790000000', type: 'text' },
  content: [{ tag: 'enc', attrs: { v: '2', type: 'msg' }, content: new Uint8Array([1]) }],
});

/** A write takes a few turns of the loop, as to a real store. */
const later = async (turns: number) => {
  for (let n = 0; n < turns; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A socket that reads what passes the door, with keys that move with each reading; the first readings may fail. */
function socketThat(parts: { failsAtFirst?: number; accept: (message: WAMessage) => Promise<void> }) {
  const written: SignalDataSet[] = [];
  const keys = addTransactionCapability(
    { get: async () => ({}), set: async (data) => later(5).then(() => void written.push(data)) },
    SILENT,
    { maxCommitRetries: 1, delayBetweenTriesMs: 1 },
  );
  let readings = 0;
  const make = (() => ({
    lidMapping: { getLIDForPN: async () => null },
    decryptMessage: () =>
      keys.transaction(async () => {
        readings += 1;
        if (readings <= (parts.failsAtFirst ?? 0)) throw new Error('No session record');
        await keys.set({ session: { a: new Uint8Array([readings]) } });
        return PADDED;
      }, 'a'),
  })) as unknown as SocketConfig['makeSignalRepository'];
  const within: boolean[] = [];
  const accept = async (message: WAMessage) => {
    within.push(keys.isInTransaction());
    await parts.accept(message);
  };
  /** Waits between tries are short; the time limit for a reading, which is longer, stays. */
  const wait = (ms: number, signal: AbortSignal) => realTiming.wait(ms > 1_000 ? ms : 1, signal);
  const timing = { ...realTiming, wait };
  const door = acceptBeforeAck(make, { accept, acceptSoon: accept, readFaults: () => 0, timing });
  const repository = door.makeSignalRepository({ creds: initAuthCreds(), keys }, SILENT);
  const ws = new EventEmitter();
  const read: string[] = [];
  let ends = 0;
  ws.on('CB:message', ({ attrs, content }: BinaryNode) => {
    const [enc] = content as BinaryNode[];
    const ciphertext = enc?.content as Uint8Array;
    if (ciphertext === undefined) return;
    const reading = repository.decryptMessage({ jid: attrs.from ?? '', type: 'msg', ciphertext });
    void reading.then(() => read.push(attrs.id ?? '')).catch(() => read.push(`${attrs.id} not read`));
  });
  const gone = new AbortController();
  const user = { id: '15550000000:1@s.whatsapp.net' };
  const end = async () => {
    ends += 1;
  };
  door.watch({ ws, user, end } as unknown as WASocket, gone.signal);
  return { ws, written, read, within, ends: () => ends, haveRead: door.haveRead };
}

it('stores a message in front of the keys, and moves them once', async () => {
  const stored: string[] = [];
  const line = socketThat({ accept: async ({ message }) => void stored.push(message?.conversation ?? '') });
  line.ws.emit('CB:message', node('A'));
  await until(() => line.read.length === 1, 'the reading');
  expect([stored, line.written.length]).toEqual([['tolong'], 1]);
});

it('stores what only Baileys can read before its keys move, and outside of their transaction', async () => {
  const line = socketThat({ failsAtFirst: 1, accept: async () => undefined });
  line.ws.emit('CB:message', node('A'));
  await until(() => line.read.length === 1, 'the reading');
  expect([line.read, line.within, line.written.length]).toEqual([['A'], [false], 1]);
});

it('leaves the keys where they are when what only Baileys can read cannot be stored', async () => {
  const line = socketThat({ failsAtFirst: 1, accept: () => Promise.reject(new Error('the store is down')) });
  line.ws.emit('CB:message', node('A'));
  await until(() => line.read.length === 1, 'the reading');
  expect([line.read, line.written]).toEqual([['A not read'], []]);
});

it.each([
  ['the door', 0],
  ['Baileys alone', 1],
])('an answer to what %s could read waits until the keys have moved', async (_, failsAtFirst) => {
  let answer: Promise<unknown> = Promise.resolve();
  const movedThen: number[] = [];
  const line = socketThat({
    failsAtFirst,
    accept: async () => {
      // As the turn does that follows from the message, a little later.
      answer = later(1)
        .then(() => line.haveRead('620000000001@s.whatsapp.net'))
        .then(() => movedThen.push(line.written.length));
    },
  });
  line.ws.emit('CB:message', node('A'));
  await until(() => line.read.length === 1, 'the reading');
  await answer;
  expect(movedThen).toEqual([1]);
});

it('keeps one person in order, and lets a message of a group pass at once', async () => {
  let letGo = () => undefined as unknown;
  const over = new Promise((resolve) => {
    letGo = () => resolve(undefined);
  });
  const line = socketThat({ accept: async ({ key }) => void (key.id === 'A' && (await over)) });
  for (const id of ['A', 'B']) line.ws.emit('CB:message', node(id));
  line.ws.emit('CB:message', node('C', '620000000002@s.whatsapp.net'));
  const group = node('G', '120363000000000001@g.us');
  line.ws.emit('CB:message', { ...group, attrs: { ...group.attrs, participant: '620000000003@s.whatsapp.net' } });
  await until(() => line.read.length === 2, 'the others');
  expect(line.read).toEqual(['G', 'C']);
  letGo();
  await until(() => line.read.length === 4, 'all');
  expect(line.read.slice(2)).toEqual(['A', 'B']);
});

it('holds two thousand, and has the rest brought again by a new connection', async () => {
  let down = true;
  const line = socketThat({
    accept: () => (down ? Promise.reject(new Error('the store is down')) : Promise.resolve()),
  });
  for (let n = 0; n < 2_002; n += 1) line.ws.emit('CB:message', node(`${n}`, `62${1_000_000 + n}@s.whatsapp.net`));
  down = false;
  await until(() => line.ends() === 1, 'the end of the line');
  await until(() => line.read.length >= 2_000, 'those that were held');
  expect(line.read).toHaveLength(2_000);
});

it('stores that something came which WhatsApp shows to no linked device', async () => {
  const stored: unknown[] = [];
  const line = socketThat({ accept: async ({ message }) => void stored.push(message) });
  line.ws.emit('CB:message', {
    ...node('A'),
    content: [{ tag: 'unavailable', attrs: { type: 'view_once_unavailable_fanout' } }],
  });
  await until(() => stored.length === 1, 'the message');
  expect(stored[0]).toMatchObject({ placeholderMessage: {} });
});
