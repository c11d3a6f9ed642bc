import type { Findings } from '../findings.js';
import { isGrave } from './causes.js';
import type { Judge } from './judge.js';

const STROKE_SIGNS = ['face_droop', 'one_sided', 'slurred', 'sudden_blind', 'thunder_headache', 'unsteady'] as const;

/** One sign that came suddenly is enough (facts: card 6, SeGeRa Ke RS). */
export const stroke: Judge = {
  kind: 'stroke',
  judge(f) {
    if (f.any('breath_severe', 'fever', 'stiff_neck') && !f.any('face_droop', 'one_sided')) return null;
    if (f.any('leg_cold') && !f.any('face_droop', 'slurred')) return null;
    if (f.any('crash', 'fall_high', 'head_injury') && !f.any('face_droop', 'slurred')) return null;
    if (f.any('tingling') && !f.any('face_droop', 'slurred', 'sudden_blind')) return 'ask';
    if (STROKE_SIGNS.some((sign) => f.is(sign))) return 'now';
    if (f.any(...STROKE_SIGNS)) return 'urgent';
    if (f.is('stroke_word') && !f.any('service')) return 'now';
    const pressure = f.figures.systolic ?? 0;
    if (pressure >= 180 && f.any('head_severe', 'head_ache', 'vision_blur', 'vomit', 'confused')) return 'urgent';
    return f.perhaps('face_droop', 'slurred', 'one_sided') || (f.perhaps('stroke_word') && f.any('help_word'))
      ? 'ask'
      : null;
  },
};

/** New pressing chest pain in a grown-up is `now`, however short (facts: card 7). */
export const heart: Judge = {
  kind: 'heart',
  judge(f) {
    const sure = f.any('sweat_cold', 'radiating', 'faint', 'unaware', 'pale', 'vomit', 'cold_hands');
    const grown = f.any('adult', 'elderly', 'diabetic') || (f.figures.ageDays ?? 0) > 30 * 365;
    if (f.any('epigastric') && f.any('sweat_cold') && (grown || f.any('radiating', 'breath_hard', 'weak')))
      return 'now';
    if (f.any('sweat_cold') && f.any('jaw_arm') && grown) return 'now';
    if (!f.any('chest_pain')) {
      if (f.any('palpitation') && f.any('faint', 'breath_hard', 'unaware', 'sweat_cold')) return 'urgent';
      if (f.any('breath_hard') && f.any('swelling_body') && grown && !f.any('pregnant')) return 'urgent';
      return f.perhaps('chest_pain') || f.any('chest_odd')
        ? 'ask'
        : f.any('palpitation') && f.any('head_ache', 'weak')
          ? 'ask'
          : null;
    }
    if (f.was('chest_pain') && f.any('handled', 'allwell') && !sure) return null;
    if (f.any('chest_mild') && f.any('fever', 'cough')) return f.any('breath_hard') ? null : 'ask';
    if (f.any('chest_mild') && !f.any('sweat_cold', 'faint', 'unaware', 'radiating'))
      return f.any('breath_hard') ? 'urgent' : 'ask';
    if (f.any('child') && !f.any('adult')) return sure ? 'urgent' : 'ask';
    return f.is('chest_pain') || sure ? 'now' : 'urgent';
  },
};

/** A diabetic who is shaky, sweaty or confused, or a measured low value (facts: card 23). */
export const hypoglycemia: Judge = {
  kind: 'hypoglycemia',
  judge(f) {
    const sugar = f.figures.sugar;
    if ((sugar !== null && sugar >= 200) || f.any('sugar_high', 'face_droop', 'one_sided')) return null;
    const low = f.any('sugar_low') || (sugar !== null && sugar < 70);
    if (!low && !f.any('diabetic')) return null;
    const mind = f.is('unaware') || f.any('confused', 'bewildered', 'drowsy', 'seizure', 'slurred');
    const body = f.any('shaky', 'sweat_cold', 'faint');
    if (mind || (sugar !== null && sugar < 54)) return 'now';
    if (low && (body || f.any('weak', 'hungry', 'head_ache')))
      return f.count('shaky', 'sweat_cold', 'faint') >= 2 && !f.any('hungry') ? 'now' : 'urgent';
    if (low) return 'urgent';
    return body ? 'urgent' : null;
  },
};

