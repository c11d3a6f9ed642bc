import { describe, expect, it } from 'vitest';
import { read } from './shipped-world.js';

describe('BERHENTI and LANGGANAN in any spelling', () => {
  it.each([
    'behenti',
    'berhneti',
    'berhent',
    'brnti',
    'Brhnti!!',
    'b e r h e n t i',
    's t o p',
    'setop',
    'OFF',
    'halo berhenti',
    'brenti dulu ya min',
    'BERHENTI, terima kasih',
    'stop, makasih',
    'berhenti mengirim pesan',
    'tolong berhenti mengirim',
  ])('%s stops', (text) => expect(read(text).intents).toEqual(['opt_out']));

  it.each(['langanan', 'lngganan', 'lagganan', 'langgnan', 'Langganan dong', 'langganan ya min'])('%s agrees', (text) =>
    expect(read(text).intents).toEqual(['opt_in']),
  );

  it.each([
    'lung anai',
    'anggana',
    'berobat',
    'berapa',
    'bengkak',
    'saya mau berhenti merokok',
    'berhenti minum obat TB boleh?',
    'haid saya berhenti',
    'of',
    'makasih',
  ])('%s is neither', (text) => {
    const { intents } = read(text);
    expect(intents).not.toContain('opt_out');
    expect(intents).not.toContain('opt_in');
  });
});
