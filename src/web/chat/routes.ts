import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { json, type Request, type Response, Router } from 'express';
import { type PhraseKey, phrase } from '../../domain/phrase.js';
import { renderPhrase } from '../../i18n/translate.js';
import { projectFile } from '../../project-root.js';
import { A_MINUTE, addressOf, createSeats, perMinute, STREAMS } from '../limits.js';

/** An answer for the page, under an id by which it shows each once. `payload` is JSON of a reply. */
interface Letter {
  readonly id: string;
  readonly urgent: boolean;
  readonly payload: string;
}

/** The web chat as its page sees it. */
export interface ChatDoor {
  /** Resolves once the message is accepted, or its card is there without that; throws when it could not be accepted. */
  post(
    payload: unknown,
    contact: string,
    requestId?: string,
  ): Promise<{ readonly state: 'accepted' | 'malformed' | 'not_stored'; readonly letters: readonly Letter[] }>;
  /** Hands over every letter beyond the cursor (0: all that are kept), now and from now on, with the cursor to go on from. */
  open(
    contact: string,
    after: number,
    hand: (letters: readonly Letter[], cursor: number) => void,
  ): { cursor(): number; close(): void };
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
  retrying: 'dialogue:web.retrying',
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
      const contact = visitor(request, response);
      const { state, letters } = await chat.post(request.body, contact, String(response.locals.requestId));
      response.status(STATUS[state]).json({ accepted: state === 'accepted', letters: letters.map(shown) });
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

const STATUS = { accepted: 202, malformed: 400, not_stored: 503 } as const;

/** A letter as the page reads it. */
function shown({ id, urgent, payload }: Letter) {
  return { id, urgent, reply: JSON.parse(payload) as unknown };
}

/**
 * What the page has not had, then whatever comes. The id of an event is the cursor from which the page goes on at any
 * process: the browser gives it when it reconnects by itself, the page when it opens a new stream.
 */
function stream(chat: ChatDoor, request: Request, response: Response): void {
  const contact = visitor(request, response);
  response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  response.flushHeaders();
  const after = Number(request.get('last-event-id') ?? request.query.after);
  const page = chat.open(contact, Number.isSafeInteger(after) && after > 0 ? after : 0, (letters, cursor) => {
    const events = letters.map((letter) => event('reply', cursor, shown(letter)));
    response.write(events.join(''));
  });
  const heartbeat = setInterval(() => response.write(event('here', page.cursor(), true)), HEARTBEAT_MS);
  request.on('close', () => {
    clearInterval(heartbeat);
    page.close();
  });
}

function event(name: string, id: number, data: unknown): string {
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
