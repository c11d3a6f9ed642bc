import {
  type BinaryNode,
  decodeMessageNode,
  proto,
  type SocketConfig,
  unpadRandomMax16,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys';

type MakeRepository = SocketConfig['makeSignalRepository'];

/**
 * Baileys tells WhatsApp "received" as soon as a message is decrypted, before anybody can have stored it: a process that
 * dies in between has lost it for good. The one step before that answer which may be replaced is the decryption, so the
 * message is stored there: `accept` runs between decryption and answer. When it throws, Baileys takes the message for
 * undecryptable and asks the sender's phone for it again, up to five times.
 *
 * Messages that come without encryption do not pass here; they are accepted when Baileys hands them over.
 */
export function acceptBeforeAck(make: MakeRepository, accept: (message: WAMessage) => Promise<void>) {
  /** The envelope of each ciphertext that is on its way to decryption, by the very bytes. */
  const envelopes = new WeakMap<Uint8Array, WAMessage>();

  const makeSignalRepository: MakeRepository = (...args) => {
    const repository = make(...args);
    const decrypt = repository.decryptMessage.bind(repository);
    repository.decryptMessage = async (options) => {
      const padded = await decrypt(options);
      const envelope = envelopes.get(options.ciphertext);
      if (envelope) await accept({ ...envelope, message: contentOf(padded) });
      return padded;
    };
    return repository;
  };

  /** Reads the envelopes of a socket's messages before Baileys does. */
  function watch(socket: WASocket): void {
    socket.ws.prependListener('CB:message', (node: BinaryNode) => {
      const me = socket.user;
      if (!me || !Array.isArray(node.content)) return;
      const envelope = envelopeOf(node, me.id, me.lid ?? '');
      if (!envelope) return;
      for (const child of node.content) {
        if (child.tag === 'enc' && child.content instanceof Uint8Array) envelopes.set(child.content, envelope);
      }
    });
  }

  return { makeSignalRepository, watch };
}

/** null for a stanza that Baileys refuses as well. */
function envelopeOf(node: BinaryNode, me: string, meLid: string): WAMessage | null {
  try {
    return decodeMessageNode(node, me, meLid).fullMessage;
  } catch {
    return null;
  }
}

function contentOf(padded: Uint8Array): proto.IMessage {
  const message = proto.Message.decode(unpadRandomMax16(padded));
  return message.deviceSentMessage?.message ?? message;
}
