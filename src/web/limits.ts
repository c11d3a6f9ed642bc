import type { ServerOptions } from 'node:http';
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';

/**
 * How often one address may ask, a minute. Mobile networks put thousands of people behind one address, so the limits stop
 * a flood and nobody else. The providers' doors have none: what is refused there is a lost message, so strangers are
 * turned away by their headers, unread, and bodies are capped. Nor have the health pages, or a probe would restart us.
 */
export const A_MINUTE = {
  /** Pages for everybody, and whatever does not exist. */
  pages: 600,
  /** The console: a page of it asks for parts of itself. */
  console: 1_200,
  /** Messages of the web chat that are no emergency. */
  chat: 60,
  /** Messages of the web chat of any kind, before they are read. No family in need reaches it; a script does. */
  chatAll: 600,
} as const;

/** Open streams of answers, which last for as long as a page is open. */
export const STREAMS = { anAddress: 200, inAll: 5_000 } as const;

export function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '');
}

/** So many requests a minute from one address; who asks for more is told to wait. */
export function perMinute(limit: number, skip: (request: Request) => boolean = () => false): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: true,
    legacyHeaders: false,
    keyGenerator: addressOf,
    skip,
    handler: (_request, response) => {
      response.status(429).type('text/plain').send('Too many requests; wait a minute. Darurat / emergency: 119\n');
    },
  });
}

/** Counts what is open, by address and in all; `enter` is false when there is no room, and `leave` is called once. */
export function createSeats({ anAddress, inAll }: { readonly anAddress: number; readonly inAll: number }) {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    enter: (address: string): boolean => {
      const here = taken.get(address) ?? 0;
      if (here >= anAddress || all >= inAll) return false;
      taken.set(address, here + 1);
      all += 1;
      return true;
    },
    leave: (address: string): void => {
      const here = (taken.get(address) ?? 1) - 1;
      if (here > 0) taken.set(address, here);
      else taken.delete(address);
      all -= 1;
    },
  };
}

/** How long a caller may take, in milliseconds. */
export interface Patience {
  readonly headersMs: number;
  readonly requestMs: number;
  /** How often it is looked who has taken too long. */
  readonly lookMs: number;
}

export const PATIENCE: Patience = { headersMs: 10_000, requestMs: 30_000, lookMs: 2_000 };

/** What `createServer` is given so that a caller who sends a letter a second holds no line for long. */
export function serverOptions(patience: Patience = PATIENCE): ServerOptions {
  return {
    headersTimeout: patience.headersMs,
    requestTimeout: patience.requestMs,
    connectionsCheckingInterval: patience.lookMs,
    // Longer than a provider or a proxy keeps a line that it means to use again: otherwise it writes into a closed one.
    keepAliveTimeout: 75_000,
  };
}

/** One look at a time, however many ask: a flood of probes must not become a flood of queries. */
export function shared<T>(look: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | null = null;
  return () => {
    underWay ??= look().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}
