import { chosen } from './choose.js';
import { emergencyFirst } from './emergency-first.js';
import { unreadable } from './not-understood.js';
import { pin } from './pin.js';
import { asksBotToo, backToBot, flagged, hearerOf, kept, noted } from './scenes/handover.js';
import { spoken } from './spoken.js';
import type { SceneContext, SceneResult, Turn, TurnResult, World } from './turn.js';
import { turnResult } from './turn-result.js';
import { whatWasSaid } from './what-was-said.js';

/**
 * Decides a turn: what the message means, what is answered, and how the conversation stands afterwards.
 * Pure: the clock, the directory and the rules come in with the turn. Never throws on what a resident wrote.
 */
export function step(turn: Turn, world: World): TurnResult {
  const context = whatWasSaid(turn, world);
  return turnResult(context, run(context));
}

/** An emergency before all else; then, in a talk with the health office, who of the two the message is for. */
function run(context: SceneContext): readonly SceneResult[] {
  if (context.turn.emergency !== null) return flagged(context, emergencyFirst(context));
  const hearer = hearerOf(context);
  switch (hearer) {
    case 'staff':
      return [kept(context)];
    case 'both': {
      const results = answer(context);
      const urgent = results.some((result) => result.emergency !== undefined);
      return [...results, kept(context, urgent)];
    }
    case 'note':
      return asksBotToo(context) ? [noted(context), ...answer(context)] : [noted(context)];
    case 'return':
    case 'end':
      return [backToBot(hearer)];
    case 'bot':
      return answer(context);
  }
}

/** What the bot itself says to a message. */
function answer(context: SceneContext): readonly SceneResult[] {
  const { body } = context.turn;
  if (body.type === 'location') return [pin(context, body.point)];
  if (body.type === 'choice') return [chosen(context, body.value)];
  if (body.type === 'unreadable') return [unreadable(body.kind)];
  return spoken(context, body.text);
}
