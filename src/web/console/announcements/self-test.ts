import { Router } from 'express';
import { issueLinkCode, testContactKey } from '../../../services/link-contacts.js';
import { sendTest } from '../../../services/preview-announcement.js';
import { visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { back, found, type Note } from './desk.js';
import { drawAnnouncement } from './read.js';

/** A test to one's own phone, which a code links once. */
export function selfTestRoutes(parts: ConsoleParts): Router {
  const router = Router();
  const { desk, announcing } = parts;
  const { broadcasts, contacts, meta } = desk.store;

  router.post('/announcements/:id/link', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.steer');
    if (!broadcast) return;
    const owner = `staff/${visitorOf(response).member.email}`;
    const code = await issueLinkCode({ broadcasts, meta, now: desk.now }, owner);
    await drawAnnouncement(parts, request, response, broadcast, { code, phone: false });
  });

  router.post('/announcements/:id/unlink', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.steer');
    if (!broadcast) return;
    await meta.set(testContactKey(visitorOf(response).member.email), '');
    back(response, broadcast.id, 'unlinked');
  });

  router.post('/announcements/:id/test', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.steer');
    if (!broadcast) return;
    const { channels, timing } = announcing;
    const who = visitorOf(response).member.email;
    const sent = await sendTest({ broadcasts, contacts, meta, channels, world: desk.world, timing }, broadcast.id, who);
    back(response, broadcast.id, NOTE[sent]);
  });
  return router;
}

const NOTE: Readonly<Record<Awaited<ReturnType<typeof sendTest>>, Note>> = {
  sent: 'test_sent',
  retry: 'test_retry',
  failed: 'test_failed',
  unsure: 'test_unsure',
  not_linked: 'not_linked',
  not_found: 'changed_meanwhile',
};
