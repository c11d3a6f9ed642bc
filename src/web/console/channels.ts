import { type Request, type Response, Router } from 'express';
import { renderSVG } from 'uqr';
import type { ChannelRestriction, ChannelStatus } from '../../ports/channel.js';
import type { Desk } from '../../services/staff-desk.js';
import { may } from '../policies/staff.js';
import { allow } from './guard.js';
import { draw, momentText, say, type View, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

/** What holds a channel up, as staff can act on it; any other code is shown as it is. */
const DETAILS = [
  'elsewhere',
  'not_linked',
  'logged_out',
  'device_mismatch',
  'banned',
  'banned_for_now',
  'replaced',
  'client_outdated',
  'unreachable',
  'wrong_secret_key',
  'conflict',
] as const;
const CAPS = ['FIRST_WARNING', 'SECOND_WARNING', 'CAPPED'] as const;
/** Restrictions tell no place; the office's own clock is not known here, so the westernmost of the country is named. */
const ZONE = 'Asia/Jakarta';

/** The channels as the first page shows them. Only who may link a device is handed what links one. */
export function channelView(desk: Desk, response: Response): View {
  const links = may(visitorOf(response).member, 'channels.link');
  return {
    channels: Object.entries(desk.channels()).map(([name, status]) => ({
      name,
      state: status.state,
      detail: detailText(status),
      restrictions: (status.restrictions ?? []).map(restrictionText),
      pairing: links && status.state === 'pairing' && status.pairing ? pairingOf(status.pairing) : null,
    })),
    /** While somebody may be standing there with the telephone, news comes quickly. */
    every: links && Object.values(desk.channels()).some(({ state }) => state === 'pairing') ? '5s' : '30s',
  };
}

/** The same part of the page alone, for whoever keeps the page open. */
export function channelRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  router.get('/channels', allow('today.see'), (request: Request, response: Response) => {
    draw(request, response, 'channels', say('console:today.channels'), channelView(desk, response));
  });
  return router;
}

function pairingOf({ kind, value }: NonNullable<ChannelStatus['pairing']>) {
  return kind === 'qr' ? { svg: renderSVG(value), code: null } : { svg: null, code: value };
}

function detailText({ state, detail, restrictions }: ChannelStatus): string | null {
  if (detail === null || state === 'pairing' || (restrictions ?? []).some(({ code }) => code === detail)) return null;
  const known = DETAILS.find((each) => each === detail);
  return known === undefined ? detail : say(`console:channelDetail.${known}`);
}

function restrictionText({ code, until }: ChannelRestriction): string {
  const [kind, value = ''] = code.split(':');
  const cap = CAPS.find((each) => kind === 'cap' && each === value);
  const said =
    kind === 'time_lock'
      ? say('console:channelLimit.time_lock', { kind: value })
      : cap === undefined
        ? say('console:channelLimit.other', { code })
        : say(`console:channelLimit.${cap}`);
  const end =
    until === null
      ? say('console:channelLimit.open')
      : say('console:channelLimit.until', { until: momentText(until, ZONE) });
  return `${said} ${end}`;
}
