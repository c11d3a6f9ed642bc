import type { Intent } from '../../domain/intent.js';
import type { Session } from '../../domain/session.js';
import { withoutChoices } from './choices.js';
import { hasScene, SCENES } from './registry.js';
import type { SceneContext, SceneResult } from './turn.js';

/** The card; then what was asked about money, as the law of emergencies; and, only in doubt, what is open. */
export function emergencyFirst(context: SceneContext): readonly SceneResult[] {
  const level = context.turn.emergency?.level;
  const others = context.words.intents.filter(
    (intent) => intent === 'eligibility' || (level === 'ask' && intent === 'open_now'),
  );
  return besideCard(context, SCENES.emergency.open({ ...context, last: true }), others);
}

/** A card with its question, and below it the answers to what was asked besides. */
export function besideCard(
  context: SceneContext,
  card: SceneResult,
  others: readonly Intent[],
): readonly SceneResult[] {
  const after = { ...context, session: { ...context.session, ...card.session }, last: false };
  const rest = others.filter(hasScene).map((intent) => {
    const result = SCENES[intent].open(after);
    return { ...result, replies: withoutChoices(result.replies), session: keepWaiting(result, card) };
  });
  return [card, ...rest];
}

/** What an addition to a card leaves of the session: its memory, not its question. */
function keepWaiting(result: SceneResult, card: SceneResult): Partial<Session> {
  const { awaiting: _awaiting, resume: _resume, ...memory } = result.session ?? {};
  return { ...memory, ...(card.session?.awaiting === undefined ? {} : { awaiting: card.session.awaiting }) };
}
