import type { Awaiting, Session } from '../../domain/session.js';
import { SCENES } from './registry.js';
import { hoursCheck } from './scenes/hours-check.js';
import { report } from './scenes/report.js';
import { isTelling } from './scenes/report-words.js';
import type { Scene, SceneContext } from './turn.js';

/** Who hears the answer to a question that waits; null: the next message stands for itself, unless staff read it. */
const ASKED_BY: Readonly<Record<Awaiting['scene'], Scene | null>> = {
  find_facility: SCENES.open_now,
  facility_info: SCENES.facility_info,
  eligibility: SCENES.eligibility,
  emergency_place: SCENES.emergency,
  emergency_signs: SCENES.emergency,
  announcements: SCENES.opt_in,
  office: SCENES.human,
  office_note: null,
  privacy: SCENES.privacy,
  report,
  hours_check: hoursCheck,
};

/** The scene whose question waits for its answer; null when none does. */
export function sceneThatAsked({ awaiting }: Session): Scene | null {
  return awaiting === null ? null : ASKED_BY[awaiting.scene];
}

/** True while a place is what was asked for: then a bare name is one. */
export function waitsForPlace({ awaiting }: Session): boolean {
  return (
    awaiting?.scene === 'find_facility' ||
    awaiting?.scene === 'emergency_place' ||
    awaiting?.scene === 'facility_info' ||
    awaiting?.scene === 'office' ||
    awaiting?.scene === 'announcements' ||
    (awaiting?.scene === 'report' && awaiting.asks === 'facility') ||
    (awaiting?.scene === 'eligibility' && awaiting.fact === 'ktp')
  );
}

/** While a flow waits, an intent of its own is an answer to it. */
export function answersQuestion(context: SceneContext): boolean {
  const { session, words } = context;
  const waiting = session.awaiting?.scene;
  if (waiting === 'report') return tellsOfFacility(context);
  if (waiting === 'hours_check') return isTelling(context);
  const [first, second] = words.intents;
  if (second !== undefined) return false;
  if (waiting === 'find_facility') return first === 'open_now' || (first === 'facility_info' && !isOfOnePage(context));
  if (waiting === 'eligibility') return first === 'eligibility';
  if (waiting === 'facility_info') return first === 'facility_info';
  return waiting === 'emergency_place' && first === 'open_now';
}

/** "Puskesmas Beji alamatnya?" names its facility and asks for its page, whatever place was waited for. */
function isOfOnePage({ words }: SceneContext): boolean {
  const { phone, address, map, services, doctors } = words.asks;
  return words.place?.kind === 'facility' && (phone || address || map || services || doctors);
}

/** The name of a facility that was asked for, or what is told of it: "jamnya salah, tutup jam 12" is worded like a wish. */
function tellsOfFacility(context: SceneContext): boolean {
  const { awaiting } = context.session;
  if (awaiting?.scene !== 'report') return false;
  return awaiting.asks === 'facility' ? context.words.place?.kind === 'facility' : isTelling(context);
}
