import { Router } from 'express';
import type { BroadcastContent } from '../../../domain/broadcast.js';
import type { Region } from '../../../domain/place.js';
import { cautionsOfContent, faultsOfContent } from '../../../services/announcement-faults.js';
import { readBulkSettings } from '../../../services/bulk-settings.js';
import { countAudience } from '../../../services/plan-broadcast.js';
import { previewAnnouncement } from '../../../services/preview-announcement.js';
import { timesOf } from '../../../services/staff-announcements.js';
import { may } from '../../policies/staff.js';
import { Form } from '../form.js';
import { missing, refuse } from '../guard.js';
import { draw, momentText, say, type View, visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { readContent } from './content-form.js';
import { found, planningParts, regionOf } from './desk.js';
import { asWhatsAppShows } from './whatsapp-markup.js';
import { cautionWords, faultWords } from './words.js';

/** How many dates of a recurring one are shown. */
const DATES_SHOWN = 5;

/**
 * Parts of a page that are fetched while somebody writes or reads: how it looks on each channel, and whom it reaches.
 * Nothing is written. An audience of a hundred thousand takes seconds to count, so no page waits for it.
 */
export function checkRoutes(parts: ConsoleParts): Router {
  const router = Router();
  const { desk } = parts;

  router.post('/announcements/check/:part', async (request, response) => {
    const form = new Form(request.body);
    const region = desk.world().directory.region(form.text('region', 20));
    if (!region) return missing(request, response);
    if (!may(visitorOf(response).member, 'announcements.write', region.code)) return refuse(request, response);
    const { content } = readContent(form, region);
    if (request.params.part === 'audience') {
      return draw(request, response, 'announcements/audience', '', await audienceOf(parts, content, region));
    }
    draw(request, response, 'announcements/preview', '', await previewOf(parts, content, region));
  });

  router.get('/announcements/:id/audience', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.see');
    if (!broadcast) return;
    const region = regionOf(parts, broadcast);
    draw(request, response, 'announcements/audience', '', await audienceOf(parts, broadcast.content, region));
  });
  return router;
}

/** Each channel's rendering with its length, what is still wrong, and the dates of a recurring one. */
export async function previewOf(
  { desk, announcing }: ConsoleParts,
  content: BroadcastContent,
  region: Region,
): Promise<View> {
  const { meta } = desk.store;
  const previews = await previewAnnouncement({ meta, channels: announcing.channels, world: desk.world }, content);
  return {
    previews: previews.map((each) => ({
      ...each,
      // Telegram gets plain text; the template's own words are kept by Meta.
      pieces: each.channel === 'telegram' ? [{ text: each.text, as: null }] : asWhatsAppShows(each.text),
    })),
    faults: faultsOfContent(content, desk.world(), desk.now()).map(faultWords),
    cautions: cautionsOfContent(content).map(cautionWords),
    dates:
      content.recurrence === null
        ? []
        : timesOf(content, region.zone, DATES_SHOWN).map((at) => momentText(at, region.zone)),
  };
}

/** How many people it would reach now, by channel, and every reason for leaving somebody out. */
async function audienceOf(parts: ConsoleParts, content: BroadcastContent, region: Region): Promise<View> {
  const count = await countAudience(planningParts(parts), content);
  const settings = await readBulkSettings(parts.desk.store.meta);
  /** How many of them the channel carries in a day, where there are more; of the Cloud API templates alone are limited. */
  const mostOf = (channel: string, figures: { readonly people: number; readonly templates: number }) => {
    const [many, most] =
      channel === 'whatsapp'
        ? [figures.people, settings.whatsapp.perDay]
        : [figures.templates, channel === 'whatsapp_cloud' ? settings.whatsapp_cloud.perDay : null];
    return most !== null && many > most ? most : null;
  };
  const left = Object.entries(count.leftOut).toSorted(([, one], [, other]) => other - one);
  return {
    region,
    count,
    channels: Object.entries(count.byChannel).map(([channel, figures]) => ({
      channel,
      ...figures,
      most: mostOf(channel, figures),
    })),
    leftOut: left.map(([reason, many]) => ({ reason, many })),
    leftOutAll: left.reduce((sum, [, many]) => sum + many, 0),
    cost:
      count.cost === null
        ? null
        : say('announcements:audience.cost', { currency: count.cost.currency, amount: moneyText(count.cost.amount) }),
  };
}

/** An amount as it is written in Indonesia: 12.345,5. */
function moneyText(amount: number): string {
  const [whole = '0', rest = ''] = (Math.round(amount * 100) / 100).toString().split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, '.');
  return rest === '' ? grouped : `${grouped},${rest}`;
}
