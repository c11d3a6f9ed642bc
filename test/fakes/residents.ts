import type { ContactFacts } from '../../src/domain/contact.js';
import type { ChannelName } from '../../src/domain/message.js';
import type { Store } from '../../src/ports/store.js';

let messages = 0;

/** A resident of Tenggarong who wrote once and agreed to announcements, unless `facts` say otherwise. Resolves to our id. */
export async function meetResident(
  store: Store,
  address: string,
  at: number,
  facts: Partial<ContactFacts> = {},
  channel: ChannelName = 'telegram',
  askedAbout: readonly string[] = [],
): Promise<string> {
  messages += 1;
  const id = `${channel}:met-${messages}`;
  const message = { id, channel, contact: address, at, body: { type: 'text', text: 'halo' } } as const;
  await store.inbox.accept({ ...message, language: 'id' }, at);
  const start = await store.inbox.start(id);
  if (!start) throw new Error('the resident was not taken in');
  await store.inbox.commit({
    messageId: id,
    contactId: start.contactId,
    sessionVersion: start.sessionVersion,
    session: {},
    facts: { ...start.facts, regionCode: '64.02', kecamatanCode: '64.02.06', consent: 'granted', ...facts },
    events: askedAbout.map((facilityId) => ({ kind: 'facility_asked', facilityId })),
    consents: facts.consent === 'stopped' ? [{ consent: 'stopped', way: 'command', wording: 'x' }] : [],
    replies: [],
    intent: 'greeting',
    outcome: null,
    at,
    keepBody: false,
  });
  return start.contactId;
}
