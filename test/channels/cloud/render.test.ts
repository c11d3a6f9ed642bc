import { describe, expect, it } from 'vitest';
import { render } from '../../../src/channels/cloud/render.js';
import { renderTemplate } from '../../../src/channels/cloud/template.js';
import type { Choice, Reply } from '../../../src/domain/reply.js';
import { outgoing } from '../../fakes/cloud-schema.js';
import { WORDS } from '../support.js';

function valid(content: object): object {
  const checked = outgoing.safeParse({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    recipient: 'ID.1',
    ...content,
  });
  expect(checked.error).toBeUndefined();
  return content;
}

function rendered(text: string, choices: Choice[] = [], askLocation = false): object[] {
  return render({ type: 'text', text, choices, askLocation }, WORDS.id).map(valid);
}

const choices = (count: number, label = (n: number) => `Pilihan ${n}`): Choice[] =>
  Array.from({ length: count }, (_, n) => ({ id: `c${n + 1}`, label: label(n + 1) }));

const kindOf = (content: object | undefined): string => {
  const { type, interactive } = content as { type: string; interactive?: { type: string } };
  return interactive?.type ?? type;
};

describe('how choices are shown', () => {
  it.each<[string, string, Choice[], string[]]>([
    ['none', 'Halo', [], ['text']],
    ['up to three short ones: buttons', 'Pilih', choices(3), ['button']],
    ['four: a list', 'Pilih', choices(4), ['list']],
    ['ten: a list', 'Pilih', choices(10), ['list']],
    ['eleven: numbered text', 'Pilih', choices(11), ['text']],
    ['a label over 20: a list', 'Pilih', choices(2, (n) => `Puskesmas Contoh ke-${n}0`), ['list']],
    ['a text over 1024: a list', 'x'.repeat(1500), choices(2), ['list']],
    ['a text over 4096: its head as text', 'kata '.repeat(1000), choices(2), ['text', 'button']],
    [
      'two with the same label: not as buttons',
      'Pilih',
      [
        { id: 'a', label: 'Sama' },
        { id: 'b', label: 'Sama' },
      ],
      ['text'],
    ],
  ])('%s', (_, text, list, kinds) => {
    expect(rendered(text, list).map(kindOf)).toEqual(kinds);
  });

  it('numbers what the text shows, and puts a cut label in full below', () => {
    const label = 'Puskesmas Contoh Sejahtera Bersama';
    expect(
      rendered('1. …', [
        { id: 'f', label, inText: true },
        { id: 'm', label: 'Menu' },
      ])[0],
    ).toMatchObject({
      interactive: {
        action: {
          button: 'Pilih',
          sections: [{ rows: [{ title: '1. Puskesmas Contoh Sej…', description: label }, { title: 'Menu' }] }],
        },
      },
    });
  });

  it('puts the number where an id is too long, and spaces where a label has lines', () => {
    expect(rendered('Pilih', [{ id: 'x'.repeat(257), label: 'A\nB' }])[0]).toMatchObject({
      interactive: { action: { buttons: [{ reply: { id: '1', title: 'A B' } }] } },
    });
  });
});

describe('asking for the place', () => {
  it('has a button of its own, choices as numbers', () => {
    expect(rendered('Di mana?', choices(2), true)).toEqual([
      {
        type: 'interactive',
        interactive: {
          type: 'location_request_message',
          body: { text: 'Di mana?\n\n1. Pilihan 1\n2. Pilihan 2\n\nBalas dengan angka.' },
          action: { name: 'send_location' },
        },
      },
    ]);
  });

  it('says how to do it by hand below a long text', () => {
    const [content] = rendered('x'.repeat(1025), [], true);
    expect(content).toMatchObject({
      type: 'text',
      text: { body: expect.stringContaining('Tekan lampiran, lalu Lokasi.') },
    });
  });
});

it('shows a place as a location, with or without an address', () => {
  const place: Reply = { type: 'place', facility: 'x', lat: -0.4, lng: 117, title: 'Puskesmas Contoh', address: '' };
  expect(render(place, WORDS.id).map(valid)).toEqual([
    { type: 'location', location: { latitude: -0.4, longitude: 117, name: 'Puskesmas Contoh' } },
  ]);
});

it('renders a template with its values and buttons, without line breaks', () => {
  const template = { name: 'pengumuman', language: 'id', body: ['Imunisasi\nJumat'], buttons: ['BERHENTI'] };
  expect(valid(renderTemplate(template))).toMatchObject({
    template: {
      components: [
        { parameters: [{ text: 'Imunisasi Jumat' }] },
        { index: '0', parameters: [{ payload: 'BERHENTI' }] },
      ],
    },
  });
  valid(renderTemplate({ name: 'kosong', language: 'id', body: [], buttons: [] }));
});
