import { describe, expect, it } from 'vitest';
import { receive } from '../../../src/channels/cloud/receive.js';
import { cloudPayload } from '../../fakes/cloud-server.js';

const BASE = { id: 'wamid.A', timestamp: '1790000000', from: '620000000001', from_user_id: 'ID.1349' };

function received(message: object, contacts: object[] = []) {
  return receive(cloudPayload({ contacts, messages: [{ ...BASE, ...message }] }), '1001');
}

describe('what a person may send', () => {
  it.each<[string, object, unknown]>([
    ['text', { type: 'text', text: { body: 'pkm buka? 😀' } }, { type: 'text', text: 'pkm buka? 😀' }],
    [
      'a reply button',
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'menu', title: 'Menu' } } },
      { type: 'choice', value: 'menu' },
    ],
    [
      'a list row',
      { type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: 'f.2', title: 'B' } } },
      { type: 'choice', value: 'f.2' },
    ],
    [
      'a template button',
      { type: 'button', button: { payload: 'BERHENTI', text: 'Berhenti' } },
      { type: 'choice', value: 'BERHENTI' },
    ],
    [
      'a form, which we do not have',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: {} } },
      { type: 'unreadable', kind: 'other' },
    ],
    [
      'a location',
      { type: 'location', location: { latitude: -0.4, longitude: 117 } },
      { type: 'location', point: { lat: -0.4, lng: 117 } },
    ],
    ['a voice note', { type: 'audio', audio: { id: '1', voice: true } }, { type: 'unreadable', kind: 'voice' }],
    ['a photo', { type: 'image', image: { id: '1' } }, { type: 'unreadable', kind: 'image' }],
    [
      'a photo with a question',
      { type: 'image', image: { id: '1', caption: 'gratis?' } },
      { type: 'text', text: 'gratis?' },
    ],
    ['a contact card', { type: 'contacts', contacts: [{}] }, { type: 'unreadable', kind: 'contact' }],
    ['an edit', { type: 'edit', edit: {} }, { type: 'unreadable', kind: 'edited' }],
    [
      'an edit with its text',
      { type: 'edit', edit: { original_message_id: 'wamid.0', message: { type: 'text', text: { body: 'kejang' } } } },
      { type: 'unreadable', kind: 'edited', text: 'kejang' },
    ],
    [
      'what WhatsApp itself cannot pass on',
      { type: 'unsupported', errors: [{ code: 131051 }] },
      { type: 'unreadable', kind: 'other' },
    ],
    ['a kind of the future', { type: 'hologram' }, { type: 'unreadable', kind: 'other' }],
    ['an order', { type: 'order', order: {} }, { type: 'unreadable', kind: 'other' }],
    ['an empty text', { type: 'text', text: { body: ' ' } }, { type: 'unreadable', kind: 'other' }],
    ['a place without a point', { type: 'location' }, { type: 'unreadable', kind: 'other' }],
    ['a template button without anything behind it', { type: 'button' }, { type: 'unreadable', kind: 'other' }],
  ])('%s', (_, message, body) => {
    expect(received(message).arrivals).toEqual([
      {
        message: {
          id: 'whatsapp_cloud:wamid.A',
          channel: 'whatsapp_cloud',
          at: 1_790_000_000_000,
          body,
          language: null,
        },
        person: { scopedId: 'ID.1349', number: '620000000001' },
      },
    ]);
  });

  it.each<[string, object, unknown]>([
    ['from an advertisement', { referral: { source_type: 'ad', source_id: '1', ctwa_clid: 'x' } }, 'halo'],
    ['in answer to another', { context: { from: '1', id: 'wamid.0' } }, 'halo'],
    ['forwarded many times', { context: { frequently_forwarded: true } }, 'halo'],
    ['with the sender’s identity', { identity: { acknowledged: true, hash: 'x' } }, 'halo'],
    ['with an unknown field', { hologram: {} }, 'halo'],
    ['with the time as a number', { timestamp: 1_790_000_000 }, 'halo'],
    [
      'with empty parts, as some providers send',
      { location: null, image: null, context: null, group_id: null },
      'halo',
    ],
  ])('text %s is that text', (_, more, text) => {
    const { arrivals, ignored } = received({ type: 'text', text: { body: 'halo' }, ...more });
    expect([arrivals, ignored]).toMatchObject([[{ message: { at: 1_790_000_000_000, body: { text } } }], []]);
  });

  it.each<[string, object, unknown]>([
    ['a place off the globe', { type: 'location', location: { latitude: 95, longitude: 1 } }, 'other'],
    ['a place in words', { type: 'location', location: { latitude: '1', longitude: '2' } }, 'other'],
    ['a picture without words, told as null', { type: 'image', image: { id: '1', caption: null } }, 'image'],
    ['a film', { type: 'video', video: { id: '1' } }, 'other'],
    ['a file', { type: 'document', document: { id: '1', filename: 'x.pdf' } }, 'document'],
    ['a sticker', { type: 'sticker', sticker: { id: '1', animated: false } }, 'sticker'],
    ['what may be called now', { type: 'interactive', interactive: { type: 'call_permission_reply' } }, 'other'],
    ['a choice without its id', { type: 'interactive', interactive: { button_reply: { id: '' } } }, 'other'],
    ['a question about a product', { type: 'interactive', interactive: { type: 'product' } }, 'other'],
  ])('%s gets the word on what to send', (_, message, kind) => {
    expect(received(message).arrivals).toMatchObject([{ message: { body: { type: 'unreadable', kind } } }]);
  });

  it.each<[string, object, string]>([
    ['who opened the chat for the first time', { type: 'request_welcome' }, 'type_request_welcome'],
    ['a change of how long messages stay', { type: 'ephemeral' }, 'type_ephemeral'],
    ['a reaction', { type: 'reaction', reaction: {} }, 'type_reaction'],
    ['a withdrawn message', { type: 'revoke' }, 'type_revoke'],
    ['a word of the system', { type: 'system', system: { type: 'customer_identity_changed' } }, 'type_system'],
    ['a change of number to nobody', { type: 'system', system: { type: 'user_changed_number' } }, 'type_system'],
    ['a message in a group', { type: 'text', text: { body: 'x' }, group_id: 'Y2FwaV9n' }, 'group'],
    ['no time', { type: 'text', text: { body: 'x' }, timestamp: undefined }, 'malformed'],
    ['nobody', { type: 'text', text: { body: 'x' }, from: undefined, from_user_id: undefined }, 'no_sender'],
  ])('%s is not answered, but counted', (_, message, code) => {
    expect(received(message)).toEqual({ arrivals: [], receipts: [], pairs: [], ignored: [code] });
  });
});

