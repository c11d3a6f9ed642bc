import { describe, expect, it } from 'vitest';
import type { MessageTemplate } from '../../src/domain/broadcast.js';
import type { Reply } from '../../src/domain/reply.js';
import { DAY, HOUR, MINUTE } from '../../src/domain/time.js';
import type { DeliveryReceipt, SendResult } from '../../src/ports/channel.js';
import { createReceiptKeeper } from '../../src/services/keep-receipts.js';
import { lateAnswer, readLateTemplates, writeLateTemplates } from '../../src/services/late-answer.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { type House, type HouseParts, house, MONDAY, OPEN, recordingLog, SEIZURE, written } from './house.js';

const TEMPLATE: MessageTemplate = {
  language: 'id',
  name: 'jawaban_terlambat',
  code: 'id',
  category: 'utility',
  state: 'approved',
  body: ['{{jawaban}}'],
};
const ANSWER: Reply = { type: 'text', text: 'Ya, buka.', choices: [] };

describe('the template of an answer', () => {
  it.each<[string, readonly MessageTemplate[], 'id' | 'en', unknown]>([
    ['none is set', [], 'id', null],
    ['not approved yet', [{ ...TEMPLATE, state: 'in_review' }], 'id', null],
    [
      'the answer within',
      [TEMPLATE],
      'id',
      { name: 'jawaban_terlambat', language: 'id', body: ['Ya, buka.'], buttons: [] },
    ],
    ['only a word that there is one', [{ ...TEMPLATE, body: [] }], 'id', { body: [] }],
    [
      'in the reader’s language',
      [TEMPLATE, { ...TEMPLATE, language: 'en', code: 'en_US' }],
      'en',
      { language: 'en_US' },
    ],
    ['in Indonesian where theirs is missing', [TEMPLATE], 'en', { language: 'id' }],
    ['and nothing where only another is approved', [{ ...TEMPLATE, language: 'en' }], 'id', null],
  ])('%s', (_, known, language, expected) => {
    const found = lateAnswer(known, ANSWER, language);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected as object);
  });

  it('keeps a long answer within what a template may hold, and tells a place in words', () => {
    const long = lateAnswer([TEMPLATE], { ...ANSWER, text: '👩‍⚕️ $& '.repeat(400) }, 'id');
    expect([...(long?.body[0] ?? '')]).toHaveLength(700);
    const place = {
      type: 'place',
      facility: 'x',
      lat: 0,
      lng: 0,
      title: 'Puskesmas Contoh',
      address: 'Jl. Contoh',
    } as const;
    expect(lateAnswer([TEMPLATE], place, 'id')?.body).toEqual(['Puskesmas Contoh, Jl. Contoh']);
  });

  it('is kept, and refused with the place of the fault', async () => {
    const { meta } = createMemoryStore();
    expect(await readLateTemplates(meta)).toEqual([]);
    await writeLateTemplates(meta, [TEMPLATE]);
    expect(await readLateTemplates(meta)).toEqual([TEMPLATE]);
    await expect(writeLateTemplates(meta, [{ ...TEMPLATE, name: 'Jawaban Kami' }])).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('0.name'),
    });
  });
});

