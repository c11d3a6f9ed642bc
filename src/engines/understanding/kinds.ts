import type { FacilityKind } from '../../domain/facility.js';
import type { NormalText } from '../language/index.js';

const KINDS: Readonly<Record<string, FacilityKind>> = {
  puskesmas: 'puskesmas',
  rs: 'hospital',
  pustu: 'pustu',
  pusban: 'pustu',
  pembantu: 'pustu',
  klinik: 'clinic',
};

/** The kinds of facility that the message asks for by word, each once, in its order; "puskesmas pembantu" is a pustu alone. */
export function kindsOf({ tokens }: NormalText): readonly FacilityKind[] {
  const kinds = tokens.flatMap(({ form, guessed }, at) => {
    const kind = guessed || !Object.hasOwn(KINDS, form) ? undefined : KINDS[form];
    return kind === undefined || tokens[at + 1]?.form === 'pembantu' ? [] : [kind];
  });
  return [...new Set(kinds)];
}
