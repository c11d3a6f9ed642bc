import { type Request, type Response, Router } from 'express';
import type { MessageTemplate } from '../../../domain/broadcast.js';
import type { StaffMember } from '../../../domain/staff.js';
import { AppError } from '../../../errors.js';
import { type BulkSettings, readBulkSettings, readOfficeRules } from '../../../services/bulk-settings.js';
import { ANSWER_PLACE, readLateTemplates } from '../../../services/late-answer.js';
import { answerWish, needsSecondPerson, saveOfficeRules, wishOf } from '../../../services/second-person.js';
import { saveBulkSettings, saveLateTemplates } from '../../../services/staff-announcements.js';
import { isTheirs, may } from '../../policies/staff.js';
import { Form } from '../form.js';
import { allow, missing, refuse } from '../guard.js';
import { draw, goTo, momentText, say, visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { CATEGORIES, readTemplates, TEMPLATE_STATES, WRITTEN } from './content-form.js';
import { HOME, type Note, noteOf, wishWords } from './desk.js';

const PAGE = `${HOME}/settings`;
/** What an office has to know before it sends announcements over a linked device. */
const RISKS = ['ban', 'everything', 'terms', 'slow', 'off'] as const;

/** What could not be saved: why, and the templates of the form as they were typed. */
interface NotSaved {
  readonly fault: 'fault' | 'lateFault';
  readonly late?: readonly MessageTemplate[];
}

/** Rules of each office, how announcements leave on each channel account, and the templates for late answers. */
export function settingsRoutes(parts: ConsoleParts): Router {
  const router = Router();
  const { desk, announcing } = parts;
  const { meta } = desk.store;

  async function drawSettings(request: Request, response: Response, not: NotSaved | null = null): Promise<void> {
    const { member } = visitorOf(response);
    const regions = desk.world().directory.regions.filter(({ code }) => isTheirs(member, code));
    const bulk = await readBulkSettings(meta);
    const { on, stoppedBy } = bulk.whatsapp;
    draw(request, response, 'announcements/settings', say('announcements:settings.title'), {
      home: HOME,
      note: noteOf(request),
      fault: not === null ? null : say(`announcements:settings.${not.fault}`),
      regions: await Promise.all(
        regions.map(async (region) => {
          const rules = await readOfficeRules(meta, region.code);
          const wish = wishOf(rules, desk.now());
          return {
            region,
            rules,
            needsSecond: needsSecondPerson(rules, desk.now()),
            wish: wish && wishWords(wish, region),
            own: wish?.who.toLowerCase() === member.email.toLowerCase(),
            answers: mayAnswerWish(member, region.code),
          };
        }),
      ),
      bulk,
      late: not?.late ?? (await readLateTemplates(meta)),
      answerPlace: ANSWER_PLACE,
      languages: WRITTEN,
      categories: CATEGORIES,
      states: TEMPLATE_STATES,
      risks: RISKS,
      configured: announcing.channels.map(({ name }) => name),
      onSince: on === null ? null : { who: on.who, at: momentText(on.at, 'Asia/Jakarta') },
      stopped: stoppedBy === null ? null : { detail: stoppedBy.detail, at: momentText(stoppedBy.at, 'Asia/Jakarta') },
    });
  }
  const done = (response: Response, note: Note) => goTo(response, `${PAGE}?note=${note}`);
  /** What cannot be is told in place of being saved. */
  async function keep(
    request: Request,
    response: Response,
    work: () => Promise<void>,
    not: NotSaved = { fault: 'fault' },
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'INPUT_INVALID') throw error;
      response.status(422);
      return drawSettings(request, response, not);
    }
    done(response, 'settings');
  }

  router.get('/announcements/settings', allow('announcements.see'), (request, response) =>
    drawSettings(request, response),
  );

  router.post('/announcements/settings/region/:code', async (request, response) => {
    const { member } = visitorOf(response);
    const code = String(request.params.code);
    if (!desk.world().directory.region(code)) return missing(request, response);
    if (!may(member, 'announcements.settings', code)) return refuse(request, response);
    const form = new Form(request.body);
    const rules = {
      approval: form.ticked('approval'),
      quiet: { from: form.text('quiet_from', 5), to: form.text('quiet_to', 5) },
    };
    await keep(request, response, () => saveOfficeRules(desk, member, code, rules));
  });

  router.post('/announcements/settings/region/:code/second', async (request, response) => {
    const { member } = visitorOf(response);
    const code = String(request.params.code);
    if (!desk.world().directory.region(code)) return missing(request, response);
    if (!mayAnswerWish(member, code)) return refuse(request, response);
    const answer = new Form(request.body).text('answer') === 'agree' ? 'agree' : 'withdraw';
    const made = await answerWish(desk, member, code, answer);
    done(response, made === 'done' ? 'settings' : made);
  });

  router.post('/announcements/settings/channels', async (request, response) => {
    const { member } = visitorOf(response);
    if (!may(member, 'announcements.settings', null)) return refuse(request, response);
    const form = new Form(request.body);
    await keep(request, response, () => saveBulkSettings(desk, member, (known) => paceOf(form, known)));
  });

  router.post('/announcements/settings/late', async (request, response) => {
    const { member } = visitorOf(response);
    if (!may(member, 'announcements.settings', null)) return refuse(request, response);
    const late = readTemplates(new Form(request.body));
    await keep(request, response, () => saveLateTemplates(desk, member, late), { fault: 'lateFault', late });
  });

  router.post('/announcements/settings/whatsapp', async (request, response) => {
    const { member } = visitorOf(response);
    if (!may(member, 'announcements.settings', null)) return refuse(request, response);
    const form = new Form(request.body);
    const on = form.text('switch') === 'on';
    if (on && !RISKS.every((risk) => form.all('read').includes(risk))) return done(response, 'risk_unread');
    const by = on ? { who: member.email, at: desk.now() } : null;
    await saveBulkSettings(desk, member, (known) => ({
      ...known,
      whatsapp: { ...known.whatsapp, on: by, stoppedBy: null },
    }));
    done(response, 'settings');
  });
  return router;
}

/** Whoever approves announcements, or keeps the rules, has a say in whether a second person is needed. */
function mayAnswerWish(member: StaffMember, regionCode: string): boolean {
  return may(member, 'announcements.approve', regionCode) || may(member, 'announcements.settings', regionCode);
}

/** The figures of the form; an empty daily limit or price means that there is none. */
function paceOf(form: Form, known: BulkSettings): BulkSettings {
  const figure = (name: string) => Number(form.text(name, 12).replace(',', '.'));
  const priced = form.text('currency', 8) !== '';
  return {
    telegram: { perSecond: figure('telegram_second') },
    whatsapp_cloud: {
      perSecond: figure('cloud_second'),
      perDay: form.text('cloud_day') === '' ? null : figure('cloud_day'),
    },
    whatsapp: {
      ...known.whatsapp,
      gapSeconds: [Math.min(figure('gap_from'), figure('gap_to')), Math.max(figure('gap_from'), figure('gap_to'))],
      perDay: figure('whatsapp_day'),
    },
    prices: priced
      ? { currency: form.text('currency', 8), marketing: figure('marketing'), utility: figure('utility') }
      : null,
  };
}
