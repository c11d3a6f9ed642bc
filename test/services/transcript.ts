import type { ContactFacts } from '../../src/domain/contact.js';
import { NEW_CONTACT } from '../../src/domain/contact.js';
import type { Intent } from '../../src/domain/intent.js';
import type { InboundMessage } from '../../src/domain/message.js';
import type { Reply } from '../../src/domain/reply.js';
import type { World } from '../../src/engines/dialogue/index.js';
import { converse } from '../../src/services/converse.js';
import { firstLook } from '../../src/services/first-look.js';

/**
 * A conversation as a file:
 *   # what it shows
 *   @ 2026-11-23T21:40:00+08:00     the clock from here on
 *   U: text  ·  U> 2 (a choice)  ·  U* -0.41,116.98 (a pin)  ·  U? voice (something unreadable)
 *   B: the answer; its further lines are indented
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
  script.split('\n').forEach((line, index) => {
    if (/^(B:|P:|C:| {2})/.test(line)) return;
    output.push(line);
    if (line.startsWith('@ ')) at = Date.parse(line.slice(2));
    const body = bodyOf(line);
    if (body === null) return;
    if (Number.isNaN(at)) throw new Error(`line ${index + 1}: a message before the first clock (@ …)`);
    const message: InboundMessage = { id: `t:${index}`, channel: 'console', contact: 't', at, body, language: null };
    const result = converse(message, firstLook(message), { contact, session }, world, at);
    for (const intent of result.trace.intents) intents.add(intent);
    contact = result.contact;
    session = JSON.parse(JSON.stringify(result.session));
    output.push(...result.replies.flatMap(written));
  });
  return { text: `${output.join('\n').trimEnd()}\n`, intents };
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
