import type { ContactFacts } from '../../src/domain/contact.js';
import { NEW_CONTACT } from '../../src/domain/contact.js';
import type { OpenConversation } from '../../src/domain/conversation.js';
import type { Intent } from '../../src/domain/intent.js';
import type { InboundMessage } from '../../src/domain/message.js';
import type { Reply } from '../../src/domain/reply.js';
import { MINUTE } from '../../src/domain/time.js';
import type { World } from '../../src/engines/dialogue/index.js';
import { attendanceAt, createTextEvaluator } from '../../src/engines/hours/index.js';
import { type Conversed, converse } from '../../src/services/converse.js';
import { firstLook } from '../../src/services/first-look.js';
import { returnWord } from '../../src/services/keep-conversations.js';

/**
 * A conversation as a file:
 *   # what it shows
 *   @ 2026-11-23T21:40:00+08:00     the clock from here on
 *   U: text  ·  U> 2 (a choice)  ·  U* -0.41,116.98 (a pin)  ·  U? voice (something unreadable)
 *   B: the answer; its further lines are indented
 *   O: 64.74 Mo-Fr 08:00-15:00      the office of the region answers people in these hours
 *   S: takes · S: replies · S: closes   what staff do with the talk; what reaches them stands in (brackets)
 */
export function playTranscript(
  script: string,
  world: World,
): { readonly text: string; readonly intents: ReadonlySet<Intent> } {
  const intents = new Set<Intent>();
  const output: string[] = [];
  let at = Number.NaN;
  let contact: ContactFacts = NEW_CONTACT;
  let session: unknown = null;
  let talk: OpenConversation | null = null;
  script.split('\n').forEach((line, index) => {
    if (/^(B:|P:|C:| {2})/.test(line)) return;
    output.push(line);
    if (line.startsWith('@ ')) {
      at = Date.parse(line.slice(2));
      if (talk?.silentUntil != null && talk.silentUntil <= at) {
        const region = world.directory.region(talk.regionCode);
        output.push(...written(returnWord({ status: talk.status, language: contact.language }, region)));
        talk = { ...talk, silentUntil: null };
      }
    }
    if (line.startsWith('O: ')) world = withOffice(world, line.slice(3));
    if (line.startsWith('S: ') && talk) talk = actOfStaff(talk, line.slice(3).trim(), at);
    const body = bodyOf(line);
    if (body === null) return;
    if (Number.isNaN(at)) throw new Error(`line ${index + 1}: a message before the first clock (@ …)`);
    const message: InboundMessage = { id: `t:${index}`, channel: 'console', contact: 't', at, body, language: null };
    const result = converse(
      message,
      firstLook(message),
      { contact, session, ...(talk && { conversation: talk }) },
      world,
      at,
    );
    for (const intent of result.trace.intents) intents.add(intent);
    contact = result.contact;
    session = JSON.parse(JSON.stringify(result.session));
    output.push(...result.replies.flatMap(written), ...forStaff(result));
    talk = stepped(talk, result);
  });
  return { text: `${output.join('\n').trimEnd()}\n`, intents };
}

const RULES = { waitMinutes: 15, idleMinutes: 60 };

function withOffice(world: World, line: string): World {
  const [code = '', ...hours] = line.split(' ');
  const evaluate = createTextEvaluator();
  return {
    ...world,
    handover: (asked, at) => {
      const zone = world.directory.region(asked)?.zone;
      if (asked !== code || !zone) return null;
      const rules = { ...RULES, hours: hours.join(' ') };
      return { rules, ...attendanceAt(evaluate, rules.hours, zone, at, []) };
    },
  };
}

function actOfStaff(talk: OpenConversation, act: string, at: number): OpenConversation | null {
  if (act === 'closes') return null;
  return { ...talk, status: 'taken', silentUntil: at + RULES.idleMinutes * MINUTE };
}

/** What the store makes of the turn's step. */
function stepped(talk: OpenConversation | null, { conversation }: Conversed): OpenConversation | null {
  if (!conversation) return talk;
  const { act, regionCode, silentUntil } = conversation;
  if (act === 'open') return { regionCode: regionCode ?? '', status: talk?.status ?? 'waiting', silentUntil };
  if (act === 'end' || !talk) return null;
  return { ...talk, silentUntil: act === 'return' ? null : (silentUntil ?? talk.silentUntil) };
}

function forStaff({ conversation }: Conversed): readonly string[] {
  if (!conversation) return [];
  const { body, emergency } = conversation;
  return [
    ...(body === null ? [] : [`  (to staff: ${body.type === 'text' ? body.text : body.type})`]),
    ...(emergency ? ['  (flagged to staff as an emergency)'] : []),
  ];
}

function bodyOf(line: string): InboundMessage['body'] | null {
  const rest = line.slice(2).trim();
  if (line.startsWith('U:')) return { type: 'text', text: rest };
  if (line.startsWith('U>')) return { type: 'choice', value: rest };
  if (line.startsWith('U?')) return { type: 'unreadable', kind: rest as 'voice' };
  if (!line.startsWith('U*')) return null;
  const [lat, lng] = rest.split(',').map(Number);
  return { type: 'location', point: { lat: lat ?? Number.NaN, lng: lng ?? Number.NaN } };
}

function written(reply: Reply): string[] {
  if (reply.type === 'place') return [`P: ${reply.title} (${reply.lat}, ${reply.lng})`];
  const [first = '', ...others] = reply.text.split('\n');
  const choices = reply.choices.map((choice, index) => `${index + 1} ${choice.label}`);
  return [
    `B: ${first}`,
    ...others.map((line) => (line === '' ? '  ' : `  ${line}`).trimEnd() || '  '),
    ...(choices.length > 0 ? [`C: ${choices.join(' · ')}`] : []),
  ];
}
