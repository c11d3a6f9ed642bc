import { type Request, type Response, Router } from 'express';
import { dayOf } from '../../domain/time.js';
import { AppError } from '../../errors.js';
import { cardPages, signCard } from '../../services/staff-cards.js';
import { type Faults, Form } from './form.js';
import { allow, missing } from './guard.js';
import { draw, goTo, say, type View, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

/** The emergency cards to read, and clinicians' agreement to each. */
export function cardsRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  const page = async (request: Request, response: Response, more: View = {}) => {
    const card = (await cardPages(desk)).find(({ id }) => id === request.params.id);
    if (!card) return missing(request, response);
    const today = dayOf(desk.now(), 'Asia/Jakarta');
    draw(request, response, 'card', card.title, { card, today, faults: {}, ...more });
  };
  router.get('/cards', allow('cards.see'), async (request, response) => {
    const cards = await cardPages(desk);
    const open = new Form(request.query).ticked('open');
    draw(request, response, 'cards', say('console:nav.cards'), {
      cards: open ? cards.filter(({ signOff }) => signOff === null) : cards,
      signed: cards.filter(({ signOff }) => signOff !== null).length,
      all: cards.length,
    });
  });
  router.get('/cards/:id', allow('cards.see'), (request, response) => page(request, response));
  router.post('/cards/:id/sign', allow('cards.sign'), async (request, response) => {
    const form = new Form(request.body);
    const id = String(request.params.id);
    const [signer, profession, signedOn] = [
      form.text('signer', 120),
      form.text('profession', 120),
      form.day('signed_on'),
    ];
    const faults: Faults = {
      ...(signer === '' ? { signer: 'console:fault.name' } : {}),
      ...(profession === '' ? { profession: 'console:fault.profession' } : {}),
      ...(signedOn === null || signedOn > dayOf(desk.now(), 'Asia/Jayapura') ? { signed_on: 'console:fault.day' } : {}),
    };
    if (signedOn === null || Object.keys(faults).length > 0) {
      response.status(422);
      return page(request, response, { faults });
    }
    try {
      const card = { id, wordsHash: form.text('words', 40) };
      await signCard(desk, visitorOf(response).member, card, { signer, profession, signedOn });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
      response.status(409);
      return page(request, response, { faults: { signer: 'console:fault.cardMoved' } });
    }
    goTo(response, `/console/cards/${encodeURIComponent(id)}?saved=signed`);
  });
  return router;
}
