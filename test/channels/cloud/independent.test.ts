import { BSUID_PATTERN, buildTemplateSendPayload, WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudChannel } from '../../../src/channels/cloud/index.js';
import type { Choice, Reply } from '../../../src/domain/reply.js';
import { CLOUD_SECRET, cloudChannel, cloudOfChannel } from '../../fakes/cloud-channel.js';
import { cloudPayload, type FakeCloud, signatureOf } from '../../fakes/cloud-server.js';
import { hostWebhook } from '../../fakes/webhook-host.js';
import { createInbox, type Inbox, until } from '../support.js';

// A package that nobody here wrote checks by its own schemas what we send, and builds it anew from its parts.

const PERSON = 'ID.1349';
let cloud: FakeCloud;
let channel: CloudChannel;
let inbox: Inbox;

beforeEach(async () => {
  cloud = await cloudOfChannel();
  inbox = createInbox();
  channel = cloudChannel(cloud);
  await channel.start(inbox);
});
afterEach(async () => {
  await channel.stop();
  await cloud.close();
});

/** What the package would put on the wire. */
async function byThePackage(send: (client: WhatsAppClient) => Promise<unknown>): Promise<unknown> {
  let body: unknown;
  const client = new WhatsAppClient({
    accessToken: 'kunci',
    fetch: async (_url, init) => {
      body = JSON.parse(String(init?.body));
      return new Response(JSON.stringify({ messages: [{ id: 'wamid.x' }] }));
    },
  });
  await send(client);
  return body;
}

// biome-ignore lint/suspicious/noExplicitAny: bodies as they were on the wire
type Wire = any;

/** Gives a body of ours to the package, part by part; its schemas refuse what Meta would. */
function rebuilt(body: Wire): Promise<unknown> {
  const { type, recipient, to } = body;
  const base = { phoneNumberId: '1001', ...(recipient ? { recipient } : { to }) };
  return byThePackage(({ messages }) => {
    if (type === 'text') return messages.sendText({ ...base, body: body.text.body, previewUrl: body.text.preview_url });
    if (type === 'location') return messages.sendLocation({ ...base, location: body.location });
    if (type === 'template') return messages.sendTemplate({ ...base, template: body.template });
    const { interactive } = body;
    const bodyText = interactive.body.text;
    if (interactive.type === 'button') {
      const buttons = interactive.action.buttons.map(({ reply }: Wire) => reply);
      return messages.sendInteractiveButtons({ ...base, bodyText, buttons });
    }
    if (interactive.type === 'list') {
      const { button: buttonText, sections } = interactive.action;
      return messages.sendInteractiveList({ ...base, bodyText, buttonText, sections });
    }
    const parameters = { requestMessage: bodyText };
    return messages.sendInteractiveLocationRequest({ ...base, bodyText, parameters });
  });
}

const choices = (count: number, label: (n: number) => string): Choice[] =>
  Array.from({ length: count }, (_, n) => ({ id: `pilihan-${n + 1}`, label: label(n + 1) }));
const text = (words: string, list: Choice[] = [], askLocation = false): Reply => ({
  type: 'text',
  text: words,
  choices: list,
  askLocation,
});
const LONG_LABEL = (n: number) => `Puskesmas Contoh Sejahtera Bersama Nomor ${n}`;

