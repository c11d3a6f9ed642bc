import { Router } from 'express';
import type { Facility, FacilityKind } from '../../domain/facility.js';
import type { Directory } from '../../ports/directory.js';
import { gradeOf, isOld } from '../../services/staff-today.js';
import { isTheirs } from '../policies/staff.js';
import { Form } from './form.js';
import { allow } from './guard.js';
import { draw, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

const PAGE = 50;
export const KINDS: readonly FacilityKind[] = ['puskesmas', 'pustu', 'hospital', 'clinic'];

/** What the list can be narrowed to, and which facilities that is. */
const STATES: Readonly<Record<string, (facility: Facility, directory: Directory, now: number) => boolean>> = {
  open: (facility, directory, now) => directory.openAt(facility, 'outpatient', now).state === 'open',
  closed: (facility, directory, now) => directory.openAt(facility, 'outpatient', now).state === 'closed',
  unknown: (facility, directory, now) => directory.openAt(facility, 'outpatient', now).state === 'unknown',
  verified: (facility) => gradeOf(facility) === 'verified',
  published: (facility) => gradeOf(facility) === 'published',
  assumed: (facility) => gradeOf(facility) === 'assumed',
  old: (facility, _directory, now) => isOld(facility, now),
  unconfirmed: ({ status }) => status === 'unconfirmed',
  no_phone: ({ phone }) => phone === null,
  no_point: ({ point }) => point === null,
};

/** The list of facilities, searched and narrowed by the address of the page. */
export function facilitiesRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  router.get('/facilities', allow('facilities.see'), (request, response) => {
    const { member } = visitorOf(response);
    const { directory } = desk.world();
    const now = desk.now();
    const query = new Form(request.query);
    const wanted = {
      q: query.text('q', 100),
      region: query.text('region', 20),
      kind: query.text('kind', 20),
      state: query.text('state', 20),
    };
    const words = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
    const test = Object.hasOwn(STATES, wanted.state) ? STATES[wanted.state] : undefined;
    const regions = directory.regions.filter(({ code }) => isTheirs(member, code));
    const found = regions
      .filter(({ code }) => wanted.region === '' || code === wanted.region)
      .flatMap(({ code }) => directory.within(code, KINDS))
      .filter(({ kind }) => wanted.kind === '' || kind === wanted.kind)
      .filter((facility) => words.length === 0 || matches(facility, words, directory))
      .filter((facility) => test === undefined || test(facility, directory, now));
    const page = Math.min(Math.max(1, Number(query.text('page')) || 1), Math.max(1, Math.ceil(found.length / PAGE)));
    draw(request, response, 'facilities', say('console:nav.facilities'), {
      wanted,
      regions,
      kinds: KINDS,
      states: Object.keys(STATES),
      count: found.length,
      page,
      pages: Math.ceil(found.length / PAGE),
      link: (to: number) => `/console/facilities?${new URLSearchParams({ ...wanted, page: String(to) })}`,
      rows: found.slice((page - 1) * PAGE, page * PAGE).map((facility) => ({
        facility,
        place: directory.area(facility.kecamatanCode ?? '')?.name ?? directory.region(facility.regionCode)?.name ?? '',
        outpatient: directory.openAt(facility, 'outpatient', now).state,
        ugd: directory.openAt(facility, 'ugd', now).state,
        grade: gradeOf(facility),
        exceptions: directory.exceptions(facility, now, now + 1).filter(({ service }) => service === null),
        zone: directory.region(facility.regionCode)?.zone ?? 'Asia/Jakarta',
      })),
    });
  });
  return router;
}

function matches(facility: Facility, words: readonly string[], directory: Directory): boolean {
  const kecamatan = directory.area(facility.kecamatanCode ?? '')?.name ?? '';
  const text = `${facility.name} ${facility.aliases.join(' ')} ${kecamatan}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
