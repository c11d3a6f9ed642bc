import type { EmergencyLevel } from '../../../domain/emergency.js';
import type { Findings } from '../findings.js';
import type { Judge } from './judge.js';

/** Signs that life is in danger whatever the cause. */
export function isGrave(f: Findings): boolean {
  return (
    f.is('unaware') || f.is('seizure') || f.any('no_breath', 'gasping', 'breath_severe', 'bleed_heavy', 'dying', 'blue')
  );
}

export const snakebite: Judge = {
  kind: 'snakebite',
  judge(f) {
    if (f.any('snake_bite') || (f.any('snake_word') && f.any('any_bite'))) return 'now';
    if (f.any('any_bite') && f.any('ptosis')) return 'now';
    if (f.any('snake_seen')) return 'urgent';
    return f.any('pecked') || f.perhaps('snake_bite') ? 'ask' : null;
  },
};

/** Washing at once and vaccine the same day (facts: card 25). */
export const animalBite: Judge = {
  kind: 'animal_bite',
  judge(f) {
    if (f.any('hydrophobia') && f.any('any_bite', 'bitten', 'rabies_word') && !f.any('service')) return 'now';
    if (!f.any('bitten')) return f.perhaps('bitten') ? 'ask' : null;
    if (f.any('bitten_self', 'croc')) return null;
    return f.any('bleed_heavy') || f.is('unaware') ? 'now' : 'urgent';
  },
};

export const poisoning: Judge = {
  kind: 'poisoning',
  judge(f) {
    const sick = f.any(
      'symptoms_poison',
      'drowsy',
      'unaware',
      'vomit',
      'breath_hard',
      'vision_blur',
      'foam',
      'confused',
      'seizure',
      'pale',
      'faint',
    );
    const many = f.any('pills_taken') && (f.figures.pills ?? 0) >= 5;
    if (many || f.any('poison_taken', 'overdose', 'battery'))
      return f.any('food_poison', 'mass') && !isGrave(f) ? 'urgent' : 'now';
    if (f.any('mushroom') && sick && !isGrave(f) && !f.any('vision_blur', 'confused', 'weak')) return 'urgent';
    if (f.any('gas', 'methanol', 'cyanide_food', 'pesticide_exposed') && sick) return 'now';
    if (f.any('food_poison') && (f.any('mass', 'vomits_all', 'drowsy', 'weak') || f.any('diarrhoea', 'vomit')))
      return 'urgent';
    if (f.any('gas', 'pesticide_exposed')) return 'ask';
    return f.perhaps('poison_taken', 'overdose') ? 'ask' : null;
  },
};

export const drowning: Judge = {
  kind: 'drowning',
  judge(f) {
    if (!f.any('drown') || f.any('like_drowning')) return f.perhaps('drown') && !f.any('like_drowning') ? 'ask' : null;
    if (isGrave(f)) return 'now';
    return f.any('allwell', 'choke_over') || f.was('drown') || f.any('drowsy', 'vomit') ? 'urgent' : 'now';
  },
};

export const electric: Judge = {
  kind: 'electric',
  judge(f) {
    if (!f.any('shock_electric')) return f.perhaps('shock_electric') ? 'ask' : null;
    if (f.any('thing_struck') && !isGrave(f)) return null;
    if (isGrave(f) || f.any('still_attached', 'high_voltage')) return 'now';
    if (f.any('minor', 'small_wound') && f.any('allwell')) return 'ask';
    return f.any('minor', 'allwell', 'small_wound') || f.was('shock_electric') ? 'urgent' : 'now';
  },
};

export const burn: Judge = {
  kind: 'burn',
  judge(f) {
    if (f.any('chest_pain') && f.any('radiating') && !f.any('blistered')) return null;
    if (f.any('fire') && (f.any('inside') || !f.any('burned')))
      return f.any('unaware', 'bad_victim', 'breath_hard', 'inside') ? 'now' : null;
    if (!f.any('burned')) return f.perhaps('burned') ? 'ask' : null;
    if (f.any('burn_small', 'minor', 'small_wound') && !f.any('infant', 'burn_grave', 'blistered', 'child'))
      return 'ask';
    if (f.any('skin_rash') && !f.any('burn_cause')) return null;
    if (f.any('burn_grave') || isGrave(f)) return 'now';
    return f.any('child', 'infant') && !f.any('burn_hand') ? 'now' : 'urgent';
  },
};

/** Skin or swelling together with breath, circulation or awareness is anaphylaxis (facts: card 9). */
export const allergy: Judge = {
  kind: 'allergy',
  judge(f) {
    if (f.any('tooth', 'poison_taken', 'snake_bite', 'crash') && !f.any('hives')) return null;
    const skin = f.any('hives', 'swollen_face', 'allergy_word', 'rash');
    const cause = f.any('trigger', 'allergy_word', 'sting');
    const deep = f.any(
      'breath_hard',
      'breath_severe',
      'unaware',
      'faint',
      'swollen_airway',
      'no_breath',
      'drowsy',
      'pale',
      'bp_low',
    );
    if (f.any('sting_many')) return deep || skin ? 'now' : f.any('minor') ? 'ask' : 'urgent';
    if (deep && (f.any('hives', 'swollen_face') || f.any('sting') || (cause && (skin || f.any('swollen_airway')))))
      return 'now';
    if (f.any('minor', 'small_wound', 'burn_small') && !deep) return null;
    if (f.any('swollen_face', 'hives') && cause) return 'urgent';
    if (f.any('sting'))
      return f.any('minor', 'small_wound') ? null : f.any('swelling_body', 'vomit', 'swollen_face') ? 'urgent' : 'ask';
    return f.any('swollen_face') && f.any('hives') ? 'urgent' : null;
  },
};

