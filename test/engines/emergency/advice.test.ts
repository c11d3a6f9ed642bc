import { describe, expect, test } from 'vitest';
import {
  EMERGENCY_KINDS,
  type EmergencyKind,
  type EmergencyLevel,
  type EmergencyPerson,
} from '../../../src/domain/emergency.js';
import type { Language } from '../../../src/domain/message.js';
import type { Region } from '../../../src/domain/place.js';
import { adviseEmergency, afterAnswer, type EmergencyAdvice } from '../../../src/engines/emergency/advice.js';
import type { EmergencyPlace } from '../../../src/engines/emergency/destination.js';
import { numbersFor } from '../../../src/engines/emergency/numbers.js';
import { LANGUAGES, renderPhrase, renderReply } from '../../../src/i18n/translate.js';
import { NOWHERE, pinIn, placeIn, seedDirectory } from './seed-directory.js';

const directory = seedDirectory();
const NIGHT = Date.parse('2026-11-23T23:40:00+08:00');
const MORNING = Date.parse('2026-11-24T09:00:00+08:00');

const KUKAR = '64.02';
const BONTANG = '64.74';
const BALIKPAPAN = '64.71';
const PASURUAN = '35.14';

function advise(
  kind: EmergencyKind,
  place: EmergencyPlace,
  level: EmergencyLevel = 'now',
  person: EmergencyPerson = 'adult',
  now = NIGHT,
): EmergencyAdvice {
  return adviseEmergency({ kind, level, person }, place, directory, now);
}

function textOf({ paragraphs, choices }: EmergencyAdvice, language: Language = 'id'): string {
  const reply = renderReply({ type: 'text', paragraphs, choices }, language);
  return reply.type === 'text' ? reply.text : '';
}

function names({ destinations }: EmergencyAdvice): readonly string[] {
  return destinations.map(({ facility }) => facility.name);
}

