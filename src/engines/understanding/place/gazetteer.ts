import type { Facility } from '../../../domain/facility.js';
import type { Area, Region } from '../../../domain/place.js';
import outside from '../lexicon/outside-places.json' with { type: 'json' };
import nicknames from '../lexicon/place-nicknames.json' with { type: 'json' };
import { NameIndex } from './name-index.js';
import { areaNames, facilityNames, type Name, nameOf, type Target, wordsOf } from './names.js';
import { isOrdinary } from './ordinary.js';

/** Every name of a place that residents may write, compiled once; built anew when the data change. */
export interface Gazetteer {
  /** Areas of ours, places outside, and wider names. */
  readonly areas: NameIndex;
  /** Facilities, also by parts of their names. */
  readonly facilities: NameIndex;
  readonly areaByCode: ReadonlyMap<string, Area>;
  /** Words that a numeral may follow in a name ("utara" of "Bontang Utara II"). */
  readonly numbered: ReadonlySet<string>;
}

/**
 * Compiles the names. Takes what the directory holds; a region adds the name by which the office calls
 * it to the area of the same code. Pure and deterministic; some milliseconds for a thousand names.
 */
export function buildGazetteer(
  regions: readonly Pick<Region, 'code' | 'name'>[],
  areas: readonly Area[],
  facilities: readonly Facility[],
): Gazetteer {
  const own = [...areas.flatMap(areaNames), ...namesOfRegions(regions, areas), ...nicknamesOf(areas)];
  const wholeAreaKeys = new Set(own.filter((name) => name.form === 'whole').map((name) => name.key));
  const outsiders = outsideNames().filter((name) => !wholeAreaKeys.has(name.key));
  const ofFacilities = facilities
    .flatMap(facilityNames)
    .filter((name) => name.form === 'whole' || isOfPustu(name) || !isOrdinary(name.spelled));
  return {
    areas: new NameIndex([...own, ...outsiders]),
    facilities: new NameIndex(withoutVagueParts(ofFacilities, wholeAreaKeys)),
    areaByCode: new Map(areas.map((area) => [area.code, area])),
    numbered: new Set(
      ofFacilities.flatMap((name) => name.words.filter((_, at) => /^\d$/.test(name.words[at + 1] ?? ''))),
    ),
  };
}

function isOfPustu({ target }: Name): boolean {
  return target.kind === 'facility' && target.facility.kind === 'pustu';
}

function namesOfRegions(regions: readonly Pick<Region, 'code' | 'name'>[], areas: readonly Area[]): readonly Name[] {
  return regions.flatMap(({ code, name }) => {
    const area = areas.find((candidate) => candidate.code === code);
    return area === undefined
      ? []
      : areaNames({ ...area, name }).map((named) => ({ ...named, target: { kind: 'area', area } }) satisfies Name);
  });
}

function nicknamesOf(areas: readonly Area[]): readonly Name[] {
  return nicknames.flatMap((entry) => {
    const area = areas.find((candidate) => candidate.name === entry.name);
    return area === undefined
      ? []
      : namesOf({ kind: 'area', area }, entry.also).map((name) => ({ ...name, exactly: true }) satisfies Name);
  });
}

function outsideNames(): readonly Name[] {
  const regencies = outside.regencies.flatMap(({ kabupaten, kota }) => [
    ...kabupaten.flatMap((name) => regencyNames(name, `Kabupaten ${name}`, ['kabupaten', 'kab', 'kota'])),
    ...kota.flatMap((name) => regencyNames(name, `Kota ${name}`, ['kota', 'kotamadya', 'kodya', 'kabupaten', 'kab'])),
  ]);
  return [
    ...outside.wider.flatMap(({ names }) => namesOf({ kind: 'wider' }, names)),
    ...outside.nicknames.flatMap(({ name, also }) => namesOf({ kind: 'outside', name }, also)),
    ...outside.provinces.flatMap(({ names }) => names.flatMap((name) => namesOf({ kind: 'outside', name }, [name]))),
    ...regencies,
  ];
}

function regencyNames(name: string, shown: string, before: readonly string[]): readonly Name[] {
  return namesOf({ kind: 'outside', name: shown }, [name, ...before.map((kind) => `${kind} ${name}`)]);
}

function namesOf(target: Target, texts: readonly string[]): readonly Name[] {
  return texts.map((text) => nameOf(target, wordsOf(text))).filter((name) => name !== null);
}

/** A part that many facilities share ("gunung") or that is an area's own name ("bontang") says nothing. */
function withoutVagueParts(names: readonly Name[], areaKeys: ReadonlySet<string>): readonly Name[] {
  const owners = new Map<string, Set<Target>>();
  for (const { key, target } of names) owners.set(key, (owners.get(key) ?? new Set()).add(target));
  return names.filter(
    ({ form, key }) => form === 'whole' || (owners.get(key)?.size ?? 0) <= (areaKeys.has(key) ? 1 : 3),
  );
}
