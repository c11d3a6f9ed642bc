import type { Intent } from '../../domain/intent.js';
import { phrase } from '../../domain/phrase.js';
import type { Awaiting, SearchPlace } from '../../domain/session.js';
import type { PlaceTrace } from '../../domain/trace.js';
import type { Directory } from '../../ports/directory.js';
import type { PlaceAsked } from '../understanding/index.js';
import { MENU_CHOICE } from './choices.js';
import type { SceneContext, SceneResult } from './turn.js';

/** Where a search for a settled place starts. */
export function placeOf(asked: Exclude<PlaceAsked, { kind: 'ambiguous' | 'outside' }>): SearchPlace {
  return asked.kind === 'area' ? { kind: 'area', code: asked.area.code } : { kind: 'facility', id: asked.facility.id };
}

/** The trace of what the person named; null when it must be asked back. */
export function placeTrace(asked: PlaceAsked | null): PlaceTrace | null {
  if (asked === null || asked.kind === 'ambiguous') return null;
  if (asked.kind === 'outside') return { kind: 'outside', code: null, name: asked.name };
  if (asked.kind === 'facility') return { kind: 'facility', code: null, name: asked.facility.name };
  return { kind: asked.area.level, code: asked.area.code, name: asked.area.name };
}

/** "Which of them?" for a name that several places share; the question that waited goes on waiting. */
export function askWhich(
  intent: Intent,
  asked: Extract<PlaceAsked, { kind: 'ambiguous' }>,
  waiting: Awaiting,
): SceneResult {
  const choices = asked.options.slice(0, 9).map((option) => ({
    id: option.kind === 'area' ? `place:${option.area.code}` : `at:${option.facility.id}`,
    label: phrase('dialogue:find.which_option', {
      name: option.kind === 'area' ? option.area.name : option.facility.name,
      within: option.within,
    }),
  }));
  return {
    intent,
    replies: [
      {
        type: 'text',
        paragraphs: [phrase('dialogue:find.ask_which', { name: asked.name })],
        choices: [...choices, MENU_CHOICE],
      },
    ],
    session: { awaiting: waiting },
  };
}

/** The names of the regions that this server has data for. */
export function servedRegions(directory: Directory): string {
  return directory.regions.map((region) => region.name).join(', ');
}

/** A polite word on a place of which nothing is known here. */
export function outsidePlace({ world }: SceneContext, intent: Intent, name: string): SceneResult {
  return {
    intent,
    replies: [
      {
        type: 'text',
        paragraphs: [
          phrase('dialogue:find.outside', { name, regions: servedRegions(world.directory) }),
          phrase('dialogue:find.outside_help'),
        ],
        choices: [MENU_CHOICE],
      },
    ],
    session: { awaiting: null },
  };
}