describe('what is sent is what an independent client would send', () => {
  it.each<[string, Reply, string[]]>([
    ['a text', text('Halo 👩‍⚕️'), ['text']],
    ['a text in parts', text('kata '.repeat(2000)), ['text', 'text', 'text']],
    [
      'buttons',
      text(
        'Pilih',
        choices(3, (n) => `Pilihan ${n}`),
      ),
      ['button'],
    ],
    [
      'buttons below the longest text',
      text(
        'x'.repeat(1024),
        choices(1, () => 'x'.repeat(20)),
      ),
      ['button'],
    ],
    ['a list', text('Pilih', choices(10, LONG_LABEL)), ['list']],
    ['a list below the longest text', text('x'.repeat(4096), choices(4, LONG_LABEL)), ['list']],
    ['too many choices', text('Pilih', choices(30, LONG_LABEL)), ['text']],
    ['a request for the place', text('Di mana Anda?', [], true), ['location_request_message']],
    ['the longest request for the place', text('x'.repeat(1024), [], true), ['location_request_message']],
    [
      'a place',
      { type: 'place', facility: 'x', lat: -0.4172, lng: 116.9925, title: 'Puskesmas Contoh', address: 'Jl. Contoh 1' },
      ['location'],
    ],
    [
      'a place with long words',
      { type: 'place', facility: 'x', lat: 0, lng: 0, title: 'P'.repeat(200), address: 'J'.repeat(500) },
      ['location'],
    ],
  ])('%s', async (_, reply, kinds) => {
    expect(await channel.send(PERSON, reply, null)).toMatchObject({ kind: 'sent' });
    expect(cloud.sent.map((body) => body.interactive?.type ?? body.type)).toEqual(kinds);
    for (const body of cloud.sent) {
      const theirs: Wire = await rebuilt(body);
      // Theirs adds a text that the reference of location requests does not know.
      if (theirs.interactive?.type === 'location_request_message') delete theirs.interactive.action.parameters;
      expect(body).toEqual(theirs);
    }
  });

  it('a template, by its own schema as well', async () => {
    const [name, language] = ['pengumuman', 'id'];
    await channel.sendTemplate(PERSON, { name, language, body: ['Jumat', 'pukul 8'], buttons: ['BERHENTI'] });
    const [body] = cloud.sent;
    expect(body).toEqual(await rebuilt(body));
    const theirs = buildTemplateSendPayload({
      name,
      language,
      body: ['Jumat', 'pukul 8'].map((value) => ({ type: 'text' as const, text: value })),
      buttons: [
        { type: 'button', subType: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'BERHENTI' }] },
      ],
    });
    const parts = (components: readonly Wire[]) =>
      components.map(({ sub_type, subType, ...rest }) => ({ ...rest, kind: sub_type ?? subType }));
    // Theirs lists the body first and the buttons after it, as we do; only the spelling of one field is Meta's here.
    expect(parts(body.template.components)).toEqual(parts(theirs.components as readonly Wire[]));
  });

  it('to a number as well as to a scoped id', async () => {
    await channel.send('620000000001', text('Halo'), null);
    expect(cloud.sent[0]).toEqual(await rebuilt(cloud.sent[0]));
    expect([BSUID_PATTERN.test(PERSON), BSUID_PATTERN.test('620000000001')]).toEqual([true, false]);
  });
});

describe('what comes in', () => {
  const message = {
    id: 'wamid.A',
    timestamp: '1790000000',
    from: '620000000001',
    from_user_id: PERSON,
    type: 'text',
    text: { body: 'halo 😀' },
  };
  const statuses = [{ id: 'wamid.out', status: 'read', timestamp: '1790000001', recipient_user_id: PERSON }];
  const payload = cloudPayload({
    contacts: [{ wa_id: '620000000001', user_id: PERSON }],
    messages: [message],
    statuses,
  });

  it('a signed webhook that the package takes for genuine is taken by us, and read the same', async () => {
    const body = JSON.stringify(payload);
    const headers = signatureOf(body, CLOUD_SECRET);
    const signatureHeader = headers['x-hub-signature-256'] ?? '';
    expect(verifySignature({ appSecret: CLOUD_SECRET, rawBody: body, signatureHeader })).toBe(true);
    const host = await hostWebhook(() => channel.webhook);
    expect((await fetch(host.url, { method: 'POST', headers, body })).status).toBe(200);
    const theirs = normalizeWebhook(payload);
    expect(theirs.messages.map(({ id }) => `whatsapp_cloud:${id}`)).toEqual(inbox.messages.map(({ id }) => id));
    expect(theirs.messages.map(({ fromUserId }) => fromUserId)).toEqual(inbox.messages.map(({ contact }) => contact));
    expect(theirs.statuses.map(({ id, status }) => [id, status])).toEqual(
      inbox.receipts.map(({ providerId, status }) => [providerId, status]),
    );
    await until(() => cloud.read.length === 1, 'the read mark');
    await host.close();
  });

  it('the read mark is the package’s own', async () => {
    const theirs: Wire = await byThePackage(({ messages }) =>
      messages.markRead({ phoneNumberId: '1001', messageId: 'wamid.A', typingIndicator: { type: 'text' } }),
    );
    const host = await hostWebhook(() => channel.webhook);
    const body = JSON.stringify(payload);
    await fetch(host.url, { method: 'POST', headers: signatureOf(body, CLOUD_SECRET), body });
    await until(() => cloud.marks.length === 1, 'the read mark');
    expect(cloud.marks).toEqual([theirs]);
    await host.close();
  });
});