/** Warning signs, above all while the fever drops on day 3 to 7 (facts: card 20). */
export const dengue: Judge = {
  kind: 'dengue',
  judge(f) {
    const feverish = f.any('fever', 'fever_dropped', 'dengue_word', 'platelets') || (f.figures.celsius ?? 0) >= 37.5;
    if (!feverish || f.any('stiff_neck', 'purpura')) return null;
    const dropped = f.any('fever_dropped') && !f.any('fever_not_dropped');
    const days = f.figures.feverDays ?? 0;
    const late = dropped || days >= 3 || f.any('dengue_word', 'platelets');
    if (late && f.any('cold_hands') && f.any('weak', 'drowsy', 'pale', 'faint', 'sweat_cold')) return 'now';
    if (f.any('dengue_word', 'platelets') && isGrave(f)) return 'now';
    if (f.any('nosebleed', 'gum_bleed', 'vomit_blood', 'black_stool')) return 'urgent';
    if ((f.figures.platelets ?? 999) < 100) return 'urgent';
    if (f.any('rash') && (late || f.any('weak', 'drowsy'))) return 'urgent';
    const worse = f.any(
      'belly_severe',
      'vomits_all',
      'drowsy',
      'restless',
      'cold_hands',
      'no_urine',
      'weak',
      'faint',
      'breath_hard',
      'sweat_cold',
    );
    if ((dropped || f.any('dengue_word', 'platelets')) && (worse || f.any('belly_pain', 'vomit'))) return 'urgent';
    if (days >= 3 && f.any('belly_severe', 'cold_hands', 'vomits_all', 'no_urine')) return 'urgent';
    return days >= 3 && f.any('dengue_word', 'aches') ? 'ask' : null;
  },
};

/** Severe dehydration (facts: card 21). */
export const dehydration: Judge = {
  kind: 'dehydration',
  judge(f) {
    const loose = f.any('diarrhoea', 'diarrhoea_heavy', 'dehydration_word');
    const dry = f.any('sunken', 'dry', 'no_urine');
    if (!loose && !(f.any('vomit', 'vomits_all') && dry && !f.any('cannot_drink'))) return null;
    if (f.is('unaware') || f.any('cold_hands')) return 'now';
    if (f.any('drowsy') && (dry || f.any('cannot_drink'))) return f.any('child', 'infant', 'sunken') ? 'now' : 'urgent';
    if (f.any('infant') && f.any('sunken') && f.any('no_urine', 'weak_cry')) return 'now';
    if (dry || f.any('drowsy', 'cannot_drink', 'stool_blood', 'weak', 'faint', 'confused')) return 'urgent';
    if (f.any('vomits_all') || (f.figures.times ?? 0) >= 8) return 'urgent';
    return f.any('vomit') || (f.figures.times ?? 0) > 3 || (f.any('diarrhoea_heavy') && f.figures.times === null)
      ? 'ask'
      : null;
  },
};

/** Going on is `now`, stopped is `urgent` (contract). */
export const seizure: Judge = {
  kind: 'seizure',
  judge(f) {
    if (f.any('seizing_now') && f.any('seizure')) return 'now';
    if (f.is('seizure')) return f.any('allwell', 'seizure_over') ? 'urgent' : 'now';
    if (f.any('seizure')) return 'urgent';
    return f.perhaps('seizure') ? 'ask' : null;
  },
};

export const abdomen: Judge = {
  kind: 'abdomen',
  judge(f) {
    const pain = f.any('belly_pain', 'belly_severe', 'epigastric');
    if (f.any('belly_rigid') && (pain || f.any('fever', 'vomit')))
      return f.any('unaware', 'faint', 'sweat_cold', 'pale') ? 'now' : 'urgent';
    if (f.any('belly_right', 'hernia') || (f.any('flank_fever') && f.any('fever'))) return 'urgent';
    if (
      pain &&
      f.any('fever') &&
      (f.any('pus_discharge', 'yellow') || (f.figures.celsius ?? 0) >= 38.5) &&
      !f.any('child')
    )
      return 'urgent';
    if (f.any('appendix_word') && (pain || f.any('fever', 'vomit')) && !f.any('handled')) return 'urgent';
    if (f.any('obstruction') && f.any('vomit', 'belly_pain', 'belly_severe')) return 'urgent';
    if (pain && f.any('unaware', 'faint') && f.any('pale', 'sweat_cold', 'belly_severe')) return 'now';
    if (f.any('retention', 'torsion') && !f.any('belly_rigid')) return null;
    if (f.any('belly_severe')) return f.any('belly_mild') ? 'ask' : 'urgent';
    return f.perhaps('belly_severe', 'belly_rigid') ? 'ask' : null;
  },
};

