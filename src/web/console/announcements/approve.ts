import { Router } from 'express';
import {
  type ApprovalStep,
  approveAnnouncement,
  sendBackAnnouncement,
  submitAnnouncement,
  takeBackAnnouncement,
} from '../../../services/approve-announcement.js';
import { noteAnnouncement } from '../../../services/staff-announcements.js';
import { Form } from '../form.js';
import { visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { approvalParts, back, found, type Note } from './desk.js';

/** Handing in, saying yes or no to exactly the version that was on the screen, and taking it back. */
export function approveRoutes(parts: ConsoleParts): Router {
  const router = Router();
  const { desk } = parts;
  const versionOf = (body: unknown) => Number(new Form(body).text('version', 10));

  router.post('/announcements/:id/submit', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.write');
    if (!broadcast) return;
    const { member } = visitorOf(response);
    const version = versionOf(request.body);
    const step = await submitAnnouncement(approvalParts(parts), broadcast.id, version, member.email);
    if (isDone(step)) await noteAnnouncement(desk, member, broadcast, 'submitted');
    back(response, broadcast.id, noteOfStep(step, 'submitted'));
  });

  router.post('/announcements/:id/approve', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.approve');
    if (!broadcast) return;
    const { member } = visitorOf(response);
    const version = versionOf(request.body);
    const step = await approveAnnouncement(approvalParts(parts), broadcast.id, version, member.email);
    if (isDone(step)) await noteAnnouncement(desk, member, broadcast, 'approved');
    back(response, broadcast.id, noteOfStep(step, 'approved_first'));
  });

  router.post('/announcements/:id/send-back', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.approve');
    if (!broadcast) return;
    const { member } = visitorOf(response);
    const why = new Form(request.body).text('why', 500);
    if (why === '') return back(response, broadcast.id, 'why_missing');
    const version = versionOf(request.body);
    const done = await sendBackAnnouncement(approvalParts(parts), broadcast.id, version, member.email, why);
    if (done === 'sent_back') await noteAnnouncement(desk, member, broadcast, 'sent_back');
    back(response, broadcast.id, done);
  });

  router.post('/announcements/:id/take-back', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.write');
    if (!broadcast) return;
    const { member } = visitorOf(response);
    const done = await takeBackAnnouncement(approvalParts(parts), broadcast.id, versionOf(request.body), member.email);
    if (done === 'taken_back') await noteAnnouncement(desk, member, broadcast, 'taken_back');
    back(response, broadcast.id, done);
  });
  return router;
}

function isDone({ result }: ApprovalStep): boolean {
  return result === 'scheduled' || result === 'waiting';
}

/** What a step is called on the page; `waiting` says that it was taken and another person is needed. */
function noteOfStep(step: ApprovalStep, waiting: Note): Note {
  switch (step.result) {
    case 'waiting':
      return waiting;
    case 'not_found':
      return 'changed_meanwhile';
    default:
      return step.result;
  }
}