describe('who wrote', () => {
  it.each<[string, object, object[], string | null, string | null]>([
    ['the scoped id and the number', {}, [], 'ID.1349', '620000000001'],
    ['no number at all', { from: undefined }, [], 'ID.1349', null],
    ['the scoped id in the place of the number', { from: 'ID.1349', from_user_id: undefined }, [], 'ID.1349', null],
    ['an id of a group of businesses', { from: undefined, from_user_id: 'ID.ENT.7' }, [], 'ID.ENT.7', null],
    [
      'the scoped id only among the contacts',
      { from_user_id: undefined },
      [{ wa_id: '620000000001', user_id: 'ID.7' }],
      'ID.7',
      '620000000001',
    ],
    ['the one contact there is', { from: undefined, from_user_id: undefined }, [{ user_id: 'ID.8' }], 'ID.8', null],
    [
      'a number only, as before April 2026',
      { from_user_id: undefined },
      [{ wa_id: '620000000001' }],
      null,
      '620000000001',
    ],
    [
      'another of several contacts is not taken',
      { from_user_id: undefined },
      [
        { user_id: 'ID.1', wa_id: '9' },
        { user_id: 'ID.2', wa_id: '8' },
      ],
      null,
      '620000000001',
    ],
  ])('%s', (_, message, contacts, scopedId, number) => {
    const { arrivals } = received({ type: 'text', text: { body: 'x' }, ...message }, contacts);
    expect(arrivals).toMatchObject([{ person: { scopedId, number } }]);
  });
});

