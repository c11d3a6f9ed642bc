import { Router } from 'express';
import { ruleRows, TRIED_FACTS, tryFacts } from '../../services/staff-programmes.js';
import { isTheirs } from '../policies/staff.js';
import { Form } from './form.js';
import { allow, missing } from './guard.js';
import { draw, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

/** The rules of care on a KTP with their dates and sources, and a place to try any set of facts. */
export function programmesRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  router.get('/programmes', allow('programmes.see'), (request, response) => {
    const { member } = visitorOf(response);
    const regions = desk.world().directory.regions.filter(({ code }) => isTheirs(member, code));
    const query = new Form(request.query);
    const wanted = query.text('region', 20);
    const region = regions.find(({ code }) => code === wanted) ?? regions[0];
    if (!region) return missing(request, response);
    const facts = Object.fromEntries(Object.keys(TRIED_FACTS).map((name) => [name, query.text(name, 40)]));
    draw(request, response, 'programmes', say('console:nav.programmes'), {
      regions,
      region,
      rows: ruleRows(region, desk.now()),
      offered: Object.entries(TRIED_FACTS),
      facts,
      answer: tryFacts(desk, region, facts),
    });
  });
  return router;
}
