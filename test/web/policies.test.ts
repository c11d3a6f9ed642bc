import { describe, expect, it } from 'vitest';
import { ROLES, type Role, type StaffMember } from '../../src/domain/staff.js';
import { type Action, isTheirs, MAY, may } from '../../src/web/policies/staff.js';

function member(role: Role, regions: readonly string[] = [], active = true): StaffMember {
  return { id: 'x', email: 'x@example.test', name: 'X', role, regions, active, secondFactor: false };
}

/** The table as agreed, written out a second time and by hand: A admin, E editor, P approver, V viewer. */
const AGREED: Readonly<Record<Action, string>> = {
  'today.see': 'AEPV',
  'channels.link': 'A',
  'facilities.see': 'AEPV',
  'facilities.edit': 'AE',
  'facilities.import': 'AE',
  'facilities.export': 'AEPV',
  'exceptions.see': 'AEPV',
  'exceptions.edit': 'AEP',
  'holidays.see': 'AEPV',
  'holidays.edit': 'AE',
  'regions.see': 'AEPV',
  'regions.edit': 'A',
  'programmes.see': 'AEPV',
  'programmes.edit': 'AP',
  'conversations.see': 'AEP',
  'conversations.answer': 'AEP',
  'conversations.canned': 'AE',
  'conversations.settings': 'A',
  'announcements.see': 'AEPV',
  'announcements.write': 'AE',
  'announcements.approve': 'AP',
  'announcements.steer': 'AEP',
  'announcements.settings': 'A',
  'demand.see': 'AEPV',
  'reports.see': 'AEPV',
  'reports.answer': 'AE',
  'reports.morning': 'AE',
  'pilot.see': 'AEPV',
  'pilot.sign': 'A',
  'cards.see': 'AEPV',
  'cards.sign': 'AP',
  'audit.see': 'AEP',
  'audit.export': 'AP',
  'privacy.export': 'A',
  'staff.manage': 'A',
};
const LETTER: Readonly<Record<Role, string>> = { admin: 'A', editor: 'E', approver: 'P', viewer: 'V' };
const ACTIONS = Object.keys(MAY) as Action[];

describe('who may do what', () => {
  it('has every action in the agreed table', () => expect(ACTIONS.sort()).toEqual(Object.keys(AGREED).sort()));

  const cells = ACTIONS.flatMap((action) =>
    ROLES.map((role) => [role, action, AGREED[action].includes(LETTER[role])] as const),
  );

  it.each(cells)('%s, %s: %s', (role, action, allowed) => {
    expect(may(member(role), action)).toBe(allowed);
    expect(may(member(role), action, '64.02')).toBe(allowed);
    expect(may(member(role), action, null)).toBe(allowed);
  });

  it.each(cells)(
    '%s of Kukar only, %s: in Kukar %s, never in Bontang or for the whole country',
    (role, action, allowed) => {
      const limited = member(role, ['64.02']);
      expect(may(limited, action, '64.02')).toBe(allowed);
      expect(may(limited, action, '64.74')).toBe(false);
      expect(may(limited, action, null)).toBe(false);
    },
  );

  it.each(cells)('a closed account of %s, %s: no', (role, action) => {
    expect(may(member(role, [], false), action)).toBe(false);
  });

  it('a region that only begins like theirs is not theirs', () => {
    expect(isTheirs(member('editor', ['64.02']), '64.0')).toBe(false);
    expect(isTheirs(member('editor', ['64.02']), '64.021')).toBe(false);
    expect(isTheirs(member('editor', ['64.02']), '64.02')).toBe(true);
    expect(isTheirs(member('editor'), '64.74')).toBe(true);
  });
});