describe('who moved', () => {
  it.each<[string, object, object, unknown]>([
    [
      'to another telephone',
      { from_user_id: undefined },
      { type: 'user_changed_number', wa_id: '620000000002', user_id: 'ID.2', previous_user_id: 'ID.1349' },
      {
        before: { scopedId: 'ID.1349', number: '620000000001' },
        now: { scopedId: 'ID.2', number: '620000000002' },
      },
    ],
    [
      'to another telephone, as older webhooks tell it',
      { from_user_id: undefined },
      { type: 'user_changed_number', new_wa_id: '620000000002' },
      { before: { scopedId: null, number: '620000000001' }, now: { scopedId: null, number: '620000000002' } },
    ],
    [
      'to another telephone, as before 2022',
      { from_user_id: undefined },
      { type: 'customer_changed_number', new_wa_id: '620000000002' },
      { before: { scopedId: null, number: '620000000001' }, now: { scopedId: null, number: '620000000002' } },
    ],
    [
      'to a number that may not be told',
      { from: undefined, from_user_id: undefined },
      { type: 'user_changed_user_id', user_id: 'ID.2', previous_user_id: 'ID.1349' },
      { before: { scopedId: 'ID.1349', number: null }, now: { scopedId: 'ID.2', number: null } },
    ],
  ])('%s', (_, message, system, move) => {
    expect(received({ type: 'system', system, ...message })).toEqual({
      arrivals: [move],
      receipts: [],
      pairs: [],
      ignored: [],
    });
  });
});

describe('statuses', () => {
  it.each<[string, object, unknown]>([
    ['delivered', { status: 'delivered' }, { status: 'delivered', code: null }],
    ['read', { status: 'read' }, { status: 'read', code: null }],
    [
      'failed: the window is closed',
      { status: 'failed', errors: [{ code: 131047 }] },
      { status: 'failed', code: 'WINDOW_CLOSED' },
    ],
    [
      'failed: not on WhatsApp',
      { status: 'failed', errors: [{ code: 131026 }] },
      { status: 'failed', code: 'CONTACT_UNREACHABLE' },
    ],
    [
      'failed, with the code as text',
      { status: 'failed', errors: [{ code: '131047' }] },
      { status: 'failed', code: 'WINDOW_CLOSED' },
    ],
    ['failed without a reason', { status: 'failed' }, { status: 'failed', code: 'SEND_REFUSED' }],
  ])('%s', (_, status, expected) => {
    const payload = cloudPayload({
      statuses: [{ id: 'wamid.out', timestamp: '1790000001', recipient_id: '62', ...status }],
    });
    expect(receive(payload, '1001').receipts).toEqual([
      { channel: 'whatsapp_cloud', providerId: 'wamid.out', at: 1_790_000_001_000, ...(expected as object) },
    ]);
  });
});

describe('who a status is about', () => {
  const both = [{ scopedId: 'ID.1', number: '62811' }];
  it.each<[string, object, readonly object[], unknown]>([
    ['both ids', { recipient_id: '62811', recipient_user_id: 'ID.1' }, [], both],
    ['the scoped id in the contact', { recipient_id: '62811' }, [{ wa_id: '62811', user_id: 'ID.1' }], both],
    ['the number in the contact', { recipient_user_id: 'ID.1' }, [{ wa_id: '62811', user_id: 'ID.1' }], both],
    [
      'of several contacts the right one',
      { recipient_id: '62811' },
      [
        { wa_id: '62822', user_id: 'ID.2' },
        { wa_id: '62811', user_id: 'ID.1' },
      ],
      both,
    ],
    ['another contact only', { recipient_id: '62811' }, [{ wa_id: '62822', user_id: 'ID.2' }], []],
    ['nobody in the status, one contact', {}, [{ wa_id: '62811', user_id: 'ID.1' }], both],
    ['the number alone', { recipient_id: '62811' }, [{ wa_id: '62811' }], []],
    ['a scoped id in the place of the number', { recipient_id: 'ID.1' }, [{ user_id: 'ID.1' }], []],
    ['a group', { recipient_id: '62811', recipient_user_id: 'ID.1', recipient_type: 'group' }, [], []],
  ])('%s', (_, recipient, contacts, pairs) => {
    const statuses = [{ id: 'wamid.out', status: 'delivered', timestamp: '1790000001', ...recipient }];
    expect(receive(cloudPayload({ contacts, statuses }), '1001').pairs).toEqual(pairs);
  });
});

