import { INTERESTS, type Interest } from '../../../domain/broadcast.js';
import type { Consent } from '../../../domain/contact.js';
import { type Phrase, phrase } from '../../../domain/phrase.js';
import type { ChoiceDraft } from '../../../domain/reply.js';
import { MENU_CHOICE } from '../choices.js';
import type { Scene, SceneContext, SceneResult } from '../turn.js';

/** How the person came to say it; the record of the consent keeps it. */
type Way = 'asked' | 'command' | 'menu';

function change(
  { contact }: SceneContext,
  intent: 'opt_in' | 'opt_out',
  consent: Exclude<Consent, 'never_asked'>,
  way: Way,
  { paragraphs, choices }: { readonly paragraphs: readonly Phrase[]; readonly choices: readonly ChoiceDraft[] },
): SceneResult {
  return {
    intent,
    replies: [{ type: 'text', paragraphs, choices: [...choices, MENU_CHOICE] }],
    contact: { consent, consentAsked: true },
    events: contact.consent === consent ? [] : [{ kind: 'consent_changed', consent, way }],
    session: { awaiting: null },
  };
}

/** Agrees to announcements, and may say which. */
export function agree(context: SceneContext, way: Way): SceneResult {
  const said = context.contact.consent === 'granted' ? 'already_granted' : 'granted';
  return change(context, 'opt_in', 'granted', way, {
    paragraphs: [phrase(`dialogue:announcements.${said}`), phrase('dialogue:announcements.choose')],
    choices: INTERESTS.map(interestChoice),
  });
}

/** Stops them: from now on nothing is sent unasked. */
export function stop(context: SceneContext, way: Way): SceneResult {
  const said = context.contact.consent === 'granted' ? 'stopped' : 'already_stopped';
  return change(context, 'opt_out', 'stopped', way, {
    paragraphs: [phrase(`dialogue:announcements.${said}`)],
    choices: [],
  });
}

/** "LANGGANAN". While the question for the kecamatan waits, its name is an answer. */
export const optIn: Scene = {
  open: (context) => agree(context, 'command'),
  answer: (context) => {
    const { place } = context.words;
    const code = place?.kind === 'area' ? kecamatanOf(place.area.code) : null;
    return code === null ? null : chosen(context, withInterest(context, 'my_kecamatan'), code);
  },
};

/** "BERHENTI": said in any state it counts. */
export const optOut: Scene = { open: (context) => stop(context, 'command') };

/** The question itself, in the menu and at the end of a talk: the same words, answered by the same two choices. */
export function question(way: 'asked' | 'menu'): { readonly words: Phrase; readonly choices: readonly ChoiceDraft[] } {
  const suffix = way === 'asked' ? '_asked' : '';
  return {
    words: phrase('dialogue:announcements.about'),
    choices: [
      { id: `consent:yes${suffix}`, label: phrase('dialogue:announcements.yes') },
      { id: `consent:no${suffix}`, label: phrase('dialogue:announcements.no') },
    ],
  };
}

/** The menu's way to the same choice; who agreed already chooses what to hear. */
export function aboutAnnouncements(context: SceneContext): SceneResult {
  if (context.contact.consent === 'granted') return { ...agree(context, 'menu'), intent: 'choice' };
  const { words, choices } = question('menu');
  return {
    intent: 'choice',
    replies: [{ type: 'text', paragraphs: [words], choices: [...choices, MENU_CHOICE] }],
    session: { awaiting: null },
  };
}

/**
 * "Ya", "boleh" or "gak usah" typed under the question, while its choices are the last that were offered; null for
 * anything else. Words that answer another question ("sudah", "masih aktif") are no consent.
 */
export function answerTyped(context: SceneContext): SceneResult | null {
  const { session, words, turn } = context;
  const way = session.offered.includes('consent:yes_asked') ? 'asked' : 'menu';
  if (way === 'menu' && !session.offered.includes('consent:yes')) return null;
  if (session.awaiting !== null || words.yesNo === null || words.yesNo === 'unknown') return null;
  if (words.yesNo === 'no') return stop(context, way);
  return OF_ANOTHER_MATTER.test(turn.normal?.text ?? '') ? null : agree(context, way);
}

const OF_ANOTHER_MATTER = /\b(?:ada|punya|sudah|masih|aktif|bisa|lanjut|benar|betul)\b/;

/** One of the kinds of news was chosen; null for a kind that there is none of, or from somebody who has not agreed. */
export function chooseInterest(context: SceneContext, value: string): SceneResult | null {
  const interest = INTERESTS.find((each) => each === value);
  if (interest === undefined || context.contact.consent !== 'granted') return null;
  if (interest !== 'my_kecamatan') return chosen(context, withInterest(context, interest), null);
  const code = context.contact.kecamatanCode ?? null;
  if (code !== null) return chosen(context, withInterest(context, interest), code);
  return {
    intent: 'choice',
    replies: [{ type: 'text', paragraphs: [phrase('dialogue:announcements.ask_kecamatan')], choices: [MENU_CHOICE] }],
    session: { awaiting: { scene: 'announcements' } },
  };
}

/** "All" takes the place of what was chosen before, and the other way round. */
function withInterest({ contact }: SceneContext, interest: Interest): readonly Interest[] {
  if (interest === 'all') return ['all'];
  const kept = (contact.interests ?? []).filter((each) => each !== 'all');
  return INTERESTS.filter((each) => each === interest || kept.some((one) => one === each));
}

function chosen(context: SceneContext, interests: readonly Interest[], kecamatan: string | null): SceneResult {
  const name = kecamatan === null ? null : (context.world.directory.area(kecamatan)?.name ?? null);
  const list = interests.map((each) => phrase(`dialogue:announcements.interest.${each}`));
  const rest = INTERESTS.filter((each) => !interests.includes(each));
  return {
    intent: 'choice',
    replies: [
      {
        type: 'text',
        paragraphs: [
          phrase('dialogue:announcements.chosen', { interests: { list } }),
          ...(name === null ? [] : [phrase('dialogue:announcements.kecamatan_known', { name })]),
        ],
        choices: [...rest.map(interestChoice), MENU_CHOICE],
      },
    ],
    contact: { interests, ...(kecamatan === null ? {} : { kecamatanCode: kecamatan }) },
    // Another name corrects the kecamatan just told.
    session: { awaiting: name === null ? null : { scene: 'announcements' } },
  };
}

function interestChoice(interest: Interest): ChoiceDraft {
  return { id: `interest:${interest}`, label: phrase(`dialogue:announcements.interest.${interest}`) };
}

/** The kecamatan of an area code (64.02.06 or 64.02.06.1001); null for a whole kabupaten. */
function kecamatanOf(code: string): string | null {
  const parts = code.split('.');
  return parts.length >= 3 ? parts.slice(0, 3).join('.') : null;
}

/**
 * Whether this is the moment to ask, once in a person's life with the bot: they have been answered, say thanks, and
 * nothing waits. After an emergency nobody is asked, and nobody who tells of a death.
 */
export function mayAsk(context: SceneContext): boolean {
  const { contact, session } = context;
  const answered = session.search !== null || session.toldRule !== null;
  const calm = session.awaiting === null && session.resume === null && !mourns(context);
  return contact.consent === 'never_asked' && contact.consentAsked !== true && answered && calm;
}

/** True when the message tells of somebody's death. */
export function mourns({ turn }: SceneContext): boolean {
  return turn.normal?.tokens.some(({ form }) => form === 'meninggal') ?? false;
}