describe('where to go, on the shipped data at night', () => {
  test.each<[EmergencyKind, string, string, string, string | null]>([
    ['stroke', KUKAR, 'Tenggarong', 'RSUD Aji Muhammad Parikesit', 'Puskesmas Loa Ipuh'],
    ['heart', KUKAR, 'Kota Bangun', 'RSUD Dayaku Raja', 'Puskesmas Kota Bangun'],
    ['snakebite', PASURUAN, 'Grati', 'RSUD Grati', 'Puskesmas Grati'],
    ['burn', BALIKPAPAN, 'Balikpapan Timur', 'RS Tk. IV Lanud Balikpapan', 'Puskesmas Manggar Baru'],
    ['accident', PASURUAN, 'Tosari', 'RSUD Grati', 'Puskesmas Tosari'],
    ['newborn', PASURUAN, 'Bangil', 'RSUD Bangil', 'Puskesmas Raci'],
    ['birth', BONTANG, 'Bontang Utara', 'RS Amalia Bontang', null],
    ['pregnancy', KUKAR, 'Samboja', 'RSUD Aji Batara Agung Dewa Sakti', 'Puskesmas Samboja'],
    // The middle of the kecamatan lies 31 km from its town, and nearer to another puskesmas.
    ['stroke', KUKAR, 'Loa Kulu', 'RSUD Aji Muhammad Parikesit', 'Puskesmas Loa Kulu'],
  ])('%s in %s %s: the general hospital first (%s), then %s', (kind, region, area, hospital, unit) => {
    const [first, second] = names(advise(kind, placeIn(directory, region, area)));
    expect(first).toBe(hospital);
    expect(second ?? null).toBe(unit);
  });

  test.each<[EmergencyKind, string, string, string]>([
    ['poisoning', KUKAR, 'Tenggarong', 'Puskesmas Loa Ipuh'],
    ['bleeding', PASURUAN, 'Tosari', 'Puskesmas Tosari'],
    ['allergy', BALIKPAPAN, 'Balikpapan Timur', 'Puskesmas Manggar Baru'],
    ['seizure', KUKAR, 'Muara Badak', 'Puskesmas Muara Badak'],
  ])('%s in %s %s: the nearest open unit first (%s)', (kind, region, area, unit) => {
    expect(names(advise(kind, placeIn(directory, region, area)))[0]).toBe(unit);
  });

  test('Bontang at night has no unit known to be open near: the hospital, told as not confirmed', () => {
    const advice = advise('poisoning', placeIn(directory, BONTANG, 'Bontang Utara'));
    expect(names(advice)).toEqual(['RS Amalia Bontang']);
    expect(textOf(advice)).toContain('biasanya 24 jam, belum dipastikan');
  });

  test('a contested 24-hour claim never counts as open, not even next door', () => {
    const advice = advise('poisoning', placeIn(directory, BONTANG, 'Bontang Lestari'));
    expect(names(advice)).not.toContain('Puskesmas Bontang Lestari');
  });

  test('an outpatient room that is only assumed to be open is no emergency unit', () => {
    const advice = advise('poisoning', placeIn(directory, BONTANG, 'Bontang Utara'), 'now', 'adult', MORNING);
    expect(names(advice)).toEqual(['RS Amalia Bontang']);
  });

  test('a grown unit and a baby differ: a baby in danger is sent to a hospital first', () => {
    const place = placeIn(directory, KUKAR, 'Tenggarong');
    expect(names(advise('breathing', place))[0]).toBe('Puskesmas Loa Ipuh');
    expect(names(advise('breathing', place, 'now', 'infant'))[0]).toBe('RSUD Aji Muhammad Parikesit');
  });

  test('the eye hospital is named for eyes alone, without a distance and without a pin', () => {
    const place = placeIn(directory, BALIKPAPAN, 'Balikpapan Timur');
    const eye = advise('eye', place, 'urgent');
    expect(names(eye)).toContain('RS Mata SMEC Balikpapan');
    expect(textOf(eye)).toMatch(/RS Mata SMEC Balikpapan \(Kota Balikpapan\)/);
    expect(eye.places.map(({ title }) => title)).not.toContain('RS Mata SMEC Balikpapan');
    for (const kind of EMERGENCY_KINDS.filter((each) => each !== 'eye')) {
      expect(names(advise(kind, place))).not.toContain('RS Mata SMEC Balikpapan');
    }
  });

  test('a maternity hospital only for mothers and babies, and only where it is nearer', () => {
    const place = placeIn(directory, BALIKPAPAN, 'Balikpapan Kota');
    const [hospital, , maternity] = advise('birth', place).destinations;
    expect(maternity?.facility.scope).toBe('maternity');
    expect(maternity?.km).toBeLessThan(hospital?.km ?? 0);
    for (const kind of ['stroke', 'heart', 'poisoning', 'accident'] as const) {
      for (const { facility } of advise(kind, place).destinations) expect(facility.scope).toBe('general');
    }
  });

  test('a hospital that is not confirmed to be open is never named, anywhere', () => {
    for (const area of directory.areas.filter(({ centroid }) => centroid !== null)) {
      const region = directory.region(area.code.slice(0, 5));
      for (const kind of ['stroke', 'poisoning', 'eye', 'birth'] as const) {
        const advice = advise(kind, { region, area, point: area.centroid });
        for (const { facility } of advice.destinations) expect(facility.status, facility.name).toBe('operating');
      }
    }
  });

  test('a pin gives an exact distance, the centre of a kecamatan a rough one', () => {
    const pin = advise('poisoning', pinIn(directory, KUKAR, { lat: -0.4172, lng: 116.9925 }));
    const centre = advise('poisoning', placeIn(directory, KUKAR, 'Tenggarong'));
    expect(centre.destinations[0]?.approximate).toBe(true);
    expect(pin.destinations[0]?.approximate).toBe(pin.destinations[0]?.facility.coordConfidence === 'low');
    expect(textOf(centre)).toMatch(/± \d/);
  });

  test('of a whole kabupaten the hospitals are named with their kecamatan, and the place is asked', () => {
    const advice = advise('stroke', placeIn(directory, KUKAR));
    expect(names(advice)).toContain('RSUD Aji Muhammad Parikesit');
    expect(advice.destinations.every(({ km }) => km === null)).toBe(true);
    expect(textOf(advice)).toContain('Kec. Tenggarong Seberang');
    expect(advice.asks).toBe('place');
    expect(advice.places).toEqual([]);
  });

  test('elsewhere in Indonesia: 119 and the nearest hospital in general', () => {
    const advice = advise('heart', pinIn(directory, null, { lat: -6.2, lng: 106.82 }));
    expect(advice.destinations).toEqual([]);
    expect(advice.numbers).toEqual(['119']);
    expect(textOf(advice)).toContain('IGD rumah sakit terdekat');
  });

  test('each destination with a point has its pin, in the same order', () => {
    const advice = advise('stroke', placeIn(directory, KUKAR, 'Tenggarong'));
    expect(advice.places.map(({ title }) => title)).toEqual(names(advice));
    expect(advice.facilities.map(({ name, service }) => [name, service])).toEqual(
      names(advice).map((name) => [name, 'ugd']),
    );
  });
});

describe('the numbers', () => {
  test.each([
    [KUKAR, ['119']],
    [BONTANG, ['119', '112']],
    [PASURUAN, ['119', '112']],
    [BALIKPAPAN, ['0822-2558-1119', '119', '112']],
  ])('%s: %j', (region, numbers) => {
    expect(numbersFor(directory.region(region))).toEqual(numbers);
  });

  test('119 is there even where staff left it out', () => {
    const region: Region = {
      code: '00.00',
      name: 'Kabupaten Contoh',
      zone: 'Asia/Makassar',
      emergencyNumbers: [],
      officeContact: null,
    };
    expect(numbersFor(region)).toEqual(['119']);
    expect(numbersFor(null)).toEqual(['119']);
  });

  test('no phone of a facility is ever shown', () => {
    for (const kind of EMERGENCY_KINDS) {
      for (const region of directory.regions) {
        const advice = advise(kind, placeIn(directory, region.code));
        for (const { facility } of advice.destinations) {
          if (facility.phone) expect(textOf(advice)).not.toContain(facility.phone);
        }
      }
    }
  });
});

