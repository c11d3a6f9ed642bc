import type { Judge } from './judge.js';

/** A suicidal act or plan is `now`, a wish to die `urgent` (facts: card 26; contract: levels). */
export const suicidal: Judge = {
  kind: 'suicidal',
  judge(f) {
    const poison = f.any('poison_taken', 'overdose') || (f.any('pills_taken') && (f.figures.pills ?? 0) >= 10);
    if (f.any('suicide_act')) return f.any('suicide_thought') && !poison ? 'urgent' : 'now';
    if (poison && f.any('intent', 'self_poison') && !f.any('by_mishap')) return 'now';
    if (f.any('wrist_cut') && !f.any('by_mishap')) return 'now';
    if (f.any('suicide_wish') && (f.any('rope') || poison)) return 'now';
    if (f.any('suicide_wish', 'bundir_word')) return f.any('suicide_wish') || !f.any('service') ? 'urgent' : null;
    if (f.any('harm_baby') && f.any('postpartum', 'just_born')) return 'urgent';
    return f.perhaps('suicide_act', 'suicide_wish') ? 'ask' : null;
  },
};

/** Violence going on is `now`, past sexual violence `urgent` (facts: card 27). */
export const violence: Judge = {
  kind: 'violence',
  judge(f) {
    if (!f.any('rape', 'beaten')) return null;
    if (f.any('psychosis') && !f.any('beaten')) return null;
    return f.any('violence_now') && !f.any('violence_past') ? 'now' : 'urgent';
  },
};