export const choking: Judge = {
  kind: 'choking',
  judge(f) {
    if (f.any('battery')) return null;
    if (!f.any('choke', 'swallowed'))
      return f.any('in_mouth') && f.any('blue', 'breath_hard', 'choke_bad') ? 'now' : f.perhaps('choke') ? 'ask' : null;
    if (f.any('choke_bad') && !f.any('choke_over')) return 'now';
    if (f.any('bone')) return 'urgent';
    if (!f.any('choke')) return 'urgent';
    if (f.any('choke_over', 'allwell') || f.was('choke'))
      return f.any('breath_hard', 'blue', 'choke_bad') ? 'urgent' : 'ask';
    return 'now';
  },
};

/** Chemicals are rinsed this minute; wounds and sudden loss of sight go the same day (facts: card 24). */
export const eye: Judge = {
  kind: 'eye',
  judge(f) {
    if (f.any('eye_chemical')) return f.any('eye_strong') && !f.any('rinsed') ? 'now' : 'urgent';
    if (f.any('eye_injury')) return 'urgent';
    return f.any('eye_sudden') && !f.any('one_sided', 'slurred', 'head_severe') ? 'urgent' : null;
  },
};

const HEAD_SIGNS = ['confused', 'ear_fluid', 'bleed_heavy', 'legs_dead', 'unaware'];
const HEAD_WARNINGS = [
  'drowsy',
  'vomit',
  'fainted_ok',
  'vision_blur',
  'head_ache',
  'infant',
  'elderly',
  'head_wound',
  'cannot_walk',
  'swelling_body',
];

export const accident: Judge = {
  kind: 'accident',
  judge(f): EmergencyLevel | null {
    if (f.any('jaw_lock')) return null;
    if (f.any('seizure', 'seizure_word') && !f.any('crash', 'fall_high')) return null;
    const event = f.any('crash', 'fall_high', 'crush', 'fracture', 'head_injury');
    if (f.any('open_fracture')) return 'now';
    if (f.any('head_injury', 'fall_slip', 'crash', 'fall_high') && f.any(...HEAD_SIGNS)) return 'now';
    if (f.any('crush') && f.any('still_attached', 'pale', 'palpitation')) return 'now';
    if (event && (isGrave(f) || f.any('legs_dead', 'breath_hard', 'deep_wound'))) return 'now';
    if (f.any('fall', 'fall_slip', 'fall_high') && f.any('cannot_walk') && f.any('back')) return 'now';
    if (isHarmlessFall(f)) return null;
    if (f.any('minor', 'allwell') && !f.any('fracture', 'cannot_walk', 'bad_victim')) return event ? 'ask' : null;
    if (f.any('crash')) return crash(f);
    if (f.any('crush') && f.any('bad_victim')) return 'now';
    if (f.any('fall_high', 'fracture', 'crush')) return 'urgent';
    if (f.any('head_injury', 'fall', 'fall_slip') && f.any(...HEAD_WARNINGS)) return 'urgent';
    if (f.any('sprain') && f.any('cannot_walk')) return 'urgent';
    return f.any('head_injury', 'head_wound') || (f.any('fall_slip') && f.any('child')) ? 'ask' : null;
  },
};

/** A graze, and the warning signs already denied: what a question would ask has been answered. */
function isHarmlessFall(f: Findings): boolean {
  return (
    f.any('small_wound', 'minor') &&
    f.denied('unaware', 'vomit', 'head_ache', 'head_injury', 'bleed_any', 'drowsy') >= 2 &&
    !f.any('fracture', 'cannot_walk', 'bad_victim', 'crush', 'fall_high', 'deep_wound', ...HEAD_WARNINGS)
  );
}

/** A crash that is being told of for its costs, or whose victims are in hospital, needs no ambulance. */
function crash(f: Findings): EmergencyLevel | null {
  if (f.any('handled', 'service') && !f.any('help_now', 'bad_victim', 'fracture'))
    return f.any('handled') ? null : 'ask';
  return f.was('crash') && !f.any('bad_victim') ? 'urgent' : 'now';
}

export const heatstroke: Judge = {
  kind: 'heatstroke',
  judge(f) {
    if (f.any('heat_word')) return 'now';
    if (!f.any('heat_exposure'))
      return f.any('hot_skin') && (f.figures.celsius ?? 0) >= 40 && f.any('confused', 'unaware') ? 'now' : null;
    if (f.is('unaware') || f.is('seizure') || f.any('confused', 'bewildered', 'drowsy', 'slurred')) return 'now';
    if (f.any('trapped_car') && f.any('weak', 'child', 'infant')) return 'now';
    const body = f.any('child', 'infant', 'adult', 'elderly', 'self');
    return f.any('hot_skin', 'head_ache', 'fever') &&
      (f.any('weak', 'vomit', 'faint', 'sweat_cold', 'cramp') || (body && f.any('hot_skin')))
      ? 'urgent'
      : null;
  },
};
