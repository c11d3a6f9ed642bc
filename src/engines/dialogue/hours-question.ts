import type { Facility } from '../../domain/facility.js';
import { type Phrase, phrase } from '../../domain/phrase.js';
import type { ReplyDraft } from '../../domain/reply.js';
import { DAY, type DayText, dayOf, type Instant, startOfDay, type Zone } from '../../domain/time.js';
import type { Directory } from '../../ports/directory.js';
import { hoursOf } from './facility-lines.js';
import { weekBlock } from './scenes/facility-page.js';

/** The morning's question to a facility's own contact about one day. */
export interface HoursQuestion {
  readonly day: DayText;
  readonly reply: ReplyDraft;
  /** True when the hours are stated in the data, so that a yes confirms them; false: the usual pattern is shown. */
  readonly stated: boolean;
}

/**
 * The question whether today's outpatient hours, and the week that they belong to, are right, told as the bot tells them.
 * Null on a day when the facility should not be open, and when something extraordinary is in force that day: a yes to
 * special hours says nothing about the week.
 */
export function hoursQuestion(
  facility: Facility,
  now: Instant,
  zone: Zone,
  directory: Directory,
): HoursQuestion | null {
  const day = dayOf(now, zone);
  const from = startOfDay(day, zone);
  if (facility.status !== 'operating' || directory.exceptions(facility, from, from + DAY).length > 0) return null;
  const stretches = directory.dayPlan(facility, 'outpatient', day);
  if (!stretches.some(({ state }) => state === 'open')) return null;
  const stated = directory
    .statements(facility, 'outpatient', now)
    .some(({ standing, hours }) => standing === 'active' && hours !== null);
  const today: Phrase = phrase(stated ? 'reports:check.today' : 'reports:check.todayUsual', {
    day: { moment: now, zone, style: 'day' },
    hours: hoursOf(stretches, zone),
  });
  const choices = (['yes', 'closed', 'other'] as const).map((said) => ({
    id: `check:${said}:${day}:${facility.id}`,
    label: phrase(`reports:check.${said}`),
  }));
  const paragraphs = [
    phrase('reports:check.hello', { name: facility.name }),
    today,
    ...weekBlock(facility, now, zone, directory).slice(0, 1),
    phrase('reports:check.question'),
  ];
  return { day, stated, reply: { type: 'text', paragraphs, choices } };
}
