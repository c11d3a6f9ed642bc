import type { Findings } from '../findings.js';
import { isGrave } from './causes.js';
import type { Judge } from './judge.js';

/** One sign that came suddenly is enough (facts: card 6, SeGeRa Ke RS). */
export const stroke: Judge = {
  kind: 'stroke',
  judge(f) {
    if (f.any('face_droop', 'one_sided', 'slurred', 'sudden_blind', 'thunder_headache', 'unsteady')) {
      if (f.any('crash', 'fall_high', 'head_injury') && !f.any('face_droop', 'slurred')) return null;
      return f.is('face_droop') || f.is('one_sided') || f.is('slurred') || f.is('sudden_blind') || f.is('thunder_headache') || f.is('unsteady') ? 'now' : 'urgent';
    }
    if (f.is('stroke_word')) return 'now';
    if (f.any('bp_high') && (f.figures.systolic ?? 0) >= 180 && f.any('head_severe', 'vision_blur', 'vomit', 'confused')) return 'urgent';
    return f.perhaps('face_droop', 'stroke_word') ? 'ask' : null;
  },
};

/** New pressing chest pain in a grown-up is `now`, however short (facts: card 7). */
export const heart: Judge = {
  kind: 'heart',
  judge(f) {
    const sure = f.any('sweat_cold', 'radiating', 'breath_hard', 'faint', 'unaware', 'pale', 'vomit', 'cold_hands');
    if (f.any('epigastric') && f.any('sweat_cold') && f.any('radiating', 'breath_hard', 'elderly', 'diabetic', 'adult')) return 'now';
    if (!f.any('chest_pain')) {
      if (f.any('palpitation') && f.any('faint', 'breath_hard', 'unaware', 'sweat_cold')) return 'urgent';
      return f.perhaps('chest_pain') ? 'ask' : null;
    }
    const young = f.any('child') && !f.any('adult');
    if (f.any('chest_mild') && !f.any('sweat_cold', 'faint', 'unaware')) return f.any('breath_hard') ? 'urgent' : 'ask';
    if (young) return sure ? 'urgent' : 'ask';
    return f.is('chest_pain') || sure ? 'now' : 'urgent';
  },
};

/** A diabetic who is shaky, sweaty or confused, or a measured low value (facts: card 23). */
export const hypoglycemia: Judge = {
  kind: 'hypoglycemia',
  judge(f) {
    const sugar = f.figures.sugar;
    const low = f.any('sugar_low') || (sugar !== null && sugar < 70);
    const ill = f.any('unaware', 'confused', 'shaky', 'sweat_cold', 'drowsy', 'faint', 'weak', 'seizure');
    if (sugar !== null && sugar >= 250) return null;
    if (low && (ill || (sugar !== null && sugar < 54))) return 'now';
    if (low) return 'urgent';
    return f.any('diabetic') && f.any('unaware', 'confused', 'shaky', 'sweat_cold', 'drowsy') ? 'now' : null;
  },
};

/** Warning signs, above all while the fever drops on day 3 to 7 (facts: card 20). */
export const dengue: Judge = {
  kind: 'dengue',
  judge(f) {
    const feverish = f.any('fever', 'fever_dropped', 'dengue_word') || (f.figures.celsius ?? 0) >= 37.5;
    if (!feverish) return null;
    const shock = f.any('cold_hands') && f.any('weak', 'drowsy', 'restless', 'fever_dropped', 'no_urine', 'pale');
    const bleeding = f.any('nosebleed', 'gum_bleed', 'vomit_blood', 'black_stool', 'stool_blood');
    const days = f.figures.feverDays ?? 0;
    const late = f.any('fever_dropped') || days >= 3 || f.any('dengue_word');
    if (late && shock) return 'now';
    if (f.any('dengue_word') && isGrave(f)) return 'now';
    if (bleeding || (f.figures.platelets ?? 999) < 100) return 'urgent';
    if (f.any('platelets') && f.any('fever', 'dengue_word')) return 'urgent';
    if (f.any('rash') && (late || f.any('weak', 'drowsy'))) return 'urgent';
    const worse = f.any('belly_severe', 'vomits_all', 'drowsy', 'restless', 'cold_hands', 'no_urine', 'weak', 'faint', 'breath_hard', 'sweat_cold');
    if ((f.any('fever_dropped') || f.any('dengue_word')) && (worse || f.any('belly_pain', 'vomit'))) return 'urgent';
    return days >= 3 && f.any('belly_severe', 'cold_hands') ? 'urgent' : null;
  },
};

/** Severe dehydration (facts: card 21). */
export const dehydration: Judge = {
  kind: 'dehydration',
  judge(f) {
    const loss = f.any('diarrhoea', 'diarrhoea_heavy', 'vomits_all', 'vomit', 'dehydration_word');
    if (!loss) return null;
    const fluids = f.any('diarrhoea', 'diarrhoea_heavy', 'dehydration_word', 'sunken', 'dry');
    if (!fluids) return null;
    if (f.any('unaware', 'cold_hands')) return 'now';
    if (f.any('drowsy') && f.any('sunken', 'cannot_drink', 'no_urine')) return 'now';
    if (f.any('sunken', 'no_urine', 'dry', 'drowsy', 'cannot_drink', 'stool_blood', 'weak', 'faint')) return 'urgent';
    if (f.any('diarrhoea_heavy') && (f.figures.times ?? 0) >= 8) return 'urgent';
    return f.any('vomits_all') && f.any('diarrhoea') ? 'urgent' : null;
  },
};

