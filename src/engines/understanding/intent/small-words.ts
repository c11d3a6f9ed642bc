import type { NormalText } from '../../language/index.js';
import lexicon from '../lexicon/small-words.json' with { type: 'json' };
import type { Asks, FollowUp, Understanding } from '../types.js';
import type { Signs } from './signs.js';

/** What is asked about a facility. */
export function asksOf(signs: Signs): Asks {
  return {
    phone: signs.has('phone'),
    address: signs.has('address'),
    map: signs.has('map'),
    hours: signs.has('open') || signs.has('opening_hours'),
    services: signs.has('which_services'),
    doctors: signs.has('doctors') || signs.has('doctor_there'),
    event: signs.has('event'),
    holidays: signs.has('holidays'),
  };
}

const FOLLOW_UPS: readonly FollowUp[] = ['cancel', 'back', 'other_place', 'more', 'repeat', 'near_me'];

/** A short word on the earlier answer; the first that fits. */
export function followUpOf(signs: Signs): FollowUp | null {
  return FOLLOW_UPS.find((followUp) => signs.has(followUp)) ?? null;
}

const ORDINALS: ReadonlyMap<string, number> = new Map(
  lexicon.ordinals.flatMap((forms, at) => forms.split(' ').map((form) => [form, at + 1] as const)),
);
const LONGEST_PICK = 5;

/** The number of an offered choice: "2", "nomor 2", "yang kedua", "pilih no 3". Only in short messages. */
export function ordinalOf({ tokens }: NormalText): number | null {
  const forms = tokens.map((token) => token.form);
  if (forms.length === 0 || forms.length > LONGEST_PICK) return null;
  const alone = forms.length === 1 ? plain(forms[0] ?? '') : null;
  if (alone !== null) return alone;
  for (const [at, form] of forms.entries()) {
    const before = forms[at - 1] ?? '';
    const named = ORDINALS.get(form);
    if (named !== undefined && (before === 'yang' || before === '' || PICK.test(before))) return named;
    const value = plain(form);
    if (value !== null && PICK.test(before) && UNIT.test(forms[at + 1] ?? '') === false) return value;
  }
  return null;
}

const PICK = /^(nomor|nomer|no|pilih|pilihan|angka|ke|opsi|yang|option|nmr)$/;
const UNIT = /^(hari|jam|bulan|tahun|minggu|menit|anak|orang|kali)$/;

function plain(form: string): number | null {
  return /^\d{1,2}$/.test(form) && Number(form) > 0 ? Number(form) : null;
}

const YES_NO: ReadonlyMap<string, 'yes' | 'no' | 'unknown'> = new Map(
  (['yes', 'no', 'unknown'] as const).flatMap((answer) =>
    lexicon.yesNo[answer].map((words) => [words, answer] as const),
  ),
);
const AROUND = new Set(lexicon.around.split(' '));

/** Yes, no or "tidak tahu" when the message says no more than that. */
export function yesNoOf({ tokens, raw }: NormalText): Understanding['yesNo'] {
  if (tokens.length === 0 || tokens.length > 6) return null;
  const typed = raw
    .toLowerCase()
    .replace(/[^a-z' ]/g, ' ')
    .trim()
    .split(/\s+/);
  const forms = tokens.map((token) => token.form);
  for (const words of [typed, forms]) {
    const said = words.filter((word, at) => at === 0 || !AROUND.has(word)).join(' ');
    const answer = YES_NO.get(said) ?? YES_NO.get(words.join(' '));
    if (answer !== undefined) return answer;
  }
  return null;
}