export const bleeding: Judge = {
  kind: 'bleeding',
  judge(f) {
    if (f.any('jaw_lock')) return null;
    if (f.any('croc')) return 'now';
    if (f.any('bleed_heavy', 'amputated')) return f.any('nosebleed') && !f.any('unaware', 'faint') ? 'urgent' : 'now';
    if (f.any('vomit_blood')) return 'now';
    if (f.is('stabbed') && !f.any('small_wound', 'service')) return 'now';
    if (f.any('deep_wound')) return f.any('small_wound') ? 'ask' : f.any('bleed_any', 'unaware') ? 'now' : 'urgent';
    if (f.any('black_stool')) return 'urgent';
    if (f.any('cough_blood', 'stool_blood')) return f.any('faint', 'pale', 'breath_hard') ? 'now' : 'urgent';
    if (f.any('bleed_any') && f.any('faint', 'pale', 'sweat_cold', 'unaware')) return 'now';
    if (f.any('menses_heavy') && f.any('weak', 'drowsy', 'faint', 'pale', 'head_ache')) return 'urgent';
    if (f.any('wound_oozes')) return 'ask';
    if (f.any('nosebleed') && f.any('elderly') && f.is('bleed_any')) return 'urgent';
    if (f.any('nosebleed', 'gum_bleed', 'urine_blood', 'handled', 'service')) return null;
    return f.is('bleed_any') && !f.any('small_wound', 'minor') ? 'ask' : null;
  },
};

export const breathing: Judge = {
  kind: 'breathing',
  judge(f) {
    if (f.any('nose_blocked') && !f.any('breath_severe', 'blue')) return null;
    const rate = f.figures.breaths ?? 0;
    const age = f.figures.ageDays;
    const fast = age !== null && rate >= (age < 365 ? 50 : age < 1826 ? 40 : 30);
    if (f.any('blue') && f.any('breath_hard', 'child', 'infant', 'adult', 'self')) return 'now';
    if ((f.figures.saturation ?? 100) < 93 || f.any('gasping')) return 'now';
    if (!f.any('breath_hard')) return f.any('blue') || fast ? 'urgent' : f.perhaps('breath_severe') ? 'ask' : null;
    if (f.any('speaks_ok') && !f.any('drowsy', 'sweat_cold', 'cold_hands')) return 'urgent';
    if (f.is('breath_severe') || f.any('cold_hands', 'sweat_cold', 'drowsy') || rate >= 30) return 'now';
    return f.any('breath_mild') && !f.any('asthma') ? 'ask' : 'urgent';
  },
};

export const unconscious: Judge = {
  kind: 'unconscious',
  judge(f) {
    if (f.any('arrest_word') && !f.any('service')) return 'now';
    if (f.is('no_breath') || f.is('unaware')) return f.any('fainted_ok') && !f.is('no_breath') ? 'urgent' : 'now';
    if (f.any('unaware', 'no_breath')) return 'urgent';
    return f.perhaps('unaware', 'no_breath') ? 'ask' : f.any('faint') && f.any('sweat_cold', 'pale') ? 'ask' : null;
  },
};

/** From this day on a fever may be dengue (facts: card 20), and is worth one question. */
const LONG_FEVER_DAYS = 3;

