import { describe, expect, it } from 'vitest';
import { render } from '../../../src/channels/whatsapp/render.js';
import type { Reply } from '../../../src/domain/reply.js';
import { WORDS } from '../support.js';

const text = (body: string, more: Partial<Extract<Reply, { type: 'text' }>> = {}): Reply => ({
  type: 'text',
  text: body,
  choices: [],
  ...more,
});

describe('what a linked device shows', () => {
  it.each<[string, Reply, string[]]>([
    ['text', text('Halo'), ['Halo']],
    [
      'choices as numbers',
      text('Pilih', { choices: [{ id: 'a', label: 'Satu' }] }),
      ['Pilih\n\n1. Satu\n\nBalas dengan angka.'],
    ],
    ['how to send the place', text('Di mana?', { askLocation: true }), ['Di mana?\n\nTekan lampiran, lalu Lokasi.']],
    ['nothing for nothing', text(' '), []],
  ])('%s', (_, reply, texts) => {
    expect(render(reply, WORDS.id)).toEqual(texts.map((body) => ({ text: body, linkPreview: null })));
  });

  it('cuts a long text', () => {
    expect(render(text('kata '.repeat(1500)), WORDS.id)).toHaveLength(2);
  });

  it('shows a place as a location', () => {
    const place: Reply = {
      type: 'place',
      facility: 'x',
      lat: 1,
      lng: 2,
      title: 'Puskesmas Contoh',
      address: 'Jl. Contoh',
    };
    expect(render(place, WORDS.id)).toEqual([
      { location: { degreesLatitude: 1, degreesLongitude: 2, name: 'Puskesmas Contoh', address: 'Jl. Contoh' } },
    ]);
  });
});
