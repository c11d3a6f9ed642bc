/** Kinds and levels are fixed by the product's contract with the outside. */
export const EMERGENCY_KINDS = [
  'unconscious',
  'breathing',
  'choking',
  'bleeding',
  'seizure',
  'stroke',
  'heart',
  'allergy',
  'burn',
  'snakebite',
  'animal_bite',
  'poisoning',
  'drowning',
  'electric',
  'accident',
  'pregnancy',
  'birth',
  'newborn',
  'child',
  'dengue',
  'dehydration',
  'heatstroke',
  'hypoglycemia',
  'eye',
  'abdomen',
  'suicidal',
  'violence',
  'other',
] as const;
export type EmergencyKind = (typeof EMERGENCY_KINDS)[number];

/**
 * `now`: act and call this minute. `urgent`: an emergency unit today, without waiting.
 * `ask`: one question tells, and the emergency number is already in that reply.
 */
export type EmergencyLevel = 'now' | 'urgent' | 'ask';

/** Whose body it is, where the steps differ. */
export type EmergencyPerson = 'adult' | 'child' | 'infant' | 'pregnant';

export interface Emergency {
  readonly kind: EmergencyKind;
  readonly level: EmergencyLevel;
  readonly person: EmergencyPerson;
}
