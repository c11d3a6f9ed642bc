import { type Request, type Response, Router } from 'express';
import type { StaffMember } from '../../domain/staff.js';
import { TRIED_FACTS, tryFacts } from '../../services/staff-programmes.js';
import {
  draftVersion,
  type EnteredVersion,
  keepVersion,
  type RulePage,
  ruleDay,
  rulePage,
  rulesWith,
} from '../../services/staff-rule-versions.js';
import { isTheirs, may } from '../policies/staff.js';
import { Form } from './form.js';
import { allow, missing, refuse } from './guard.js';
import { draw, goTo, say, type View, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';
import { enteredVersion, formChoices, ruleFaults, shownVersion } from './rule-form.js';

/** One rule: what it says, every version of it, and the form for the next one with a place to try it first. */
export function programmeRuleRoutes({ desk }: ConsoleParts): Router {
  const router = Router();

  const page = async (request: Request, response: Response, rule: RulePage, more: View = {}) => {
    const { member } = visitorOf(response);
    const today = ruleDay(desk, rule);
    const entered =
      (more.entered as EnteredVersion | undefined) ?? shownVersion(rule.latest ?? rule.shipped, today, '');
    draw(request, response, 'programme-rule', say('console:rule.title', { id: rule.shipped.id }), {
      rule,
      today,
      regions: triable(member, rule),
      edits: mayEdit(member, rule) && !rule.protected,
      offered: Object.entries(TRIED_FACTS),
      tried: {},
      triedRegion: null,
      on: today,
      answers: null,
      faults: {},
      moved: false,
      ...more,
      form: formChoices(rule.shipped, entered),
    });
  };
  const triable = (member: StaffMember, { regionCodes }: RulePage) =>
    desk
      .world()
      .directory.regions.filter(
        ({ code }) => isTheirs(member, code) && (regionCodes === null || regionCodes.includes(code)),
      );
  const found = async (request: Request, response: Response): Promise<RulePage | null> => {
    const rule = await rulePage(desk, String(request.params.id));
    return rule !== null && triable(visitorOf(response).member, rule).length > 0 ? rule : null;
  };

  router.get('/programmes/:id', allow('programmes.see'), async (request, response) => {
    const rule = await found(request, response);
    if (rule === null) return missing(request, response);
    await page(request, response, rule);
  });

  router.post('/programmes/:id', async (request, response) => {
    const { member } = visitorOf(response);
    const rule = await found(request, response);
    if (rule === null) return missing(request, response);
    if (!mayEdit(member, rule) || rule.protected) return refuse(request, response);
    const form = new Form(request.body);
    const entered = enteredVersion(request.body, rule.shipped);
    const { version, faults } = draftVersion(desk, member, rule.shipped, entered, ruleDay(desk, rule));
    if (faults.length > 0) {
      response.status(422);
      return page(request, response, rule, { entered, faults: ruleFaults(faults, entered) });
    }
    const regions = triable(member, rule);
    const region = regions.find(({ code }) => code === form.text('region', 20)) ?? regions[0];
    if (form.text('do') !== 'keep' && region) {
      const tried = Object.fromEntries(Object.keys(TRIED_FACTS).map((name) => [name, form.text(`try_${name}`, 40)]));
      const on = form.day('on') ?? entered.from;
      const rules = await rulesWith(desk, version);
      const answers = [
        { key: 'console:rule.before', answer: tryFacts(desk, region, tried, { on }) },
        { key: 'console:rule.after', answer: tryFacts(desk, region, tried, { on, rules }) },
      ];
      return page(request, response, rule, { entered, tried, on, triedRegion: region.code, answers });
    }
    if (!(await keepVersion(desk, member, version, form.text('mark', 40)))) {
      response.status(409);
      const now = (await rulePage(desk, rule.shipped.id)) ?? rule;
      return page(request, response, now, { entered, moved: true });
    }
    goTo(response, `/console/programmes/${encodeURIComponent(rule.shipped.id)}?saved=rule`);
  });
  return router;
}

/** A local programme's rules belong to its regions; those of the province and the nation to nobody with a region limit. */
function mayEdit(member: StaffMember, { regionCodes }: RulePage): boolean {
  return regionCodes === null
    ? may(member, 'programmes.edit', null)
    : regionCodes.every((code) => may(member, 'programmes.edit', code));
}
