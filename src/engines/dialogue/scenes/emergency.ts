import type { Emergency } from '../../../domain/emergency.js';
import { phrase } from '../../../domain/phrase.js';
import type { ReplyDraft } from '../../../domain/reply.js';
import type { SearchPlace, Session } from '../../../domain/session.js';
import { adviseEmergency, detectAnswer } from '../../emergency/index.js';
import { placeOf } from '../place-answer.js';
import type { Scene, SceneContext, SceneResult, Whereabouts } from '../turn.js';
import { regionOf, whereabouts } from '../whereabouts.js';

/** What to do now, whom to call, where to go. It comes before everything, and afterwards the talk can go on where it was. */
export const emergencyScene: Scene = {
  open: (context) => {
    const { emergency } = context.turn;
    if (emergency === null) return tellMore();
    return advise(context, emergency, whereNow(context));
  },

  /** The place after a card, or the answer to its one question. */
  answer: (context) => {
    const { session, words, turn } = context;
    const waiting = session.awaiting;
    if (waiting?.scene !== 'emergency_place' && waiting?.scene !== 'emergency_signs') return null;
    if (turn.normal !== null) {
      const changed = detectAnswer(turn.normal, waiting.emergency);
      if (changed !== null) return advise(context, changed, whereNow(context));
    }
    const place = words.place;
    if (place?.kind === 'area' || place?.kind === 'facility')
      return advise(context, waiting.emergency, whereNow(context));
    return null;
  },
};

/** The menu's "keadaan darurat": the number at once, then what happened. */
export function tellMore(): SceneResult {
  return {
    intent: 'choice',
    replies: [{ type: 'text', paragraphs: [phrase('dialogue:emergency.tell')], choices: [] }],
    session: { awaiting: null },
  };
}

/** The card again with the way to go, now that the place is known. */
export function adviseAt(context: SceneContext, emergency: Emergency, place: SearchPlace): SceneResult {
  return advise(context, emergency, whereabouts(place, context.world.directory));
}

/** The place named now, else the one of the last search, else no more than the remembered region. */
function whereNow({ words, session, contact, world }: SceneContext): Whereabouts {
  const { directory } = world;
  const place = words.place;
  if (place?.kind === 'area' || place?.kind === 'facility') return whereabouts(placeOf(place), directory);
  if (place?.kind === 'outside') return { region: null, area: null, point: null };
  if (session.search) return whereabouts(session.search.place, directory);
  const region = contact.regionCode === null ? null : regionOf(contact.regionCode, directory);
  return { region, area: region ? directory.area(region.code) : null, point: null };
}

function advise(context: SceneContext, emergency: Emergency, where: Whereabouts): SceneResult {
  const { turn, world, session } = context;
  const advice = adviseEmergency(emergency, where, world.directory, turn.now);
  const interrupted = resumable(session);
  const choices = interrupted
    ? [...advice.choices, { id: 'resume', label: phrase('dialogue:emergency.resume') }]
    : advice.choices;
  const card: ReplyDraft = {
    type: 'text',
    paragraphs: advice.paragraphs,
    choices,
    ...(where.point === null ? { askLocation: true } : {}),
  };
  return {
    intent: 'emergency',
    replies: [card, ...advice.places],
    session: {
      awaiting: { scene: where.point === null ? 'emergency_place' : 'emergency_signs', emergency },
      resume: interrupted,
      puzzled: 0,
    },
    contact: where.region ? { regionCode: where.region.code } : {},
    emergency,
    facilities: advice.facilities,
    events: [
      {
        kind: 'emergency_answered',
        emergency: emergency.kind,
        level: emergency.level,
        areaCode: where.area?.code ?? null,
      },
    ],
  };
}

/** The question that waited before the emergency, kept over several cards. */
function resumable(session: Session): Session['resume'] {
  const waiting = session.awaiting;
  const ofEmergency = waiting?.scene === 'emergency_place' || waiting?.scene === 'emergency_signs';
  return waiting === null || ofEmergency ? session.resume : waiting;
}