/** Going on is `now`, stopped is `urgent` (contract). */
export const seizure: Judge = {
  kind: 'seizure',
  judge(f) {
    if (f.any('seizing_now') && f.any('seizure')) return 'now';
    if (f.is('seizure')) return f.any('allwell') ? 'urgent' : 'now';
    if (f.was('seizure')) return 'urgent';
    return f.perhaps('seizure') ? 'ask' : null;
  },
};

export const abdomen: Judge = {
  kind: 'abdomen',
  judge(f) {
    const pain = f.any('belly_pain', 'belly_severe', 'epigastric');
    if (f.any('belly_rigid') && (pain || f.any('fever', 'vomit'))) return f.any('unaware', 'faint', 'sweat_cold', 'pale') ? 'now' : 'urgent';
    if (f.any('torsion', 'belly_right', 'hernia', 'retention')) return 'urgent';
    if (f.any('obstruction') && f.any('vomit', 'belly_pain', 'belly_severe')) return 'urgent';
    if (pain && f.any('unaware', 'faint') && f.any('pale', 'sweat_cold', 'belly_severe')) return 'now';
    if (f.any('belly_severe')) return 'urgent';
    return null;
  },
};

export const bleeding: Judge = {
  kind: 'bleeding',
  judge(f) {
    if (f.any('bleed_heavy', 'amputated')) return f.any('nosebleed') && !f.any('unaware', 'faint') ? 'urgent' : 'now';
    if (f.any('vomit_blood')) return 'now';
    if (f.any('deep_wound')) return f.any('small_wound') ? 'ask' : f.any('bleed_any', 'unaware') ? 'now' : 'urgent';
    if (f.any('black_stool')) return 'urgent';
    if (f.any('cough_blood', 'stool_blood')) return f.any('faint', 'weak', 'pale', 'breath_hard') ? 'now' : 'urgent';
    if (f.any('bleed_any') && f.any('faint', 'pale', 'sweat_cold', 'unaware')) return 'now';
    if (f.any('nosebleed', 'gum_bleed', 'urine_blood')) return null;
    return f.is('bleed_any') && !f.any('small_wound', 'minor') ? 'ask' : null;
  },
};

export const breathing: Judge = {
  kind: 'breathing',
  judge(f) {
    if (f.any('nose_blocked') && !f.any('breath_severe', 'blue')) return null;
    const rate = f.figures.breaths ?? 0;
    const fast = f.figures.ageDays !== null && rate >= (f.figures.ageDays < 365 ? 50 : f.figures.ageDays < 1826 ? 40 : 30);
    if (f.any('blue') && f.any('breath_hard', 'child', 'infant', 'adult')) return 'now';
    if ((f.figures.saturation ?? 100) < 93) return 'now';
    if (!f.any('breath_hard')) return f.any('blue') || fast ? 'urgent' : f.perhaps('breath_severe') ? 'ask' : null;
    if (f.is('breath_severe') || f.any('cold_hands', 'sweat_cold', 'drowsy') || rate >= 30) return 'now';
    if (f.any('breath_mild')) return 'ask';
    return 'urgent';
  },
};

export const unconscious: Judge = {
  kind: 'unconscious',
  judge(f) {
    if (f.is('no_breath') || f.is('unaware')) return f.any('fainted_ok') && !f.is('no_breath') ? 'urgent' : 'now';
    if (f.any('unaware', 'no_breath')) return 'urgent';
    if (f.any('confused') && f.any('adult', 'elderly')) return 'urgent';
    return f.perhaps('unaware', 'no_breath') ? 'ask' : f.any('faint') && f.any('sweat_cold', 'pale') ? 'ask' : null;
  },
};

/** General danger signs under five and what no nearer kind explains (facts: card 19). */
export const child: Judge = {
  kind: 'child',
  judge(f) {
    const age = f.figures.ageDays;
    const young = age === null ? f.any('child', 'infant') && !adultOnly(f) : age < 365 * 13;
    if (!young) return null;
    if (f.any('stiff_neck') && f.any('fever', 'vomit', 'head_ache')) return 'now';
    if (f.any('bulging_fontanel') && f.any('fever')) return 'now';
    const feverish = f.any('fever') || (f.figures.celsius ?? 0) >= 38;
    if (f.any('cannot_drink')) return 'now';
    if (f.any('drowsy') && (feverish || f.any('vomit', 'not_feeding', 'cold_hands'))) return 'now';
    if (f.any('vomits_all') && (feverish || f.any('weak', 'drowsy'))) return 'now';
    if (f.any('cold_hands') && feverish && f.any('pale', 'weak')) return 'now';
    if (age !== null && age < 91 && feverish) return 'urgent';
    if ((f.figures.celsius ?? 0) >= 40) return 'urgent';
    if (feverish && f.any('not_feeding') && f.any('weak')) return 'urgent';
    return f.any('drowsy', 'vomits_all') ? 'ask' : null;
  },
};

function adultOnly(f: Findings): boolean {
  return f.any('adult', 'elderly') && !f.any('infant', 'child');
}

/** What is grave and fits no other card. */
export const other: Judge = {
  kind: 'other',
  judge(f) {
    if (f.is('dying') || f.is('help_now')) return 'now';
    if (f.any('stiff_neck') && f.any('fever', 'head_severe')) return 'now';
    if (f.any('jaw_lock')) return 'urgent';
    if ((f.figures.sugar ?? 0) >= 300 || (f.any('sugar_high') && f.any('drowsy', 'vomit', 'breath_hard', 'weak'))) return 'urgent';
    if ((f.figures.systolic ?? 0) >= 200) return 'urgent';
    if (f.any('legs_dead') || (f.any('drowsy') && f.any('adult', 'elderly'))) return 'urgent';
    return f.any('cannot_walk') && f.any('weak', 'elderly') ? 'ask' : null;
  },
};
