import { Router } from 'express';
import type { Facility } from '../../domain/facility.js';
import type { Point } from '../../domain/place.js';
import { isTheirs } from '../policies/staff.js';
import { KINDS } from './facilities.js';
import { Form } from './form.js';
import { allow, missing } from './guard.js';
import { draw, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

const WIDTH = 1000;
const MARGIN = 24;
/** A map with more points than this shows only the puskesmas: nobody can tell more apart. */
const MOST_POINTS = 400;

/** A map without tiles: the villages of a region as dots, their outline, and its facilities by what they are now. */
export function mapRoutes({ desk }: ConsoleParts): Router {
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
    const villages = directory.areas.filter(
      ({ code, level, centroid }) => level === 'kelurahan_desa' && centroid && code.startsWith(`${region.code}.`),
    );
    const all = directory.within(region.code, KINDS);
    const facilities =
      all.length > MOST_POINTS ? all.filter(({ kind }) => kind === 'puskesmas').slice(0, MOST_POINTS) : all;
    const placed = facilities.filter((facility): facility is Facility & { point: Point } => facility.point !== null);
    const dots = villages.flatMap(({ centroid }) => (centroid ? [centroid] : []));
    const project = projection([...dots, ...placed.map(({ point }) => point)]);
    draw(request, response, 'map', say('console:nav.map'), {
      regions,
      region,
      service,
      width: WIDTH,
      height: project.height,
      outline: hull(dots.map(project.of))
        .map(({ x, y }) => `${x},${y}`)
        .join(' '),
      villages: dots.map(project.of),
      places: placed.map((facility) => ({
        facility,
        ...project.of(facility.point),
        state: directory.openAt(facility, service, now).state,
      })),
      withoutPoint: all.filter(({ point }) => point === null),
    });
  });
  return router;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Degrees to the drawing's units; near the equator a degree is as wide as it is high. */
function projection(points: readonly Point[]): { readonly height: number; of(point: Point): Spot } {
  const lats = points.map(({ lat }) => lat);
  const lngs = points.map(({ lng }) => lng);
  const [south, north] = [least(lats), -least(lats.map((lat) => -lat))];
  const [west, east] = [least(lngs), -least(lngs.map((lng) => -lng))];
  const scale = (WIDTH - 2 * MARGIN) / Math.max(0.01, east - west);
  const height = Math.round(Math.min(2 * WIDTH, Math.max(200, (north - south) * scale + 2 * MARGIN)));
  return {
    height,
    of: ({ lat, lng }) => ({
      x: Math.round(MARGIN + (lng - west) * scale),
      y: Math.round(Math.min(height - MARGIN, MARGIN + (north - lat) * scale)),
    }),
  };
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

/** The corners of the smallest outline around the spots (Andrew's monotone chain). */
function hull(spots: readonly Spot[]): readonly Spot[] {
  const sorted = [...spots].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const turn = (o: Spot, a: Spot, b: Spot) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const half = (list: readonly Spot[]): Spot[] => {
    const chain: Spot[] = [];
    for (const spot of list) {
      while (chain.length >= 2 && turn(chain.at(-2) as Spot, chain.at(-1) as Spot, spot) <= 0) chain.pop();
      chain.push(spot);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}
