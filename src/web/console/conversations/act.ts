import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { Conversation } from '../../../domain/conversation.js';
import type { PhraseKey } from '../../../domain/phrase.js';
import type { StaffMember } from '../../../domain/staff.js';
import {
  closeConversation,
  handBackConversation,
  LONGEST_REPLY,
  releaseConversation,
  replyInConversation,
  takeConversation,
} from '../../../services/staff-conversations.js';
import { may } from '../../policies/staff.js';
import { Form } from '../form.js';
import { allow, refuse } from '../guard.js';
import { goTo, say, visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { drawTalk, talkOf } from './talk.js';

type Done = 'taken' | 'released' | 'sent' | 'closed' | 'handed_back';

/** What staff do in a talk. An act that no longer fits says what has changed, and keeps what was typed. */
export function actRoutes(parts: ConsoleParts): Router {
  const { desk } = parts;
  const router = Router();
  const act = (
    name: string,
    done: Done,
    work: (member: StaffMember, talk: Conversation, form: Form) => Promise<PhraseKey | boolean>,
  ) =>
    router.post(`/conversations/:id/${name}`, allow('conversations.answer'), async (request, response) => {
      const talk = await talkOf(parts, request, response);
      if (!talk) return;
      const { member } = visitorOf(response);
      if (!may(member, 'conversations.answer', talk.regionCode)) return refuse(request, response);
      const form = new Form(request.body);
      const result = await work(member, talk, form);
      if (result === true) return goTo(response, `/console/conversations/${talk.id}?done=${done}`);
      await drawConflict(parts, request, response, form, result || null);
    });

  act('take', 'taken', (member, talk, form) => takeConversation(desk, member, talk, form.textOrNull('from', 200)));
  act('release', 'released', (member, talk) => releaseConversation(desk, member, talk));
  act('close', 'closed', (member, talk) => closeConversation(desk, member, talk));
  act('hand-back', 'handed_back', (member, talk) => handBackConversation(desk, member, talk));
  act('reply', 'sent', async (member, talk, form) => {
    const text = form.lines('text', LONGEST_REPLY);
    if (text === '') return 'handover:console.fault.empty';
    // The name of the form, which a second tap on the same button sends again.
    const once = /^[\w-]{8,40}$/.exec(form.text('once', 50))?.[0] ?? randomUUID();
    const fault = await replyInConversation(desk, member, talk, { text, once });
    return fault === null ? true : `handover:console.fault.${fault}`;
  });
  return router;
}

async function drawConflict(
  parts: ConsoleParts,
  request: Request,
  response: Response,
  form: Form,
  fault: PhraseKey | null,
): Promise<void> {
  const now = await talkOf(parts, request, response);
  if (!now) return;
  response.status(fault === null ? 409 : 422);
  const text = form.lines('text', LONGEST_REPLY);
  await drawTalk(parts, request, response, now, { text, fault: fault === null ? conflictOf(now) : say(fault) });
}

function conflictOf(talk: Conversation): string {
  if (talk.status === 'closed') return say('handover:console.conflict.closed');
  if (talk.takenBy !== null) return say('handover:console.conflict.taken', { who: talk.takenBy });
  return say('handover:console.conflict.moved');
}
