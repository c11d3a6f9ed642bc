import { Router } from 'express';
import type { StaffMember } from '../../domain/staff.js';
import { DAY, type Instant, startOfDay, type Zone } from '../../domain/time.js';
import type { ChangeQuery, ChangeRecord } from '../../ports/facility-store.js';
import { csvOf } from '../../services/spreadsheet-cell.js';
import { differences } from '../../services/staff-audit.js';
import { isTheirs } from '../policies/staff.js';
import { auditAuthor, auditWords } from './audit-words.js';
import { Form } from './form.js';
import { allow } from './guard.js';
import { draw, momentText, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

const PAGE = 50;
const MOST_EXPORTED = 20_000;
/** The collections of the change log, as the filter offers them. */
const SUBJECTS = [
  'facilities',
  'facility_names',
  'service_hours',
  'hours_exceptions',
  'holidays',
  'emergency_numbers',
  'regions',
  'areas',
  'landmarks',
  'staff',
  'card_sign_offs',
  'conversations',
  'canned_replies',
  'handover',
  'reports',
  'facility_contacts',
  'morning_checks',
  'rule_versions',
  'pilot',
  'announcements',
  'announcement_settings',
  'seed',
] as const;

/** The kind of data in words; one that this page does not know yet by its own name. */
function collectionName(what: string): string {
  const known = SUBJECTS.find((each) => each === what);
  return known === undefined ? what : say(`console:collection.${known}`);
}

/** Who changed what, when, from what to what. */
export function auditRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  const read = (form: Form, limit: number, skip: number): ChangeQuery => {
    const [from, to] = [form.day('from'), form.day('to')];
    const start = (day: string): Instant => startOfDay(day, 'Asia/Jakarta');
    return {
      who: form.textOrNull('who', 200),
      what: SUBJECTS.find((each) => each === form.text('what')) ?? null,
      subject: form.textOrNull('subject', 200),
      from: from === null ? null : start(from),
      to: to === null ? null : start(to) + DAY,
      limit,
      skip,
    };
  };
  const regionOf = (change: ChangeRecord) =>
    desk.world().directory.facility(change.subject)?.regionCode ?? /\d{2}\.\d{2}/.exec(change.subject)?.[0];
  const zoneOf = (change: ChangeRecord): Zone =>
    desk.world().directory.region(regionOf(change) ?? '')?.zone ?? 'Asia/Jakarta';
  /** A change concerns a region by its facility or by the code in its name; what concerns none is everybody's. */
  const theirs = (member: StaffMember) => (change: ChangeRecord) => {
    if (member.regions.length === 0) return true;
    if (change.what === 'staff') return false;
    const code = regionOf(change);
    return code === undefined || isTheirs(member, code);
  };
  const nameOf = (change: ChangeRecord) => {
    const { directory } = desk.world();
    return directory.facility(change.subject)?.name ?? directory.region(change.subject)?.name ?? change.subject;
  };

  router.get('/audit', allow('audit.see'), async (request, response) => {
    const form = new Form(request.query);
    const page = Math.max(1, Math.min(10_000, Number(form.text('page', 6)) || 1));
    const changes = await desk.store.data.findChanges(read(form, PAGE + 1, (page - 1) * PAGE));
    const wanted = Object.fromEntries(
      ['who', 'what', 'subject', 'from', 'to'].map((name) => [name, form.text(name, 200)]),
    );
    draw(request, response, 'audit', say('console:nav.audit'), {
      wanted,
      subjects: SUBJECTS,
      page,
      more: changes.length > PAGE,
      link: (to: number) =>
        `/console/audit?${new URLSearchParams({ ...wanted, page: String(to) } as Record<string, string>)}`,
      exportLink: `/console/audit.csv?${new URLSearchParams(wanted as Record<string, string>)}`,
      rows: changes
        .slice(0, PAGE)
        .filter(theirs(visitorOf(response).member))
        .map((change) => ({
          change,
          what: collectionName(change.what),
          name: change.subject === 'seed' ? '' : nameOf(change),
          author: auditAuthor(change.who),
          zone: zoneOf(change),
          fields: differences(change, auditWords(desk.world().directory, zoneOf(change))),
        })),
    });
  });

  router.get('/audit.csv', allow('audit.export'), async (request, response) => {
    const changes = await desk.store.data.findChanges(read(new Form(request.query), MOST_EXPORTED, 0));
    const rows = changes
      .filter(theirs(visitorOf(response).member))
      .flatMap((change) =>
        differences(change).map(({ field, from, to }) => [
          new Date(change.at).toISOString(),
          momentText(change.at, 'Asia/Jakarta'),
          change.who,
          change.what,
          change.subject,
          nameOf(change),
          field,
          from,
          to,
        ]),
      );
    const head = ['at', 'at_wib', 'who', 'what', 'subject', 'name', 'field', 'from', 'to'];
    response
      .attachment('riwayat.csv')
      .type('text/csv; charset=utf-8')
      .send(csvOf([head, ...rows]));
  });
  return router;
}
