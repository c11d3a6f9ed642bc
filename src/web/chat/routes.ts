import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { json, type Request, type Response, Router } from 'express';
import { type PhraseKey, phrase } from '../../domain/phrase.js';
import { renderPhrase } from '../../i18n/translate.js';
import { projectFile } from '../../project-root.js';
import { A_MINUTE, addressOf, createSeats, perMinute, STREAMS } from '../limits.js';

/** The web chat as its page sees it. */
export interface ChatDoor {
  /** False when the payload is no message; resolves once the message is accepted. */
  post(payload: unknown, contact: string, requestId?: string): Promise<boolean>;
  listen(
    contact: string,
    after: number | null,
    listener: (letter: { readonly id: number; readonly payload: string }) => void,
  ): () => void;
  /** True when the text is an emergency, which no limit may delay. */
  isEmergency(text: string): boolean;
}

const COOKIE = 'tanya_chat';
const A_WEEK = 7 * 24 * 3600;
const HEARTBEAT_MS = 25_000;
/** 4,000 characters, each of them escaped. */
const LARGEST_MESSAGE = '32kb';

const WORDS = {
  title: 'dialogue:web.title',
  description: 'dialogue:web.description',
  urgent: 'dialogue:web.urgent',
  log: 'dialogue:web.log',
  locate: 'dialogue:web.locate',
  write: 'dialogue:web.write',
  send: 'dialogue:web.send',
  offline: 'dialogue:web.offline',
  refused: 'dialogue:web.refused',
  you: 'dialogue:web.you',
  bot: 'dialogue:web.bot',
  map: 'dialogue:web.map',
  greeting: 'dialogue:web.greeting',
  noscript: 'dialogue:web.noscript',
  privacy: 'privacy:page.link',
} as const satisfies Record<string, PhraseKey>;

function page(): string {
  const template = readFileSync(projectFile('src/web/public/chat.html'), 'utf8');
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) =>
    escapeHtml(renderPhrase(phrase(WORDS[name as keyof typeof WORDS]), 'id')),
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** The public page and the two requests of its chat: one posts a message, one streams the answers. */
export function chatRoutes(chat: ChatDoor): Router {
  const router = Router();
  const html = page();
  router.get('/', perMinute(A_MINUTE.pages), (request, response) => {
    visitor(request, response);
    response.type('html').set('cache-control', 'no-store').send(html);
  });
  router.post(
    '/chat/messages',
    perMinute(A_MINUTE.chatAll),
    json({ limit: LARGEST_MESSAGE }),
    perMinute(
      A_MINUTE.chat,
      (request) => typeof request.body?.text === 'string' && chat.isEmergency(request.body.text),
    ),
    async (request, response) => {
      const accepted = await chat.post(request.body, visitor(request, response), String(response.locals.requestId));
      response.status(accepted ? 202 : 400).json({ accepted });
    },
  );
  const seats = createSeats(STREAMS);
  router.get('/chat/stream', perMinute(A_MINUTE.pages), (request, response) => {
    const address = addressOf(request);
    if (!seats.enter(address)) return void response.status(503).set('retry-after', '30').end();
    response.once('close', () => seats.leave(address));
    stream(chat, request, response);
  });
  return router;
}

/** The visitor's random id, made on the first visit; it names nobody and ends after a week. */
function visitor(request: Request, response: Response): string {
  const known = new RegExp(`(?:^|;\\s*)${COOKIE}=([0-9a-f-]{36})(?:;|$)`).exec(request.get('cookie') ?? '')?.[1];
  const id = known ?? randomUUID();
  if (known === undefined) {
    response.cookie(COOKIE, id, {
      httpOnly: true,
      sameSite: 'strict',
      secure: request.secure,
      maxAge: A_WEEK * 1000,
      path: '/',
    });
  }
  return id;
}

function stream(chat: ChatDoor, request: Request, response: Response): void {
  const contact = visitor(request, response);
  response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  response.flushHeaders();
  const last = Number(request.get('last-event-id'));
  const stop = chat.listen(contact, Number.isInteger(last) && last > 0 ? last : 0, ({ id, payload }) => {
    response.write(`id: ${id}\nevent: reply\ndata: ${payload}\n\n`);
  });
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  request.on('close', () => {
    clearInterval(heartbeat);
    stop();
  });
}
