import { type Request, type Response, Router } from 'express';
import { ROLES, type StaffMember } from '../../domain/staff.js';
import { AppError } from '../../errors.js';
import { markOf } from '../../services/staff-facility.js';
import { addMember, changeMember, resetMember } from '../../services/staff-members.js';
import { lastSeen } from '../../services/staff-seen.js';
import { Form } from './form.js';
import { allow, missing } from './guard.js';
import { draw, goTo, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

/** Accounts, for admins. One limited to regions cannot give away more than they have. */
export function staffRoutes({ desk, staff }: ConsoleParts): Router {
  const router = Router();
  router.use('/staff', allow('staff.manage'));

  const page = async (request: Request, response: Response, fault: string | null = null) => {
    const { member } = visitorOf(response);
    const members = (await staff.list()).filter((each) => within(member, each.regions));
    const regions = desk.world().directory.regions.filter(({ code }) => within(member, [code]));
    draw(request, response, 'staff', say('console:nav.staff'), {
      members,
      seen: await lastSeen(
        desk,
        members.map(({ id }) => id),
      ),
      nameOf: (code: string) => desk.world().directory.region(code)?.name ?? code,
      regions,
      roles: ROLES,
      fault,
      rightsMark,
    });
  };
  const readRegions = (form: Form, by: StaffMember): readonly string[] | null => {
    const known = new Set(desk.world().directory.regions.map(({ code }) => code));
    const regions = form.all('region').filter((code) => known.has(code));
    return within(by, regions) ? regions : null;
  };
  const wanted = async (request: Request, response: Response) => {
    const { member: by } = visitorOf(response);
    const found = (await staff.list()).find(({ id }) => id === request.params.id);
    return found && within(by, found.regions) ? found : null;
  };

  router.get('/staff', (request, response) => page(request, response));
  router.post('/staff', async (request, response) => {
    const form = new Form(request.body);
    const { member: by } = visitorOf(response);
    const regions = readRegions(form, by);
    try {
      if (regions === null) throw new AppError('INPUT_INVALID', 'a region that is not theirs');
      const email = form.text('email');
      const role = form.oneOf('role', ROLES, 'viewer');
      const name = form.text('name', 100) || email;
      await addMember(desk, staff, by, { email, name, password: form.raw('password'), role, regions });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'INPUT_INVALID') throw error;
      response.status(422);
      return page(request, response, say('console:staff.refused'));
    }
    goTo(response, '/console/staff?saved=staff_added');
  });
  router.post('/staff/:id', async (request, response) => {
    const form = new Form(request.body);
    const { member: by } = visitorOf(response);
    const member = await wanted(request, response);
    const regions = readRegions(form, by);
    if (!member) return missing(request, response);
    // Whoever takes their own rights away may leave a house without a key.
    if (member.id === by.id || regions === null) {
      response.status(422);
      return page(request, response, say('console:staff.notYourself'));
    }
    const role = form.oneOf('role', ROLES, member.role);
    if (rightsMark(member) !== form.text('mark', 40)) {
      response.status(409);
      return page(request, response, say('console:moved.title'));
    }
    await changeMember(desk, staff, by, member, { role, regions, active: form.ticked('active') });
    goTo(response, '/console/staff?saved=staff_changed');
  });
  router.post('/staff/:id/reset', async (request, response) => {
    const { member: by } = visitorOf(response);
    const member = await wanted(request, response);
    if (!member) return missing(request, response);
    try {
      await resetMember(desk, staff, by, member, new Form(request.body).raw('password'));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'INPUT_INVALID') throw error;
      response.status(422);
      return page(request, response, say('console:staff.refused'));
    }
    goTo(response, '/console/staff?saved=staff_reset');
  });
  return router;
}

/** True when somebody limited to regions has all of these; "every region" (none named) only who is not limited. */
function within(by: StaffMember, regions: readonly string[]): boolean {
  if (by.regions.length === 0) return true;
  return regions.length > 0 && regions.every((code) => by.regions.includes(code));
}

/** Names what a member may do, as the form shows it. */
function rightsMark({ role, regions, active }: StaffMember): string {
  return markOf([role, regions, active]);
}
