import type { Facility } from '../src/domain/facility.js';
import type { Snapshot } from '../src/ports/snapshot.js';

/** A stream of chance that is the same in every run (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Hours texts that differ: a base of working hours with an opening and a closing time each. */
function distinctHours(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const pad = (minutes: number) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    const from = 420 + (index % 20) * 5;
    const to = 720 + (Math.floor(index / 20) % 15) * 15;
    return index % 10 === 9
      ? `24/7; Su ${pad(from)}-${pad(to)}`
      : `Mo-Th ${pad(from)}-${pad(to)}; Fr ${pad(from)}-11:00; Sa ${pad(from)}-12:00; PH off`;
  });
}

/** A made-up country: `count` facilities scattered around the real areas' centres, with that many distinct hours. Visibly fictitious, for figures only. */
export function madeUpCountry(seed: Snapshot, count: number, hours: number): Snapshot {
  const random = chance(1);
  const texts = distinctHours(hours);
  const villages = seed.areas.filter((area) => area.level === 'kelurahan_desa' && area.centroid !== null);
  const model = seed.facilities[0];
  if (!model) throw new Error('the shipped data is empty');
  const facilities = Array.from({ length: count }, (_, index) => {
    const village = villages[Math.floor(random() * villages.length)];
    const centre = village?.centroid ?? { lat: 0, lng: 117 };
    const facility: Facility = {
      ...model,
      id: `rekaan-${index}`,
      kind: 'puskesmas',
      scope: 'general',
      status: 'operating',
      name: `Puskesmas Rekaan ${index}`,
      aliases: [],
      regionCode: village?.code.slice(0, 5) ?? model.regionCode,
      kecamatanCode: village?.parentCode ?? null,
      kelurahanCode: village?.code ?? null,
      point: { lat: centre.lat + (random() - 0.5) * 0.1, lng: centre.lng + (random() - 0.5) * 0.1 },
      coordConfidence: 'high',
      services: [
        {
          service: 'outpatient',
          hours: texts[index % texts.length] ?? '24/7',
          validFrom: null,
          validTo: null,
          standing: 'active',
          note: null,
          source: 'made up for the benchmark',
          grade: 'published',
          checkedOn: '2026-11-22',
        },
      ],
    };
    return { ...model, ...facility };
  });
  return { ...seed, facilities };
}
