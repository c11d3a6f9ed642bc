import { connect, createServer, type Socket } from 'node:net';

/** A line to a server that can be cut, as when a cable is pulled: what runs over it ends, and nobody gets through. */
export interface CutLine {
  readonly port: number;
  cut(): void;
  mend(): void;
  close(): void;
}

/** Opens a port through which the server at the other one is reached. */
export async function cutLine(host: string, port: number): Promise<CutLine> {
  const open = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(port, host);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(end);
      end.pipe(other);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        open.delete(end);
        other.destroy();
      });
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const cut = () => {
    whole = false;
    for (const socket of open) socket.destroy();
  };
  return {
    port: address.port,
    cut,
    mend: () => {
      whole = true;
    },
    close: () => {
      cut();
      server.close();
    },
  };
}
