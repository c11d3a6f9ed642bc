import { phrase } from '../../domain/phrase.js';
import type { Point } from '../../domain/place.js';
import { MENU_CHOICE } from './choices.js';
import { servedRegions } from './place-answer.js';
import { adviseAt, waitingCard } from './scenes/emergency.js';
import { showList } from './scenes/find-facility.js';
import type { SceneContext, SceneResult } from './turn.js';
import { whereIsPoint } from './whereabouts.js';

/** A shared location: the place that a question waited for, or in itself "what is open near me?". */
export function pin(context: SceneContext, point: Point): SceneResult {
  const { session, world } = context;
  const waiting = session.awaiting;
  const place = { kind: 'point' as const, point };
  const card = waitingCard(session);
  if (card !== null) return { ...adviseAt(context, card.emergency, place), intent: 'emergency' };
  if (whereIsPoint(point, world.directory).region === null) return outside(context);
  const query = waiting?.scene === 'find_facility' ? waiting : { services: [], kinds: [], only24h: false, at: null };
  const shown = showList(context, {
    place,
    services: query.services,
    kinds: query.kinds,
    only24h: query.only24h,
    at: query.at,
    offset: 0,
  });
  return { ...shown, intent: 'location' };
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