describe('batches', () => {
  const text = (id: string) => ({ ...BASE, id, type: 'text', text: { body: id } });

  it('reads every entry, change and message, the broken ones aside', () => {
    const first = cloudPayload({ messages: [text('a'), { junk: true }, text('b')] });
    const second = cloudPayload({ messages: [text('c')], statuses: [{ id: 'x', status: 'sent', timestamp: '1' }] });
    const other = cloudPayload({ messages: [text('d')] }, '2002');
    const change = { field: 'account_update', value: {} };
    const payload = {
      ...first,
      entry: [...first.entry, { id: 'W', changes: [change] }, ...second.entry, ...other.entry],
    };
    const result = receive(payload, '1001');
    expect(result.arrivals.map((arrival) => 'message' in arrival && arrival.message.id)).toEqual(
      ['a', 'b', 'c'].map((id) => `whatsapp_cloud:${id}`),
    );
    expect(result.ignored).toEqual(['malformed', 'unknown_change', 'status_sent', 'other_number']);
  });

  it.each([
    'smb_message_echoes',
    'smb_app_state_sync',
    'history',
    'user_preferences',
    'message_template_status_update',
    'phone_number_quality_update',
    'account_alerts',
    'calls',
    'flows',
  ])('a change of the kind %s is counted, and what stands beside it is read', (field) => {
    const first = cloudPayload({ messages: [text('a')] });
    const value = { messaging_product: 'whatsapp', metadata: { phone_number_id: '1001' }, message_echoes: [text('b')] };
    const result = receive({ ...first, entry: [{ id: 'W', changes: [{ field, value }] }, ...first.entry] }, '1001');
    expect([result.arrivals.length, result.ignored]).toEqual([1, ['unknown_change']]);
  });

  it.each<[string, object, string[]]>([
    ['an odd contact', { contacts: [{ wa_id: null, user_id: 5, profile: null }] }, []],
    ['contacts that are none', { contacts: 'x' }, []],
    ['statuses that are none', { statuses: null }, []],
    ['a word on the account', { errors: [{ code: 130429, title: 'Rate limit hit' }] }, ['error_notice']],
    [
      'a status with its price',
      { statuses: [{ id: 'x', status: 'sent', timestamp: '1', pricing: {} }] },
      ['status_sent'],
    ],
    ['a status nobody knows', { statuses: [{ id: 'x', status: 'played', timestamp: '1' }] }, ['status_unknown']],
  ])('%s does not cost the message beside it', (_, more, ignored) => {
    const result = receive(cloudPayload({ messages: [text('a')], ...more }), '1001');
    expect([result.arrivals.length, result.ignored]).toEqual([1, ignored]);
  });

  it('an entry that cannot be read does not cost the others', () => {
    const whole = cloudPayload({ messages: [text('a')] });
    const result = receive({ ...whole, entry: [null, { id: 'W' }, ...whole.entry] }, '1001');
    expect([result.arrivals.length, result.ignored]).toEqual([1, ['malformed', 'malformed']]);
  });

  it.each([null, [], 'x', {}, { object: 'page', entry: [] }, { object: 'whatsapp_business_account', entry: [1] }])(
    'survives %j',
    (payload) => {
      expect(receive(payload, '1001')).toEqual({ arrivals: [], receipts: [], pairs: [], ignored: ['malformed'] });
    },
  );
});
