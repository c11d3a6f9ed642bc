import type { EmergencyLevel } from '../../../domain/emergency.js';
import type { Findings } from '../findings.js';
import type { Judge } from './judge.js';

/** Signs that life is in danger whatever the cause. */
export function isGrave(f: Findings): boolean {
  return f.any('unaware', 'no_breath', 'breath_severe', 'seizure', 'bleed_heavy', 'dying', 'blue');
}

export const snakebite: Judge = {
  kind: 'snakebite',
  judge: (f) => (f.any('snake_bite') ? 'now' : f.any('pecked') || f.perhaps('snake_bite') ? 'ask' : null),
};

/** Washing at once and vaccine the same day (facts: card 25). */
export const animalBite: Judge = {
  kind: 'animal_bite',
  judge(f) {
    if (f.any('croc')) return 'now';
    if (!f.any('bitten') || f.any('bitten_self')) return null;
    return f.any('bleed_heavy', 'unaware') ? 'now' : 'urgent';
  },
};

export const poisoning: Judge = {
  kind: 'poisoning',
  judge(f) {
    const sick = f.any('symptoms_poison', 'drowsy', 'unaware', 'vomit', 'breath_hard', 'vision_blur', 'foam', 'confused');
    if (f.any('poison_taken', 'overdose', 'battery')) return f.any('food_poison') && !isGrave(f) ? 'urgent' : 'now';
    if (f.any('gas') && (sick || f.any('pale', 'faint'))) return 'now';
    if (f.any('methanol') && sick) return 'now';
    if (f.any('cyanide_food') && sick) return 'now';
    if (f.any('pesticide_exposed') && sick) return 'now';
    if (f.any('food_poison')) return 'urgent';
    if (f.any('gas', 'pesticide_exposed')) return 'ask';
    return f.perhaps('poison_taken', 'overdose') ? 'ask' : null;
  },
};

export const drowning: Judge = {
  kind: 'drowning',
  judge(f) {
    if (!f.any('drown') || !f.any('drown_person')) return null;
    return f.any('allwell') && !isGrave(f) ? 'urgent' : 'now';
  },
};

export const electric: Judge = {
  kind: 'electric',
  judge(f) {
    if (!f.any('shock_electric')) return f.perhaps('shock_electric') ? 'ask' : null;
    const light = f.any('minor', 'allwell') || f.was('shock_electric');
    return light && !isGrave(f) && !f.any('still_attached', 'high_voltage') ? 'urgent' : 'now';
  },
};

export const burn: Judge = {
  kind: 'burn',
  judge(f) {
    if (f.any('fire')) return f.any('unaware', 'bad_victim', 'help_now') ? 'now' : null;
    if (!f.any('burned')) return null;
    if (f.any('burn_small', 'minor') && !f.any('infant', 'burn_grave')) return 'ask';
    return f.any('burn_grave', 'child', 'infant', 'elderly') || isGrave(f) ? 'now' : 'urgent';
  },
};

/** Skin or swelling together with breath, circulation or awareness is anaphylaxis (facts: card 9). */
export const allergy: Judge = {
  kind: 'allergy',
  judge(f) {
    const skin = f.any('hives', 'swollen_face', 'allergy_word', 'rash');
    const cause = f.any('trigger', 'allergy_word', 'sting');
    const deep = f.any('breath_hard', 'breath_severe', 'unaware', 'faint', 'swollen_airway', 'no_breath', 'drowsy');
    if (f.any('sting_many')) return deep || skin ? 'now' : 'urgent';
    if (deep && (f.any('hives', 'swollen_face') || (skin && cause) || f.any('sting') || (cause && f.any('swollen_airway')))) {
      return f.any('stiff_neck', 'head_wound') ? null : 'now';
    }
    if (f.any('swollen_airway') && cause) return 'now';
    if (f.any('swollen_face', 'hives') && cause) return 'urgent';
    return f.any('sting') && f.any('swelling_body', 'vomit') ? 'urgent' : f.any('sting') ? 'ask' : null;
  },
};

export const choking: Judge = {
  kind: 'choking',
  judge(f) {
    if (!f.any('choke', 'swallowed')) return f.perhaps('choke') ? 'ask' : null;
    if (f.any('swallowed') && !f.any('choke')) return f.any('choke_bad') ? 'now' : 'urgent';
    if (f.any('choke_over') || f.was('choke')) return f.any('breath_hard', 'blue') ? 'urgent' : 'ask';
    return 'now';
  },
};

/** Chemicals are rinsed this minute; wounds and sudden loss of sight go the same day (facts: card 24). */
export const eye: Judge = {
  kind: 'eye',
  judge(f) {
    if (f.any('eye_chemical')) return f.any('eye_strong') ? 'now' : 'urgent';
    if (f.any('eye_injury')) return 'urgent';
    return f.any('eye_sudden') && !f.any('one_sided', 'slurred') ? 'urgent' : null;
  },
};

const HEAD_SIGNS = ['unaware', 'drowsy', 'vomit', 'seizure', 'confused', 'ear_fluid', 'fainted_ok', 'bleed_heavy', 'vision_blur', 'one_sided', 'legs_dead'];

export const accident: Judge = {
  kind: 'accident',
  judge(f): EmergencyLevel | null {
    const event = f.any('crash', 'fall_high', 'crush', 'fracture', 'open_fracture', 'head_injury');
    const grave = isGrave(f) || f.any('bad_victim', 'open_fracture', 'legs_dead', 'breath_hard', 'deep_wound');
    if (f.any('head_injury', 'fall', 'crash', 'fall_high') && f.any(...HEAD_SIGNS)) return 'now';
    if (f.any('open_fracture')) return 'now';
    if (event && grave) return 'now';
    if (f.any('minor') && !f.any('fracture', 'cannot_walk', 'head_ache')) return f.any('infant') ? 'ask' : null;
    if (f.any('crash')) return 'now';
    if (f.any('fall_high', 'fracture', 'crush')) return 'urgent';
    if (f.any('head_injury', 'fall') && f.any('head_ache', 'infant', 'elderly', 'head_wound', 'cannot_walk', 'swelling_body')) return 'urgent';
    return f.any('head_injury', 'head_wound') ? 'ask' : null;
  },
};

export const heatstroke: Judge = {
  kind: 'heatstroke',
  judge(f) {
    const exposed = f.any('heat_exposure', 'heat_word');
    if (!exposed) return null;
    if (f.any('heat_word')) return 'now';
    if (f.any('unaware', 'confused', 'seizure', 'drowsy') && !f.any('fever_severe')) return 'now';
    return f.any('hot_skin') && f.any('weak', 'head_ache', 'vomit') ? 'urgent' : null;
  },
};
