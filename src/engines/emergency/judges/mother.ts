import type { Findings } from '../findings.js';
import type { Judge } from './judge.js';

const TWO_MONTHS = 60;

/** The sick one is a baby under two months, by its age or by words such as "baru lahir". */
export function isNewborn(f: Findings): boolean {
  const age = f.figures.ageDays;
  if (age !== null) return age < TWO_MONTHS && f.any('infant', 'newborn_age', 'child', 'cord', 'not_feeding');
  return f.any('newborn_age', 'cord');
}

export function isPregnant(f: Findings): boolean {
  return f.any('pregnant', 'fetal_still', 'waters') && !f.any('postpartum');
}

/** Birth on the way, and trouble after birth (facts: card 17). */
export const birth: Judge = {
  kind: 'birth',
  judge(f) {
    if (f.is('crowning') && f.any('pregnant', 'labour', 'waters', 'infant')) return 'now';
    if (f.is('placenta')) return 'now';
    if (f.any('postpartum')) return afterBirth(f);
    if (f.is('labour') && f.any('waters', 'pregnant', 'help_now', 'belly_pain', 'bleed_any')) return 'urgent';
    if (f.is('labour') && f.any('help_now')) return 'now';
    return null;
  },
};

function afterBirth(f: Findings): 'now' | 'urgent' | null {
  if (f.any('bleed_heavy', 'pad_soaked', 'seizure', 'unaware', 'no_breath', 'breath_severe')) return 'now';
  if (f.any('bleed_any') && f.any('faint', 'weak', 'drowsy', 'pale', 'sweat_cold')) return 'now';
  const danger = f.any('bleed_any', 'fever', 'bad_discharge', 'head_severe', 'breath_hard', 'faint', 'belly_severe', 'calf_swollen');
  return danger || (f.any('head_ache') && f.any('swelling_body', 'vision_blur')) ? 'urgent' : null;
}

/** Danger signs in pregnancy (facts: card 16); fits, a soaked pad and lost awareness are `now`. */
export const pregnancy: Judge = {
  kind: 'pregnancy',
  judge(f) {
    if (!isPregnant(f)) return null;
    if (f.any('seizure', 'unaware', 'no_breath', 'breath_severe', 'bleed_heavy', 'pad_soaked')) return 'now';
    if (f.any('bleed_any') && f.any('belly_severe', 'belly_rigid', 'faint', 'pale', 'sweat_cold')) return 'now';
    if (f.any('bleed_any', 'flecks', 'miscarriage', 'waters', 'fetal_still', 'vision_blur', 'breath_hard', 'head_severe')) return 'urgent';
    if (f.any('head_ache') && f.any('swelling_body', 'epigastric', 'bp_high')) return 'urgent';
    if (f.any('vomits_all', 'cannot_drink', 'belly_severe', 'belly_rigid', 'fever_severe', 'faint', 'drowsy')) return 'urgent';
    if (f.any('fall', 'crash', 'palpitation', 'fever') || (f.figures.systolic ?? 0) >= 140) return 'urgent';
    return f.any('belly_pain', 'head_ache') && f.any('weak') ? 'ask' : null;
  },
};

/** Danger signs under two months (facts: card 18, MTBS); fever and cold are `now` at that age. */
export const newborn: Judge = {
  kind: 'newborn',
  judge(f) {
    if (!isNewborn(f)) return null;
    const celsius = f.figures.celsius;
    if (celsius !== null && (celsius >= 37.5 || celsius < 35.5)) return 'now';
    if (f.any('unaware', 'no_breath', 'breath_hard', 'breath_severe', 'blue', 'seizure', 'limp_baby', 'drowsy')) return 'now';
    if (f.any('not_feeding', 'cannot_drink', 'fever', 'weak_cry', 'bleed_heavy') || (f.figures.breaths ?? 0) >= 60) return 'now';
    if (f.any('weak', 'cold_baby')) return 'now';
    if (f.any('yellow_deep', 'cord', 'pus_eye', 'vomits_all', 'diarrhoea', 'bleed_any', 'bulging_fontanel')) return 'urgent';
    return f.any('yellow', 'vomit', 'restless', 'small_baby') ? 'ask' : null;
  },
};
