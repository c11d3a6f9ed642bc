import { INTERESTS, type Interest } from '../../../domain/broadcast.js';
import type { Consent, ContactFacts } from '../../../domain/contact.js';
import { type Phrase, phrase } from '../../../domain/phrase.js';
import type { Area } from '../../../domain/place.js';
import type { ChoiceDraft } from '../../../domain/reply.js';
import type { PlaceOption } from '../../understanding/index.js';
import { MENU_CHOICE } from '../choices.js';
import type { Scene, SceneContext, SceneResult } from '../turn.js';
import { regionOf } from '../whereabouts.js';

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

/** Agrees to announcements, to those that were named with the yes, and may say which more. */
export function agree(context: SceneContext, way: Way): SceneResult {
  const said = context.contact.consent === 'granted' ? 'already_granted' : 'granted';
  const agreed = change(context, 'opt_in', 'granted', way, {
    paragraphs: [phrase(`dialogue:announcements.${said}`), phrase('dialogue:announcements.choose')],
    choices: INTERESTS.map(interestChoice),
  });
  const named = way === 'command' ? withNamed(context) : null;
  if (named === null) return agreed;
  return {
    ...named,
    intent: 'opt_in',
    replies: named.replies.map((reply) =>
      reply.type === 'text'
        ? { ...reply, paragraphs: [phrase(`dialogue:announcements.${said}`), ...reply.paragraphs] }
        : reply,
    ),
    contact: { ...agreed.contact, ...named.contact },
    events: agreed.events ?? [],
  };
}

/** "Langganan info vaksin", "info dinkes Bontang": who names a topic or a place agreed to no more than that. */
function withNamed(context: SceneContext): SceneResult | null {
  const topics = topicsNamed(context);
  const code = codeNamed(context);
  if (topics.length === 0 && code === null) return null;
  const known = context.contact.interests ?? [];
  const kept = topics.length > 0 && context.contact.consent !== 'granted' ? [] : known;
  const interests = topics.reduce(withInterest, kept);
  const kecamatan = code === null ? null : kecamatanOf(code);
  if (code === null || kecamatan !== null)
    return chosen(context, interests.length > 0 ? interests : ['all'], kecamatan);
  return chosenRegion(context, interests, code);
}

const TOPICS_SAID: readonly (readonly [Interest, RegExp])[] = [
  ['vaccination', /\b(?:vaksin|vaksinasi|imunisasi)\b/],
  ['outbreak', /\b(?:wabah|bencana|banjir|dbd|fogging)\b/],
];

function topicsNamed({ turn }: SceneContext): readonly Interest[] {
  const text = turn.normal?.text ?? '';
  return TOPICS_SAID.filter(([, words]) => words.test(text)).map(([topic]) => topic);
}

/** The area of the last place that the message names, "dari dinkes Bontang" too; null when there is none. */
function codeNamed({ words, world }: SceneContext): string | null {
  const places = [...words.mentions.map(({ place }) => place), ...(words.place ? [words.place] : [])];
  const found = places.flatMap((place) => {
    if (place.kind === 'area') return [place.area.code];
    if (place.kind !== 'facility') return [];
    return [place.facility.kecamatanCode ?? place.facility.regionCode];
  });
  return found.findLast((code) => regionOf(code, world.directory) !== null) ?? null;
}

/** Stops them: from now on nothing is sent unasked. */
export function stop(context: SceneContext, way: Way): SceneResult {
  const said = context.contact.consent === 'granted' ? 'stopped' : 'already_stopped';
  return change(context, 'opt_out', 'stopped', way, {
    paragraphs: [phrase(`dialogue:announcements.${said}`)],
    choices: [],
  });
}

/** "LANGGANAN", if it is said plainly. While the question for the kecamatan waits, its name is an answer. */
export const optIn: Scene = {
  open: (context) => {
    const doubtful = context.words.consent === 'doubtful_yes' && context.contact.consent !== 'granted';
    return doubtful ? { ...asked(), intent: 'opt_in' } : agree(context, 'command');
  },
  answer: (context) => {
    const { place } = context.words;
    if (place?.kind === 'ambiguous') return whichOf(place.options);
    const code = place?.kind === 'area' || place?.kind === 'facility' ? codeNamed(context) : null;
    if (code === null) return null;
    const kecamatan = kecamatanOf(code);
    if (kecamatan === null) return chosenRegion(context, context.contact.interests ?? [], code);
    return chosen(context, withInterest(context.contact.interests ?? [], 'my_kecamatan'), kecamatan);
  },
};

/** "BERHENTI": said in any state it counts. Who only complains of the letters is asked. */
export const optOut: Scene = {
  open: (context) => (context.words.consent === 'doubtful_stop' ? askedToStop() : stop(context, 'command')),
};

function askedToStop(): SceneResult {
  return {
    intent: 'opt_out',
    replies: [
      {
        type: 'text',
        paragraphs: [phrase('dialogue:announcements.ask_stop')],
        choices: [
          { id: 'stop:yes', label: phrase('dialogue:announcements.stop_yes') },
          { id: 'stop:no', label: phrase('dialogue:announcements.stop_no') },
          MENU_CHOICE,
        ],
      },
    ],
    session: { awaiting: null },
  };
}

/** After the question whether to stop: all stays as it is. */
export function goOnHearing({ contact }: SceneContext): SceneResult {
  const said = contact.consent === 'granted' ? 'already_granted' : 'already_stopped';
  return {
    intent: 'choice',
    replies: [{ type: 'text', paragraphs: [phrase(`dialogue:announcements.${said}`)], choices: [MENU_CHOICE] }],
    session: { awaiting: null },
  };
}

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
  return asked();
}

