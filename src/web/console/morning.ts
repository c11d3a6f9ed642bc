import { Router } from 'express';
import type { Region } from '../../domain/place.js';
import { type MorningSettings, readMorning, writeMorning } from '../../services/morning-settings.js';
import type { Desk } from '../../services/staff-desk.js';
import { may } from '../policies/staff.js';
import { Form } from './form.js';
import { missing, refuse } from './guard.js';
import { drawNotice, goTo, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

const EARLIEST = 5 * 60;
const LATEST = 11 * 60;

/** A region with what its office set for the morning. */
export interface MorningRow {
  readonly region: Region;
  readonly settings: MorningSettings;
  /** For the field of the kind time. */
  readonly time: string;
  readonly words: string;
}

export async function morningRows(desk: Desk, regions: readonly Region[]): Promise<readonly MorningRow[]> {
  return Promise.all(
    regions.map(async (region) => {
      const settings = await readMorning(desk.store.meta, region.code);
      const time = timeOf(settings?.minute ?? 7 * 60);
      const params = { region: region.name, hour: time.replace(':', '.'), days: settings?.days ?? 0 };
      const state = settings === null ? 'off' : settings.days === 0 ? 'daily' : 'state';
      return { region, settings, time, words: say(`reports:console.morning.${state}`, params) };
    }),
  );
}

/** Whether and when a region's facilities are asked to confirm their hours. */
export function morningRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  router.post('/morning/:code', async (request, response) => {
    const { member } = visitorOf(response);
    const code = String(request.params.code);
    if (!desk.world().directory.region(code)) return missing(request, response);
    if (!may(member, 'reports.morning', code)) return refuse(request, response);
    const settings = readSettings(new Form(request.body));
    if (settings === undefined) return drawNotice(request, response, 422, say('reports:console.morning.fault'));
    await writeMorning(desk, member, code, settings);
    goTo(response, '/console/reports?done=morning');
  });
  return router;
}

/** undefined: an hour or a number of days that cannot be. */
function readSettings(form: Form): MorningSettings | undefined {
  if (!form.ticked('on')) return null;
  const [, hour, minute] = /^(\d{2}):(\d{2})/.exec(form.text('time', 8)) ?? [];
  const at = Number(hour) * 60 + Number(minute);
  const days = Number(form.text('days', 4) || 'NaN');
  if (!(at >= EARLIEST && at <= LATEST) || !Number.isInteger(days) || days < 0 || days > 365) return undefined;
  return { minute: at, days };
}

function timeOf(minute: number): string {
  const two = (figure: number) => String(figure).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
