import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWhatsAppServer } from '@openclaw/crabline';
import { initAuthCreds } from '@whiskeysockets/baileys';
import { createVault } from '../../src/channels/vault.js';
import { CREDS, SESSION, toText } from '../../src/channels/whatsapp/auth-state.js';
import { type MemoryCredentials, memoryCredentials } from './credential-store.js';

export const SECRET_KEY = 'kunci-rahasia-untuk-pengujian-saja';

/** What the server wrote down: a node that came from the client, or a message that it decrypted. */
export interface ServerEvent {
  readonly type: string;
  readonly accepted?: boolean;
  readonly body?: {
    readonly tag?: string;
    readonly attrs?: Readonly<Record<string, string>>;
    readonly key?: { readonly id: string; readonly remoteJid: string };
    readonly message?: { readonly conversation?: string };
  };
}

/** crabline's WhatsApp server, behind a line that can be cut, with credentials as if a phone had linked them. */
export async function startWhatsAppPeer() {
  const folder = await mkdtemp(join(tmpdir(), 'whatsapp-'));
  const events: ServerEvent[] = [];
  const server = await startWhatsAppServer({
    recorderPath: join(folder, 'record.jsonl'),
    onEvent: (event: unknown) => void events.push(event as ServerEvent),
  });
  const { adminToken, endpoints } = server.manifest;
  const target = new URL(endpoints.baileysWebSocketUrl);
  const sockets = new Set<Socket>();
  const clients = new WeakSet<Socket>();
  let isUp = true;
  let connections = 0;
  const line = createServer((client) => {
    if (!isUp) return void client.destroy();
    connections += 1;
    clients.add(client);
    const remote = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, remote],
      [remote, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.end();
      });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const wsUrl = new URL(target);
  wsUrl.port = String((line.address() as AddressInfo).port);

  return {
    wsUrl: wsUrl.href,
    events,
    connections: () => connections,
    /** Texts that the server decrypted, with the address they went to. */
    decrypted: () =>
      events.flatMap(({ accepted, body }) =>
        accepted && body?.message?.conversation ? [{ to: body.key?.remoteJid, text: body.message.conversation }] : [],
      ),
    /** Messages that it took without being able to read them as text. */
    takenUnread: () => events.filter(({ accepted, body }) => accepted && body?.tag === 'message').length,
    nodes: (tag: string) => events.filter(({ accepted, body }) => !accepted && body?.tag === tag),
    /** Cuts every connection; resolves when the server has noticed, too. */
    async cut(): Promise<void> {
      const open = [...sockets];
      const gone = open.map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
      // The client's end breaks off; the server's is closed, so that it answers with its own close.
      for (const socket of open) if (clients.has(socket)) socket.destroy();
      // A server that does not close in turn is cut off, too.
      const late = setTimeout(() => open.forEach((socket) => void socket.destroy()), 1000);
      await Promise.all(gone);
      clearTimeout(late);
    },
    /** While down, nobody is let in. */
    async setUp(up: boolean): Promise<void> {
      isUp = up;
      if (!up) await this.cut();
    },
    /** Resolves to what the server did with it: "delivered" to a connection, or "queued" for the next. */
    async say(message: { from: string; text?: string; chat?: string; audio?: object; id?: string }): Promise<string> {
      const response = await fetch(endpoints.adminInboundUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-crabline-admin-token': adminToken },
        body: JSON.stringify({
          chatJid: message.chat ?? message.from,
          senderJid: message.from,
          ...(message.text ? { text: message.text } : {}),
          ...(message.audio ? { audio: message.audio } : {}),
          ...(message.id ? { messageId: message.id } : {}),
        }),
      });
      if (!response.ok) throw new Error(`the server refused the message: ${await response.text()}`);
      return ((await response.json()) as { delivery: string }).delivery;
    },
    async close(): Promise<void> {
      await this.cut();
      await new Promise((resolve) => line.close(resolve));
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type WhatsAppPeer = Awaited<ReturnType<typeof startWhatsAppPeer>>;

/** A store that holds a linked session, fresh for each server; the history after linking is behind it. */
export async function linkedCredentials(): Promise<MemoryCredentials> {
  const store = memoryCredentials();
  const me = { id: '15550000000:1@s.whatsapp.net', lid: '15550000000:1@lid' };
  // Stands for the signed identity that a phone gives a linked device; without it Baileys cannot ask for a message again.
  const account = {
    details: Buffer.alloc(8),
    accountSignature: Buffer.alloc(64),
    accountSignatureKey: Buffer.alloc(32),
    deviceSignature: Buffer.alloc(64),
  };
  const creds = { ...initAuthCreds(), me, account, registered: true, accountSyncCounter: 1 };
  await createVault(store, SECRET_KEY, () => 0).put(SESSION, new Map([[CREDS, toText(creds)]]));
  return store;
}