/** General danger signs under five and what no nearer kind explains (facts: card 19). */
export const child: Judge = {
  kind: 'child',
  judge(f) {
    const age = f.figures.ageDays;
    const words = f.any('child', 'infant');
    const young = age === null ? words && (!f.any('adult', 'elderly') || f.any('child')) : age < 365 * 13;
    if (!young) return null;
    const feverish = f.any('fever') || (f.figures.celsius ?? 0) >= 38;
    if (f.any('stiff_neck') && (feverish || f.any('vomit', 'head_ache')))
      return f.any('drowsy', 'confused', 'unaware') ? 'now' : 'urgent';
    if (f.any('bulging_fontanel') && feverish) return 'now';
    if (f.any('cannot_drink') || (f.any('drooling') && feverish)) return 'now';
    if (f.any('drowsy') && (feverish || f.any('vomit', 'not_feeding', 'cold_hands'))) return 'now';
    if (f.any('vomits_all') && (feverish || f.any('weak', 'drowsy'))) return 'now';
    if (f.any('cold_hands') && feverish) return 'now';
    if (age !== null && age < 91 && feverish) return 'urgent';
    const baby = f.any('infant') || (age !== null && age < 365);
    if (baby && ((f.figures.celsius ?? 0) >= 39 || (feverish && (f.figures.feverDays ?? 0) >= 3)) && !f.any('allwell'))
      return 'urgent';
    if ((f.figures.celsius ?? 0) >= 40 || (feverish && f.any('confused'))) return 'urgent';
    if (feverish && f.any('not_feeding', 'weak', 'purpura') && !f.any('allwell')) return 'urgent';
    if (f.any('infant') && feverish && age === null && !f.any('allwell')) return 'ask';
    if (f.any('dark_urine') && f.any('swelling_body', 'fever', 'head_ache')) return 'urgent';
    if (f.any('stool_blood') && f.any('infant', 'restless')) return 'urgent';
    if (feverish && f.any('cannot_walk')) return 'urgent';
    if (feverish && (f.figures.feverDays ?? 0) >= LONG_FEVER_DAYS && !f.any('allwell')) return 'ask';
    if (isFeverAlone(f)) return 'ask';
    return f.any('drowsy', 'vomits_all', 'weak_cry') && !f.any('allwell') ? 'ask' : null;
  },
};

/** Whose child ("saya" reads as an adult too), and "panas", which is also what burns. */
const SAID_OF_FEVER_ALONE: ReadonlySet<string> = new Set(['fever', 'child', 'infant', 'self', 'adult', 'burn_cause']);

/** "anak saya panas" and no more: whether it is grave is one question away. */
function isFeverAlone({ signs, figures }: Findings): boolean {
  return (
    signs.includes('fever') &&
    signs.every((sign) => SAID_OF_FEVER_ALONE.has(sign)) &&
    figures.celsius === null &&
    figures.feverDays === null
  );
}

/** What is grave and fits no other card. */
export const other: Judge = {
  kind: 'other',
  judge(f) {
    if (f.is('dying') || f.is('help_now')) return 'now';
    if (f.any('jaw_lock')) return 'now';
    const confused = f.any('confused', 'drowsy', 'bewildered');
    if (f.any('fever') && confused && f.any('breath_hard', 'cold_hands', 'stiff_neck', 'purpura', 'head_severe'))
      return 'now';
    if (f.any('stiff_neck') && f.any('fever', 'head_severe')) return 'urgent';
    if (f.any('fever') && confused) return f.any('adult', 'elderly') ? 'now' : 'urgent';
    if ((f.figures.sugar ?? 0) >= 300 || (f.any('sugar_high') && f.any('drowsy', 'vomit', 'breath_hard', 'weak')))
      return 'urgent';
    if ((f.figures.systolic ?? 0) >= 200 || (f.figures.systolic ?? 999) < 85) return 'urgent';
    if (f.any('torsion', 'retention', 'dialysis_missed', 'leg_cold', 'legs_dead', 'calf') && !f.any('pregnant'))
      return 'urgent';
    if (f.any('psychosis') && f.any('restless', 'help_word', 'beaten')) return 'urgent';
    if (f.any('confused') && f.any('adult', 'elderly')) return 'urgent';
    if (f.any('fever') && f.any('chemo', 'yellow', 'spreading', 'dark_urine')) return 'urgent';
    if (f.any('cauda', 'priapism') || (f.any('creeping') && f.any('cannot_walk', 'breath_hard', 'weak', 'fall')))
      return 'urgent';
    if (f.any('spreading') && f.any('swelling_body', 'belly_severe', 'fever', 'diabetic')) return 'urgent';
    return (f.any('help_vague') && !f.any('service')) || (f.any('cannot_walk') && f.any('weak', 'elderly'))
      ? 'ask'
      : null;
  },
};
