import { Router } from 'express';
import type { Facility } from '../../domain/facility.js';
import type { Point } from '../../domain/place.js';
import { isTheirs } from '../policies/staff.js';
import { KINDS } from './facilities.js';
import { Form } from './form.js';
import { allow, missing } from './guard.js';
import { mapFrame } from './map-frame.js';
import { pointsText } from './outline.js';
import { draw, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

/** A map with more points than this shows only the puskesmas: nobody can tell more apart. */
const MOST_POINTS = 300;

/** The facilities of a region by what they are now, on a map and in the table that the map is drawn from. */
export function mapRoutes(parts: ConsoleParts): Router {
  const { desk } = parts;
  const router = Router();
  router.get('/map', allow('facilities.see'), (request, response) => {
    const { member } = visitorOf(response);
    const { directory } = desk.world();
    const regions = directory.regions.filter(({ code }) => isTheirs(member, code));
    const query = new Form(request.query);
    const wanted = query.text('region', 20);
    const service = query.oneOf('service', ['outpatient', 'ugd'] as const, 'outpatient');
    const region = regions.find(({ code }) => code === wanted) ?? regions[0];
    if (!region) return missing(request, response);
    const now = desk.now();
    const all = directory.within(region.code, KINDS);
    const facilities =
      all.length > MOST_POINTS ? all.filter(({ kind }) => kind === 'puskesmas').slice(0, MOST_POINTS) : all;
    const placed = facilities.filter((facility): facility is Facility & { point: Point } => facility.point !== null);
    draw(request, response, 'map', say('console:nav.map'), {
      regions,
      region,
      service,
      ...mapFrame(directory, region, parts, response),
      places: placed.map((facility) => ({
        facility,
        at: pointsText([facility.point]),
        state: directory.openAt(facility, service, now).state,
      })),
      withoutPoint: all.filter(({ point }) => point === null),
    });
  });
  return router;
}
