import type { Intent } from '../../domain/intent.js';
import { withoutChoices } from './choices.js';
import { hasScene, SCENES, type SceneIntent } from './registry.js';
import type { SceneContext, SceneResult } from './turn.js';

/** Every intent in its order; only the last with something to say numbers its choices. */
export function eachWish(context: SceneContext): readonly SceneResult[] {
  const intents = context.words.intents.filter(hasScene);
  const speaking = wishesIn(intents);
  const results: SceneResult[] = [];
  let { session, contact } = context;
  speaking.forEach((intent, index) => {
    const last = index === speaking.length - 1;
    const result = SCENES[intent].open({ ...context, session, contact, last });
    session = { ...session, ...result.session };
    contact = { ...contact, ...result.contact };
    results.push(result);
  });
  if (results.some(isHandedOver)) return results.filter((result) => isHandedOver(result) || !result.session?.awaiting);
  // Only one reply may offer choices, or "2" would mean two things: the one whose question waits, else the last.
  const asking = results.findLastIndex((result) => result.session?.awaiting);
  const offers = asking === -1 ? results.length - 1 : asking;
  return results.map((result, index) =>
    index === offers ? result : { ...result, replies: withoutChoices(result.replies) },
  );
}

const COURTESY: ReadonlySet<Intent> = new Set(['greeting', 'thanks', 'menu']);
/** Where there is nothing but courtesy, the one that is answered: "halo, bisa bantu apa?" asks for the menu. */
const FIRST_OF_COURTESY = ['menu', 'thanks', 'greeting'] as const satisfies readonly SceneIntent[];

/** What is to be answered of a message: its wishes; of courtesy alone one word, for a welcome and a goodbye are too much. */
function wishesIn(intents: readonly SceneIntent[]): readonly SceneIntent[] {
  const wishes = intents.filter((intent) => !COURTESY.has(intent));
  if (wishes.length > 0) return wishes;
  return FIRST_OF_COURTESY.filter((intent) => intents.includes(intent)).slice(0, 1);
}

/** From here on staff answer: a question of the bot's own would wait for an answer that goes to them. */
function isHandedOver({ conversation }: SceneResult): boolean {
  return conversation?.act === 'open' && conversation.silentUntil !== null;
}
