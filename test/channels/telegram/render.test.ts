import { describe, expect, it } from 'vitest';
import { render } from '../../../src/channels/telegram/render.js';
import type { Choice, Reply } from '../../../src/domain/reply.js';
import { METHODS } from '../../fakes/telegram-schema.js';
import { WORDS } from '../support.js';

function calls(reply: Reply) {
  const rendered = render(777, reply, WORDS.id);
  for (const call of rendered) expect(METHODS[call.method].safeParse(call.payload).error).toBeUndefined();
  return rendered.map((call) => call.payload);
}

const text = (body: string, choices: Choice[] = [], askLocation = false): Reply => ({
  type: 'text',
  text: body,
  choices,
  askLocation,
});

describe('a text', () => {
  it('goes out plain, whatever it holds', () => {
    const nasty = 'Puskesmas *Loa_Ipuh* <b>&[x](http://y)`';
    expect(calls(text(nasty))).toEqual([{ chat_id: 777, text: nasty, link_preview_options: { is_disabled: true } }]);
  });

  it('has its choices as buttons: two short ones to a row, long ones below each other', () => {
    expect(
      calls(
        text('Pilih', [
          { id: 'y', label: 'Ya' },
          { id: 'n', label: 'Tidak' },
        ]),
      )[0],
    ).toMatchObject({
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'Ya', callback_data: 'y' },
            { text: 'Tidak', callback_data: 'n' },
          ],
        ],
      },
    });
    const long = [
      { id: '1', label: 'Puskesmas Contoh Satu' },
      { id: '2', label: 'Ya' },
    ];
    expect(calls(text('Pilih', long))[0]).toMatchObject({
      reply_markup: { inline_keyboard: [[{ text: 'Puskesmas Contoh Satu' }], [{ text: 'Ya' }]] },
    });
  });

  it('numbers the buttons of choices that the text shows', () => {
    const choices = [
      { id: 'a', label: 'Puskesmas A', inText: true },
      { id: 'm', label: 'Menu' },
    ];
    expect(calls(text('1. Puskesmas A', choices))[0]).toMatchObject({
      reply_markup: {
        inline_keyboard: [
          [
            { text: '1. Puskesmas A', callback_data: 'a' },
            { text: 'Menu', callback_data: 'm' },
          ],
        ],
      },
    });
  });

  it('puts the number behind a button whose id is over 64 bytes', () => {
    const choices = [
      { id: 'a', label: 'A' },
      { id: 'é'.repeat(33), label: 'B' },
    ];
    expect(calls(text('Pilih', choices))[0]).toMatchObject({
      reply_markup: { inline_keyboard: [[{ callback_data: 'a' }, { callback_data: '2' }]] },
    });
  });

  it('asks for the place with a keyboard, its choices as numbers', () => {
    const choices = [
      { id: 'a', label: 'Tenggarong' },
      { id: 'b', label: 'Loa Kulu' },
    ];
    expect(calls(text('Di mana?', choices, true))[0]).toMatchObject({
      text: 'Di mana?\n\n1. Tenggarong\n2. Loa Kulu\n\nBalas dengan angka.',
      reply_markup: {
        keyboard: [[{ text: 'Kirim lokasi saya', request_location: true }], [{ text: '1' }, { text: '2' }]],
      },
    });
  });

  it('is cut when too long, buttons below the last part', () => {
    const rendered = calls(text('kata '.repeat(2000), [{ id: 'm', label: 'Menu' }]));
    expect(rendered).toHaveLength(3);
    expect(rendered.map((payload) => 'reply_markup' in payload)).toEqual([false, false, true]);
  });
});

describe('a place', () => {
  it('is a venue, with an address even when none is known', () => {
    const place: Reply = { type: 'place', facility: 'x', lat: -0.4, lng: 117, title: 'Puskesmas Contoh', address: '' };
    expect(calls(place)).toEqual([
      { chat_id: 777, latitude: -0.4, longitude: 117, title: 'Puskesmas Contoh', address: 'Puskesmas Contoh' },
    ]);
  });
});
