import { type Request, type Response, Router } from 'express';
import type { Region } from '../../domain/place.js';
import { csvOf } from '../../services/spreadsheet-cell.js';
import { type AreaDemand, type DemandRow, demandOf } from '../../services/staff-demand.js';
import { isTheirs } from '../policies/staff.js';
import { Form } from './form.js';
import { allow, missing } from './guard.js';
import { mapFrame } from './map-frame.js';
import { pointsText } from './outline.js';
import { draw, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

const MOST_RADIUS = 28;

/** Where help was missing: the evidence for where 24-hour service is needed. */
export function demandRoutes(parts: ConsoleParts): Router {
  const { desk } = parts;
  const router = Router();
  const theirs = (response: Response) => {
    const { member } = visitorOf(response);
    return desk.world().directory.regions.filter(({ code }) => isTheirs(member, code));
  };
  const wanted = (request: Request, response: Response): Region | undefined => {
    const regions = theirs(response);
    const code = new Form(request.query).text('region', 20);
    return code === '' ? regions[0] : regions.find((region) => region.code === code);
  };
  const wordsOf = ({ areaCode, service, asked, nothingOpen }: DemandRow) => ({
    place: desk.world().directory.area(areaCode ?? '')?.name ?? areaCode ?? '',
    service: service === null ? say('console:demand.anyService') : say(`facility:service.${service}`),
    asked: asked ?? say('console:demand.few'),
    nothingOpen: nothingOpen ?? say('console:demand.few'),
  });
  const areaOf = ({ areaCode, asked, nothingOpen }: AreaDemand) => {
    const area = desk.world().directory.area(areaCode);
    const few = say('console:demand.few');
    const words = { place: area?.name ?? areaCode, asked: asked ?? few, nothingOpen: nothingOpen ?? few };
    return {
      ...words,
      at: area?.centroid ? pointsText([area.centroid]) : null,
      look: nothingOpen ? 'missed' : 'asked',
      // The circle's area, not its width, says how many.
      size: Math.min(MOST_RADIUS, Math.round(Math.sqrt(nothingOpen || (asked ?? 0)) * 2) + 4),
      label: say('console:demand.mark', words),
    };
  };
  router.get('/demand', allow('demand.see'), async (request, response) => {
    const region = wanted(request, response);
    if (!region) return missing(request, response);
    const demand = await demandOf(desk, region);
    const most = Math.max(1, ...demand.grid.flat().map((count) => count ?? 0));
    draw(request, response, 'demand', say('console:demand.title'), {
      regions: theirs(response),
      region,
      asked: demand.asked ?? say('console:demand.few'),
      nothingOpen: demand.nothingOpen ?? say('console:demand.few'),
      rows: demand.rows.map(wordsOf),
      ...mapFrame(desk.world().directory, region, parts, response),
      areas: demand.areas.map(areaOf),
      grid: demand.grid.map((day) =>
        day.map((count) => ({
          count: count ?? say('console:demand.few'),
          level: count ? Math.ceil((count / most) * 4) : 0,
        })),
      ),
    });
  });
  router.get('/demand.csv', allow('demand.see'), async (request, response) => {
    const region = wanted(request, response);
    if (!region) return missing(request, response);
    const { rows } = await demandOf(desk, region);
    const lines = rows
      .map(wordsOf)
      .map(({ place, service, asked, nothingOpen }) => [place, service, String(asked), String(nothingOpen)]);
    response
      .attachment(`kebutuhan-${region.code}.csv`)
      .type('text/csv; charset=utf-8')
      .send(csvOf([['kecamatan', 'service', 'asked', 'nothing_open'], ...lines]));
  });
  return router;
}
