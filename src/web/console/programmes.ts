import { Router } from 'express';
import { ruleRows, TRIED_FACTS, tryFacts } from '../../services/staff-programmes.js';
import { unusableVersions } from '../../services/staff-rule-versions.js';
import { isTheirs } from '../policies/staff.js';
import { Form } from './form.js';
import { allow, missing } from './guard.js';
import { draw, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

/** The programmes that have a name for people; any other is shown by its own. */
const PROGRAMMES = ['kukar', 'bontang', 'balikpapan', 'pasuruan', 'gratispol', 'jkn'] as const;
const LONGEST_OPENING = 90;

/** The beginning of what residents are told by a rule: its name for people. */
function opening(words: string): string {
  if (words.length <= LONGEST_OPENING) return words;
  return `${words.slice(0, words.lastIndexOf(' ', LONGEST_OPENING))}…`;
}

/** The rules of care on a KTP with their dates and sources, and a place to try any set of facts. */
export function programmesRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  router.get('/programmes', allow('programmes.see'), async (request, response) => {
    const { member } = visitorOf(response);
    const regions = desk.world().directory.regions.filter(({ code }) => isTheirs(member, code));
    const query = new Form(request.query);
    const wanted = query.text('region', 20);
    const region = regions.find(({ code }) => code === wanted) ?? regions[0];
    if (!region) return missing(request, response);
    const facts = Object.fromEntries(Object.keys(TRIED_FACTS).map((name) => [name, query.text(name, 40)]));
    const on = query.day('on');
    const rows = ruleRows(desk, region);
    draw(request, response, 'programmes', say('console:nav.programmes'), {
      regions,
      region,
      rows,
      offered: Object.entries(TRIED_FACTS),
      facts,
      on,
      answer: tryFacts(desk, region, facts, { on }),
      opening,
      programmeName: (id: string) => {
        const known = PROGRAMMES.find((each) => each === id);
        return known === undefined ? id : say(`console:programme.${known}`);
      },
      unusable: (await unusableVersions(desk)).filter(({ ruleId }) => rows.some(({ rule }) => rule.id === ruleId)),
    });
  });
  return router;
}
