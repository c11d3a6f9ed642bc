import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import chromium from '@sparticuz/chromium';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files ask for the program of the browser. */
    readonly browserHost: number;
  }
}

/**
 * Unpacks the browser once for a run, when the first file asks for it: the package takes a file that another process is
 * still unpacking for a finished one, and starts it.
 */
export default async function host(project: TestProject): Promise<() => void> {
  let unpacking: Promise<string> | null = null;
  const door = createServer((_request, response) => {
    unpacking ??= chromium.executablePath();
    unpacking.then(
      (path) => response.end(path),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((listening) => door.listen(0, '127.0.0.1', listening));
  project.provide('browserHost', (door.address() as AddressInfo).port);
  return () => void door.close();
}
