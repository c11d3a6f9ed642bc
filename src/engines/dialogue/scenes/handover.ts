import { type ConversationStep, isSilent, type Staffing } from '../../../domain/conversation.js';
import type { Intent } from '../../../domain/intent.js';
import type { MessageBody } from '../../../domain/message.js';
import { type Phrase, phrase } from '../../../domain/phrase.js';
import type { Region } from '../../../domain/place.js';
import { MINUTE, zoneAbbreviation } from '../../../domain/time.js';
import { MENU_CHOICE, MENU_CHOICES } from '../choices.js';
import type { SceneContext, SceneResult } from '../turn.js';
import { speaksToCard, waitingCard } from './emergency.js';

/**
 * Who a message is for. `staff`: a person answers, the bot says nothing. `both`: the bot answers and staff read it too.
 * `note`: what was asked for outside the hours of the office. `return`, `end`: back to the bot.
 */
export type Hearer = 'bot' | 'staff' | 'both' | 'note' | 'return' | 'end';

const RETURN =
  /^(menu|menu utama|main menu|start|bot|ke bot|kembali ke bot|kembali ke menu|balik ke bot|back to( the)? bot)$/;
const END = /^((sudah )?(selesai|cukup|beres)|((ti|en)?dak|n?gg?ak?|ndak?|tdk) jadi|batal|batalkan|done|never ?mind)$/;

/** Who the message is for, as far as a talk with the office is open; an emergency was looked for before. */
export function hearerOf(context: SceneContext): Hearer {
  const { turn, session } = context;
  const { conversation, body } = turn;
  if (!conversation) return 'bot';
  if (isSilent(conversation, turn.now)) return duringSilence(context);
  if (session.awaiting?.scene !== 'office_note' || body.type === 'choice' || body.type === 'unreadable') return 'bot';
  if (body.type === 'location') return 'bot';
  const said = plain(body.text);
  return RETURN.test(said) || END.test(said) || /^\d{1,2}$/.test(said) || isForBot(context) ? 'bot' : 'note';
}

function duringSilence(context: SceneContext): Hearer {
  const { body } = context.turn;
  if (speaksToCard(context)) return 'both';
  if (body.type === 'choice') return body.value === 'menu' ? 'return' : 'bot';
  if (body.type !== 'text') return 'staff';
  const said = plain(body.text);
  // The word counts; but a sentence that only sounds like it must not be lost to staff.
  if (context.words.intents.includes('opt_out')) return 'both';
  if (isForBot(context) || answersBot(context, said)) return 'bot';
  if (RETURN.test(said)) return 'return';
  return END.test(said) ? 'end' : 'staff';
}

/** BERHENTI, "data saya" and "hapus data saya" count in any state. */
function isForBot({ words, turn }: SceneContext): boolean {
  if (words.intents.includes('opt_out') || words.erases) return true;
  const text = turn.body.type === 'text' ? plain(turn.body.text) : '';
  return words.intents.includes('privacy') && /^(lihat |cek |minta )?(data (saya|aku|ku)|dataku|my data)$/.test(text);
}

/** A question of the bot's that waits now was asked since it fell silent, because the person spoke to it. */
function answersBot({ session, words }: SceneContext, said: string): boolean {
  const waiting = session.awaiting?.scene;
  if (waiting === undefined || waitingCard(session) !== null) return false;
  if (words.yesNo !== null) return true;
  // Whether everything is to be deleted is answered in other words too: "ya, hapus", "batal", "2".
  return waiting === 'privacy' && (END.test(said) || /^\d$|\b(hapus|yakin|setuju|jangan|keep|delete)\b/.test(said));
}

/** As somebody types it: no case, no marks, no slash of a command. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} ]+/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
}

/** The message goes to staff, and the bot says nothing. */
export function kept(context: SceneContext, emergency = false): SceneResult {
  return { intent: 'human', replies: [], conversation: wordToStaff(context, emergency) };
}

