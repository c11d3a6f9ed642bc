import { phrase } from '../../domain/phrase.js';
import type { Point } from '../../domain/place.js';
import { MENU_CHOICE } from './choices.js';
import { servedRegions } from './place-answer.js';
import { adviseAt, waitingCard } from './scenes/emergency.js';
import { showAt } from './scenes/find-facility.js';
import type { SceneContext, SceneResult } from './turn.js';
import { whereIsPoint } from './whereabouts.js';

/** A shared location: the place that a question waited for, or in itself "what is open near me?". */
export function pin(context: SceneContext, point: Point): SceneResult {
  const { session, world } = context;
  const place = { kind: 'point' as const, point };
  const card = waitingCard(session);
  if (card !== null) return { ...adviseAt(context, card.emergency, place), intent: 'emergency' };
  if (whereIsPoint(point, world.directory).region === null) return outside(context);
  return { ...showAt(context, place), intent: 'location' };
}

function outside({ world }: SceneContext): SceneResult {
  return {
    intent: 'location',
    replies: [
      {
        type: 'text',
        paragraphs: [
          phrase('dialogue:find.outside_point', { regions: servedRegions(world.directory) }),
          phrase('dialogue:find.outside_help'),
        ],
        choices: [MENU_CHOICE],
      },
    ],
    session: { awaiting: null },
  };
}
