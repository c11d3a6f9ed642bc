import { Router } from 'express';
import { skipBroadcast } from '../../../services/plan-broadcast.js';
import { noteAnnouncement } from '../../../services/staff-announcements.js';
import {
  cancelBroadcast,
  pauseBroadcast,
  resumeBroadcast,
  retryBroadcast,
  type SteeringParts,
} from '../../../services/steer-broadcast.js';
import { Form } from '../form.js';
import { visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { back, found, type Note, planningParts } from './desk.js';

type Steer = (parts: SteeringParts, id: string, who: string) => Promise<boolean>;

/** Holding a running announcement, letting it go on, ending it, and choosing to send failed ones again. */
export function steerRoutes(parts: ConsoleParts): Router {
  const router = Router();
  const { desk } = parts;
  const steering: SteeringParts = { broadcasts: desk.store.broadcasts, now: desk.now };

  const steer = (path: string, does: Steer, done: Note & ('paused' | 'resumed')) =>
    router.post(`/announcements/:id/${path}`, async (request, response) => {
      const broadcast = await found(parts, request, response, 'announcements.steer');
      if (!broadcast) return;
      const { member } = visitorOf(response);
      const made = await does(steering, broadcast.id, member.email);
      if (made) await noteAnnouncement(desk, member, broadcast, done);
      back(response, broadcast.id, made ? done : 'changed_meanwhile');
    });
  steer('pause', pauseBroadcast, 'paused');
  steer('resume', resumeBroadcast, 'resumed');

  router.post('/announcements/:id/cancel', async (request, response) => {
    // Whoever may write a draft may also throw it away; what is approved or under way is steered.
    const known = await desk.store.broadcasts.find(String(request.params.id));
    const own = known?.status === 'draft' || known?.status === 'waiting';
    const broadcast = await found(parts, request, response, own ? 'announcements.write' : 'announcements.steer');
    if (!broadcast) return;
    const { member } = visitorOf(response);
    const made = await cancelBroadcast(steering, broadcast.id, member.email);
    if (made) await noteAnnouncement(desk, member, broadcast, 'cancelled');
    back(response, broadcast.id, made ? 'cancelled' : 'changed_meanwhile');
  });

  router.post('/announcements/:id/skip', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.steer');
    if (!broadcast) return;
    const { member } = visitorOf(response);
    const made = await skipBroadcast(planningParts(parts), broadcast.id, member.email);
    if (made) await noteAnnouncement(desk, member, broadcast, 'skipped');
    back(response, broadcast.id, made ? 'skipped' : 'changed_meanwhile');
  });

  router.post('/announcements/:id/retry', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.steer');
    if (!broadcast) return;
    const { member } = visitorOf(response);
    const form = new Form(request.body);
    const status = form.oneOf('status', ['failed', 'unsure'] as const, 'failed');
    if (status === 'unsure' && !form.ticked('risk')) return back(response, broadcast.id, 'risk_unread');
    const many = await retryBroadcast(steering, broadcast.id, status, member.email);
    if (many !== null && many > 0) await noteAnnouncement(desk, member, broadcast, 'retried');
    back(response, broadcast.id, many === null ? 'too_late' : many === 0 ? 'nothing_to_retry' : 'retried');
  });
  return router;
}