function asked(): SceneResult {
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
  if (session.offered.includes('stop:yes')) return answerToStop(context);
  const way = session.offered.includes('consent:yes_asked') ? 'asked' : 'menu';
  if (way === 'menu' && !session.offered.includes('consent:yes')) return null;
  if (session.awaiting !== null || words.yesNo === null || words.yesNo === 'unknown') return null;
  if (words.yesNo === 'no') return stop(context, way);
  return OF_ANOTHER_MATTER.test(turn.normal?.text ?? '') ? null : agree(context, way);
}

/** Under "mau berhenti?" a yes stops. */
function answerToStop(context: SceneContext): SceneResult | null {
  const { session, words } = context;
  if (session.awaiting !== null) return null;
  if (words.yesNo === 'yes') return stop(context, 'command');
  return words.yesNo === 'no' ? goOnHearing(context) : null;
}

const OF_ANOTHER_MATTER = /\b(?:ada|punya|sudah|masih|aktif|bisa|lanjut|benar|betul)\b/;

/** One of the kinds of news was chosen; null for a kind that there is none of, or from somebody who has not agreed. */
export function chooseInterest(context: SceneContext, value: string): SceneResult | null {
  const interest = INTERESTS.find((each) => each === value);
  if (interest === undefined || context.contact.consent !== 'granted') return null;
  if (interest !== 'my_kecamatan')
    return chosen(context, withInterest(context.contact.interests ?? [], interest), null);
  const code = context.contact.kecamatanCode ?? null;
  if (code !== null) return chosen(context, withInterest(context.contact.interests ?? [], interest), code);
  return askedForKecamatan(context, context.contact.regionCode);
}

/** One of the kecamatan offered; null when there is none of this code. */
export function chooseKecamatan(context: SceneContext, code: string): SceneResult | null {
  if (context.contact.consent !== 'granted' || context.world.directory.area(code)?.level !== 'kecamatan') return null;
  return chosen(context, withInterest(context.contact.interests ?? [], 'my_kecamatan'), code);
}

/** More are not laid before a person: they type the name. */
const MOST_OFFERED = 8;

function askedForKecamatan({ world }: SceneContext, regionCode: string | null): SceneResult {
  const within = regionCode === null ? [] : world.directory.areas.filter(isKecamatanOf(regionCode));
  return {
    intent: 'choice',
    replies: [
      {
        type: 'text',
        paragraphs: [phrase('dialogue:announcements.ask_kecamatan')],
        choices: [...(within.length <= MOST_OFFERED ? within.map(kecamatanChoice) : []), MENU_CHOICE],
      },
    ],
    session: { awaiting: { scene: 'announcements' } },
  };
}

/** Several places go by the name that was told. */
function whichOf(options: readonly PlaceOption[]): SceneResult {
  const choices = options.slice(0, MOST_OFFERED).flatMap((option) => {
    const code = option.kind === 'area' ? kecamatanOf(option.area.code) : option.facility.kecamatanCode;
    const name = option.kind === 'area' ? option.area.name : option.facility.name;
    return code === null
      ? []
      : [{ id: `kecamatan:${code}`, label: phrase('dialogue:announcements.within', { name, within: option.within }) }];
  });
  return {
    intent: 'choice',
    replies: [
      {
        type: 'text',
        paragraphs: [phrase('dialogue:announcements.which_kecamatan')],
        choices: [...choices, MENU_CHOICE],
      },
    ],
    session: { awaiting: { scene: 'announcements' } },
  };
}

/** "Bontang" is no kecamatan: the region is kept, what is meant for all of it comes, and which kecamatan is asked. */
function chosenRegion(context: SceneContext, interests: readonly Interest[], code: string): SceneResult | null {
  const region = regionOf(code, context.world.directory);
  if (region === null) return null;
  const ask = askedForKecamatan(context, region.code);
  return {
    ...ask,
    replies: ask.replies.map((reply) =>
      reply.type === 'text'
        ? {
            ...reply,
            paragraphs: [phrase('dialogue:announcements.region_known', { name: region.name }), ...reply.paragraphs],
          }
        : reply,
    ),
    contact: { regionCode: region.code, ...(interests.length > 0 ? { interests } : {}) },
  };
}

function kecamatanChoice({ code, name }: Area): ChoiceDraft {
  return { id: `kecamatan:${code}`, label: phrase('dialogue:announcements.name', { name }) };
}

function isKecamatanOf(regionCode: string) {
  return ({ level, code }: Area) => level === 'kecamatan' && code.startsWith(`${regionCode}.`);
}

/** "All" takes the place of what was chosen before, and the other way round. */
function withInterest(known: readonly Interest[], interest: Interest): readonly Interest[] {
  if (interest === 'all') return ['all'];
  const kept = known.filter((each) => each !== 'all');
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
    contact: { interests, ...(kecamatan === null ? {} : home(context, kecamatan)) },
    // Another name corrects the kecamatan just told.
    session: { awaiting: name === null ? null : { scene: 'announcements' } },
  };
}

/** Where somebody lives says also whose announcements are theirs. */
function home({ world }: SceneContext, kecamatanCode: string): Partial<ContactFacts> {
  const region = regionOf(kecamatanCode, world.directory);
  return { kecamatanCode, ...(region === null ? {} : { regionCode: region.code }) };
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
