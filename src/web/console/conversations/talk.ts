import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { Conversation } from '../../../domain/conversation.js';
import { LONGEST_REPLY } from '../../../services/staff-conversations.js';
import { may } from '../../policies/staff.js';
import { Form } from '../form.js';
import { allow, missing } from '../guard.js';
import { draw, say, type View, visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { markOf } from './mark.js';
import { lineView, talkNotes, talkView } from './words.js';

/** What the page may say after an act: `?done=…`. */
const DONE = ['taken', 'released', 'sent', 'closed', 'handed_back'] as const;

/** The talk of the address, when the visitor may see it; else the page for what does not exist is drawn. */
export async function talkOf(parts: ConsoleParts, request: Request, response: Response): Promise<Conversation | null> {
  const talk = await parts.desk.store.conversations.find(String(request.params.id));
  if (talk && may(visitorOf(response).member, 'conversations.see', talk.regionCode)) return talk;
  missing(request, response);
  return null;
}

/** One talk, with what can be done in it. */
export async function drawTalk(
  { desk }: ConsoleParts,
  request: Request,
  response: Response,
  talk: Conversation,
  more: View = {},
): Promise<void> {
  const { member } = visitorOf(response);
  const answers = may(member, 'conversations.answer', talk.regionCode) && talk.status !== 'closed';
  const mine = talk.takenBy === member.email;
  const canned = answers ? await desk.store.conversations.cannedReplies(talk.regionCode) : [];
  const form = new Form(request.query);
  const chosen = canned.find(({ id }) => id === form.text('canned', 60));
  const view = talkView(desk, talk);
  draw(request, response, 'conversations/talk', view.label, {
    ...(await threadOf({ desk }, response, talk)),
    view,
    takenBy: talk.takenBy,
    answers,
    mine,
    canned,
    text: chosen?.body ?? '',
    once: randomUUID(),
    longest: LONGEST_REPLY,
    done: DONE.find((each) => each === form.text('done', 20)) ?? null,
    fault: null,
    ...more,
  });
}

async function threadOf({ desk }: Pick<ConsoleParts, 'desk'>, response: Response, talk: Conversation) {
  const me = visitorOf(response).member.email;
  const lines = (await desk.store.conversations.messages(talk.id)).map((each) => lineView(desk, talk, me, each));
  const notes = talkNotes(desk, talk);
  const view = talkView(desk, talk);
  return { id: talk.id, lines, notes, view, mark: markOf({ lines, notes, view }) };
}

export function talkRoutes(parts: ConsoleParts): Router {
  const router = Router();
  router.get('/conversations/:id', allow('conversations.see'), async (request, response) => {
    const talk = await talkOf(parts, request, response);
    if (talk) await drawTalk(parts, request, response, talk);
  });
  /** What has changed since the page was drawn; nothing when nothing has. */
  router.get('/conversations/:id/thread', allow('conversations.see'), async (request, response) => {
    const talk = await talkOf(parts, request, response);
    if (!talk) return;
    const thread = await threadOf(parts, response, talk);
    if (new Form(request.query).text('mark', 40) === thread.mark) response.status(204).end();
    else draw(request, response, 'conversations/thread', say('handover:console.thread'), thread);
  });
  return router;
}