/** What a message is to the open talk beside its answer; of an emergency staff read only what was meant for them. */
function wordToStaff({ turn, world }: SceneContext, emergency: boolean): ConversationStep {
  const { conversation, now } = turn;
  const silent = conversation !== undefined && isSilent(conversation, now);
  const rules = conversation && world.handover?.(conversation.regionCode, now)?.rules;
  // Waiting for somebody to take it has its own end; only a talk that goes on is prolonged.
  const prolonged = silent && conversation.status === 'taken' && rules ? now + rules.idleMinutes * MINUTE : null;
  const body = silent || !emergency ? readable(turn.body) : null;
  return { act: 'keep', regionCode: null, silentUntil: prolonged, body, emergency };
}

/** A pressed button is no word to staff. */
function readable(body: MessageBody): MessageBody | null {
  return body.type === 'choice' ? null : body;
}

/** An emergency within an open talk: the card has gone out, and staff see that it was one. */
export function flagged(context: SceneContext, results: readonly SceneResult[]): readonly SceneResult[] {
  return context.turn.conversation ? [...results, { ...kept(context, true), intent: 'emergency' }] : results;
}

/** "Menu": the bot answers again, the talk waits on. "Selesai": it is over. */
export function backToBot(act: 'return' | 'end'): SceneResult {
  const text = phrase(act === 'return' ? 'handover:back' : 'handover:ended');
  return {
    intent: 'menu',
    replies: [{ type: 'text', paragraphs: [text], choices: act === 'return' ? MENU_CHOICES : [MENU_CHOICE] }],
    session: { awaiting: null, resume: null },
    conversation: { act, regionCode: null, silentUntil: null, body: null, emergency: false },
  };
}

/** The message that was asked for is noted; what it asks of the bot besides is answered as well. */
export function noted(context: SceneContext): SceneResult {
  const region = context.world.directory.region(context.turn.conversation?.regionCode ?? '');
  return {
    intent: 'human',
    replies: [
      {
        type: 'text',
        paragraphs: [phrase('handover:noted', { region: region?.name ?? '' })],
        choices: asksBotToo(context) ? [] : [MENU_CHOICE],
      },
    ],
    session: { awaiting: null },
    conversation: wordToStaff(context, false),
  };
}

/** True when a noted message also asks the bot something. */
export function asksBotToo({ words }: SceneContext): boolean {
  return words.intents.some((intent) => !NO_QUESTION.has(intent));
}

const NO_QUESTION: ReadonlySet<Intent> = new Set(['human', 'feedback', 'greeting', 'thanks', 'out_of_scope', 'menu']);

/** A talk with the office begins: at once where somebody answers now, else with a message that waits for them. */
export function askOffice(
  context: SceneContext,
  region: Region,
  staffing: Staffing,
  contactLines: readonly Phrase[],
): SceneResult {
  const { now } = context.turn;
  const { rules } = staffing;
  const named = { region: region.name };
  const silentUntil = staffing.now ? now + rules.waitMinutes * MINUTE : null;
  const paragraphs = staffing.now
    ? [
        phrase('handover:asked.open', named),
        phrase('handover:asked.quiet', { minutes: rules.waitMinutes }),
        phrase('handover:asked.kept'),
      ]
    : [later(region, staffing), ...contactLines, phrase('handover:asked.note'), phrase('handover:asked.kept')];
  return {
    intent: 'human',
    replies: [{ type: 'text', paragraphs, choices: staffing.now ? [] : [MENU_CHOICE] }],
    session: { awaiting: staffing.now ? null : { scene: 'office_note' }, resume: null, offered: [] },
    contact: { regionCode: region.code },
    conversation: {
      act: 'open',
      regionCode: region.code,
      silentUntil,
      body: readable(context.turn.body),
      emergency: false,
    },
  };
}

function later(region: Region, { from }: Staffing): Phrase {
  if (from === null) return phrase('handover:asked.later_unknown', { region: region.name });
  return phrase('handover:asked.later', {
    region: region.name,
    moment: { moment: from, zone: region.zone, style: 'dayClock' },
    zone: zoneAbbreviation(region.zone),
  });
}
