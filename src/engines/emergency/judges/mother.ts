import type { EmergencyLevel } from '../../../domain/emergency.js';
import type { Findings } from '../findings.js';
import type { Judge } from './judge.js';

const TWO_MONTHS = 60;

/** The sick one is a baby under two months, by its age or by words such as "baru lahir". */
function isNewborn(f: Findings): boolean {
  const age = f.figures.ageDays;
  if (age !== null) return age < TWO_MONTHS && f.any('infant', 'newborn_age', 'child', 'cord', 'not_feeding', 'yellow');
  return f.any('newborn_age', 'cord');
}

/** Somebody is with child and the message is about her. */
function isPregnant(f: Findings): boolean {
  return (f.any('pregnant', 'waters') || isStill(f)) && !f.any('postpartum', 'just_born');
}

/** The child moves less or not at all; "janin aktif, tidak flek" says the contrary. */
function isStill(f: Findings): boolean {
  return f.any('fetal_still') && !f.any('fetal_active');
}

/** Birth on the way, and the first minutes after it (facts: card 17). */
export const birth: Judge = {
  kind: 'birth',
  judge(f) {
    if (f.any('crowning') && f.any('service', 'handled') && !f.any('labour', 'help_word')) return null;
    if (f.is('crowning') || f.any('placenta')) return 'now';
    if (f.any('just_born') && !f.any('newborn_age', 'nifas_days')) return afterBirth(f);
    if (!f.any('labour')) return f.perhaps('crowning') ? 'ask' : null;
    if (f.any('contractions_close')) return 'now';
    if (f.any('postpartum')) return null;
    if (f.any('help_now')) return 'now';
    if (!f.is('labour') || f.any('service')) return null;
    if (f.any('waters', 'belly_pain', 'bleed_any', 'help_word', 'cramp', 'flecks', 'birth_stress')) return 'urgent';
    return f.is('labour_plain') ? 'ask' : null;
  },
};

/** Danger signs in pregnancy and in the weeks after birth (facts: cards 16 and 17). */
export const pregnancy: Judge = {
  kind: 'pregnancy',
  judge(f) {
    if (f.any('postpartum')) return afterBirth(f);
    if (f.any('curettage') && f.any('fever', 'bad_discharge', 'bleed_heavy', 'bleed_any')) return 'urgent';
    if (!isPregnant(f)) return null;
    if (f.is('seizure') || f.is('unaware') || f.any('no_breath', 'breath_severe', 'bleed_heavy', 'pad_soaked'))
      return 'now';
    if (f.any('bleed_any', 'belly_severe') && f.any('belly_rigid', 'faint', 'pale', 'sweat_cold', 'cold_hands'))
      return 'now';
    if ((f.figures.systolic ?? 0) >= 160 && f.any('head_ache', 'vision_blur', 'epigastric')) return 'now';
    if (
      f.any('seizure', 'bleed_any', 'flecks', 'miscarriage', 'waters', 'vision_blur', 'breath_hard', 'head_severe') ||
      isStill(f)
    ) {
      return 'urgent';
    }
    if (f.any('head_ache') && f.any('swelling_body', 'epigastric', 'bp_high')) return 'urgent';
    if (f.any('vomits_all', 'cannot_drink', 'belly_severe', 'belly_rigid', 'fever_severe', 'faint', 'drowsy'))
      return 'urgent';
    if (f.any('fall', 'crash', 'palpitation', 'fever', 'unaware') || (f.figures.systolic ?? 0) >= 140) return 'urgent';
    return f.any('belly_pain', 'head_ache') && f.any('weak') ? 'ask' : null;
  },
};

function afterBirth(f: Findings): EmergencyLevel | null {
  if (f.any('bleed_heavy', 'pad_soaked', 'no_breath', 'breath_severe') || f.is('seizure') || f.is('unaware'))
    return 'now';
  if (f.any('bleed_any') && f.any('faint', 'weak', 'drowsy', 'pale', 'sweat_cold')) return 'now';
  const danger = f.any(
    'harm_baby',
    'bleed_any',
    'fever',
    'bad_discharge',
    'head_severe',
    'breath_hard',
    'faint',
    'belly_severe',
    'calf',
    'seizure',
  );
  return danger || (f.any('head_ache') && f.any('swelling_body', 'vision_blur')) ? 'urgent' : null;
}

/** Danger signs under two months (facts: card 18, MTBS); fever and cold are `now` at that age. */
export const newborn: Judge = {
  kind: 'newborn',
  judge(f) {
    if (!isNewborn(f)) return null;
    const celsius = f.figures.celsius;
    if (celsius !== null && (celsius >= 37.5 || celsius < 35.5)) return 'now';
    if (f.any('no_breath', 'breath_hard', 'breath_severe', 'blue', 'seizure', 'limp_baby', 'drowsy', 'unaware'))
      return 'now';
    if (f.any('not_feeding', 'cannot_drink', 'fever', 'weak_cry', 'bleed_heavy') || (f.figures.breaths ?? 0) >= 60)
      return 'now';
    if (f.any('weak', 'cold_baby') || (f.any('yellow') && (f.figures.ageDays ?? 9) < 1)) return 'now';
    if (f.any('vomits_all', 'pus_eye')) return 'now';
    if (celsius !== null && celsius < 36.5) return 'urgent';
    if (f.any('yellow_deep', 'cord', 'diarrhoea', 'bleed_any', 'bulging_fontanel')) return 'urgent';
    if (f.any('yellow') && (f.figures.ageDays ?? 0) >= 14) return 'urgent';
    return f.any('yellow', 'vomit', 'small_baby') ? 'ask' : null;
  },
};