describe('the one question', () => {
  const here = placeIn(directory, KUKAR, 'Tenggarong');
  test.each<[EmergencyKind, EmergencyLevel, EmergencyPlace, EmergencyAdvice['asks'], string]>([
    ['poisoning', 'now', here, 'well', 'sadar dan bernapas'],
    ['poisoning', 'now', NOWHERE, 'well', 'sadar dan bernapas'],
    ['unconscious', 'now', NOWHERE, 'well', 'bernapas normal'],
    ['stroke', 'now', here, 'well', 'sadar dan bernapas'],
    ['stroke', 'now', NOWHERE, 'place', 'Anda di mana'],
    ['dengue', 'urgent', here, 'worse', 'memburuk'],
    ['dengue', 'urgent', NOWHERE, 'place', 'Anda di mana'],
    ['bleeding', 'ask', NOWHERE, 'worse', 'masih mengalir deras'],
    ['suicidal', 'now', NOWHERE, 'well', 'aman saat ini'],
    ['violence', 'urgent', here, 'well', 'aman saat ini'],
  ])('%s, %s', (kind, level, place, asks, words) => {
    const advice = advise(kind, place, level);
    expect(advice.asks).toBe(asks);
    expect(textOf(advice)).toContain(words);
  });

  test.each(EMERGENCY_KINDS)('%s never asks two', (kind) => {
    for (const level of ['now', 'urgent', 'ask'] as const) {
      for (const place of [here, NOWHERE, placeIn(directory, PASURUAN)]) {
        for (const language of LANGUAGES) {
          const text = textOf(advise(kind, place, level), language);
          expect(text.match(/\?/g), text).toHaveLength(1);
        }
      }
    }
  });

  test('without a place the reply invites to send it', () => {
    expect(advise('poisoning', NOWHERE).askLocation).toBe(true);
    expect(textOf(advise('poisoning', NOWHERE))).toContain('Kirim lokasi');
    expect(advise('poisoning', here).askLocation).toBe(false);
  });

  test.each(['ask', 'now'] as const)('after a calming answer to %s the number is said again', (level) => {
    const words = renderPhrase(afterAnswer({ kind: 'heart', level, person: 'adult' }, NOWHERE), 'id');
    expect(words).toContain('119');
  });
});

describe('the reply as a whole', () => {
  test.each(EMERGENCY_KINDS)('%s begins with the number and ends with what can wait', (kind) => {
    for (const level of ['now', 'urgent'] as const) {
      const lines = textOf(advise(kind, NOWHERE, level)).split('\n');
      expect(lines[0]).toContain('119');
      const last = lines.at(-1) ?? '';
      if (kind === 'suicidal' || kind === 'violence') {
        expect(lines.join('\n')).not.toMatch(/biaya|BPJS/i);
        expect(last).toContain('tidak perlu menyebut nama');
      } else {
        expect(last).toContain('Biaya dan BPJS diurus belakangan.');
      }
    }
  });

  test('fits a message with buttons everywhere, in every language, with the longest real names', () => {
    const places: readonly EmergencyPlace[] = [
      NOWHERE,
      ...directory.regions.map(({ code }) => placeIn(directory, code)),
      ...directory.areas
        .filter(({ level }) => level === 'kecamatan')
        .map((area) => ({ region: directory.region(area.code.slice(0, 5)), area, point: area.centroid })),
    ];
    const tooLong: string[] = [];
    for (const kind of EMERGENCY_KINDS) {
      for (const level of ['now', 'urgent'] as const) {
        for (const person of ['adult', 'child', 'infant', 'pregnant'] as const) {
          for (const place of places) {
            const advice = advise(kind, place, level, person);
            for (const language of LANGUAGES) {
              const { length } = textOf(advice, language);
              if (length > 1024) tooLong.push(`${advice.card.id} ${level} ${language}: ${length}`);
            }
          }
        }
      }
    }
    expect(tooLong).toEqual([]);
  });

  test('with nothing known of the place the directory is not needed at all', () => {
    const broken = new Proxy(directory, {
      get: () => {
        throw new Error('the store is down');
      },
    });
    const advice = adviseEmergency({ kind: 'stroke', level: 'now', person: 'adult' }, NOWHERE, broken, NIGHT);
    expect(textOf(advice)).toContain('119');
  });
});
