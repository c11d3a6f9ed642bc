import { type Phrase, phrase } from '../../../domain/phrase.js';
import type { Region } from '../../../domain/place.js';
import { MENU_CHOICE } from '../choices.js';
import type { Scene, SceneContext, SceneResult } from '../turn.js';
import { regionOf } from '../whereabouts.js';
import { askOffice } from './handover.js';

/** The region that the message names, else the one that is remembered. */
function regionMeant({ words, contact, world }: SceneContext): Region | null {
  const place = words.place;
  const named =
    place?.kind === 'area' ? place.area.code : place?.kind === 'facility' ? place.facility.regionCode : null;
  const code = named ?? contact.regionCode;
  return code === null ? null : regionOf(code, world.directory);
}

function contactLines(region: Region | null): readonly Phrase[] {
  const meanwhile = phrase('dialogue:office.meanwhile');
  if (!region) return [phrase('dialogue:office.no_region'), meanwhile];
  if (region.officeContact === null) return [phrase('dialogue:office.unknown', { region: region.name }), meanwhile];
  return [phrase('dialogue:office.contact', { region: region.name, contact: region.officeContact })];
}

function respond(context: SceneContext, intent: 'human' | 'feedback', before: readonly Phrase[]): SceneResult {
  const region = regionMeant(context);
  return {
    intent,
    replies: [{ type: 'text', paragraphs: [...before, ...contactLines(region)], choices: [MENU_CHOICE] }],
    session: { awaiting: region ? null : { scene: 'office' } },
    contact: region ? { regionCode: region.code } : {},
  };
}

/**
 * "Mau bicara dengan petugas": to somebody of the health office where its region has staff who answer here; else the
 * region's own contact, or an honest word that none is recorded.
 */
export const human: Scene = {
  open: speak,
  answer: (context) =>
    context.session.awaiting?.scene === 'office' && context.words.place !== null ? speak(context) : null,
};

function speak(context: SceneContext): SceneResult {
  const region = regionMeant(context);
  const staffing = region === null ? null : (context.world.handover?.(region.code, context.turn.now) ?? null);
  if (region === null || staffing === null) return respond(context, 'human', []);
  return askOffice(context, region, staffing, region.officeContact === null ? [] : contactLines(region));
}

/** A complaint or a suggestion: where it is heard. The bot does not claim to pass it on. */
export const feedback: Scene = {
  open: (context) =>
    respond(context, 'feedback', [phrase('dialogue:office.feedback'), phrase('dialogue:office.feedback_how')]),
};