describe('an answer that is ready after the person’s window closed', () => {
  /** A house on the Cloud API whose templates are written down. */
  async function onCloud(lateTemplate?: HouseParts['lateTemplate'], ...results: readonly SendResult[]) {
    const here = house({ others: ['whatsapp_cloud', 'whatsapp'], ...(lateTemplate ? { lateTemplate } : {}) });
    const [cloud] = here.others;
    const templates: unknown[] = [];
    const scripted = [...results];
    if (!cloud) throw new Error('no such channel');
    cloud.sendTemplate = async (contact, template) => {
      templates.push({ contact, ...template });
      return scripted.shift() ?? { kind: 'sent', providerId: 't' };
    };
    return { here, cloud, templates };
  }

  async function say(
    here: House,
    text: string,
    writtenAgo: number,
    channel: 'whatsapp_cloud' | 'whatsapp' = 'whatsapp_cloud',
  ) {
    await here.receiver.receive([written('1', text, 'ID.1', MONDAY - writtenAgo, channel)]);
    await here.clock.advance(MINUTE);
  }
  const byTemplate: HouseParts['lateTemplate'] = async ({ reply, language }) => lateAnswer([TEMPLATE], reply, language);

  it.each([
    ['a moment ago', 0, true],
    ['just within the day', DAY - MINUTE, true],
    ['a day ago', DAY, false],
  ])('written %s', async (_, ago, freely) => {
    const { here, cloud, templates } = await onCloud(byTemplate);
    await say(here, OPEN, ago);
    expect([cloud.sent.length > 0, templates.length > 0]).toEqual([freely, !freely]);
    expect(await here.counts()).toEqual({ sent: expect.any(Number) });
    await here.close();
  });

  it.each<[string, HouseParts['lateTemplate'] | undefined]>([
    ['no template is set', async () => null],
    ['nobody asks for templates', undefined],
  ])('ends under its own code when %s, and nothing goes out', async (_, lateTemplate) => {
    const { here, cloud, templates } = await onCloud(lateTemplate);
    const codes: unknown[] = [];
    const settle = here.store.outbox.settle;
    Object.assign(here.store.outbox, {
      settle: async (...given: Parameters<typeof settle>) => {
        codes.push('code' in given[0] ? given[0].code : given[0].status);
        return settle(...given);
      },
    });
    await say(here, OPEN, DAY);
    expect([cloud.sent, templates, new Set(codes)]).toEqual([[], [], new Set(['WINDOW_CLOSED'])]);
    expect(await here.counts()).toEqual({ failed: codes.length });
    await here.close();
  });

  it('goes by template too when it was the provider that found the window closed', async () => {
    const { here, cloud, templates } = await onCloud(byTemplate);
    cloud.script({ kind: 'failed', code: 'WINDOW_CLOSED' });
    await say(here, 'terima kasih', HOUR);
    expect([cloud.sent.length, templates.length, await here.counts()]).toEqual([1, 1, { sent: 1 }]);
    await here.close();
  });

  it('goes by template when the provider says only afterwards that the window was closed: once, however often it is told', async () => {
    const { here, cloud, templates } = await onCloud(byTemplate);
    const { outbox, broadcasts, contacts } = here.store;
    const keeper = createReceiptKeeper({ outbox, broadcasts, contacts, timing: here.clock, log: recordingLog([]) });
    const told = (providerId: string): DeliveryReceipt => ({
      channel: 'whatsapp_cloud',
      providerId,
      status: 'failed',
      code: 'WINDOW_CLOSED',
      at: here.clock.now(),
    });
    await say(here, 'terima kasih', DAY - HOUR);
    expect([cloud.sent.length, templates.length]).toEqual([1, 0]);
    for (const id of ['1', '1', 't']) {
      await keeper.keep([told(id)]);
      await here.clock.advance(MINUTE);
    }
    expect([cloud.sent.length, templates, await here.counts()]).toEqual([
      1,
      [expect.objectContaining({ body: [cloud.sent[0]?.text] })],
      { sent: 1 },
    ]);
    await here.close();
    await keeper.stop();
  });

  // The window is one of the person with the office's number: a new number has none, whenever the person wrote.
  it.each<[string, number, HouseParts['lateTemplate'], number]>([
    ['goes by template also when the person just wrote', MINUTE, byTemplate, 1],
    ['is not kept for that where no template is set', DAY - HOUR, async () => null, 0],
  ])('%s', async (_, ago, lateTemplate, times) => {
    const { here, templates } = await onCloud(lateTemplate);
    await say(here, 'terima kasih', ago);
    await here.store.outbox.receipt('whatsapp_cloud', '1', 'failed', here.clock.now(), 'WINDOW_CLOSED');
    await here.clock.advance(MINUTE);
    expect([templates.length, await here.counts()]).toEqual([times, { sent: 1 }]);
    await here.close();
  });

  it('asks for its template once a minute while none is set', async () => {
    let asked = 0;
    const { here } = await onCloud(async () => {
      asked += 1;
      return null;
    });
    for (let n = 0; n < 5; n += 1) {
      await here.receiver.receive([written(`w${n}`, 'terima kasih', `ID.${n}`, MONDAY, 'whatsapp_cloud')]);
      await here.clock.advance(1_000);
    }
    expect(asked).toBe(1);
    await here.close();
  });

  it('is an emergency card: that, too, goes by template', async () => {
    const { here, cloud, templates } = await onCloud(byTemplate);
    await say(here, SEIZURE, DAY);
    expect([cloud.sent.length, templates.length > 0]).toEqual([0, true]);
    await here.close();
  });

  it('waits when the store cannot say which template', async () => {
    let asked = 0;
    const { here, templates } = await onCloud(async () => {
      asked += 1;
      if (asked === 1) throw new Error('the store is down');
      return { name: 'jawaban', language: 'id', body: [], buttons: [] };
    });
    await say(here, 'terima kasih', DAY);
    expect([asked, templates.length, await here.counts()]).toEqual([2, 1, { sent: 1 }]);
    await here.close();
  });

  it('does not concern a channel without such a window', async () => {
    const { here, templates } = await onCloud(byTemplate);
    await say(here, OPEN, DAY, 'whatsapp');
    expect([here.others[1]?.sent.length, templates]).toEqual([expect.any(Number), []]);
    expect((here.others[1]?.sent.length ?? 0) > 0).toBe(true);
    await here.close();
  });

  it('counts from the person’s last word, not from the one that is answered', async () => {
    const { here, cloud, templates } = await onCloud(byTemplate);
    const store = here.store;
    await here.receiver.receive([written('2', 'halo', 'ID.1', MONDAY, 'whatsapp_cloud')]);
    await say(here, OPEN, DAY);
    expect([cloud.sent.length > 1, templates]).toEqual([true, []]);
    expect((await store.contacts.findByAddress('whatsapp_cloud', 'ID.1'))?.lastSeenAt).toBe(MONDAY);
    await here.close();
  });
});
