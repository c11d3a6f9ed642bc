import { type Phrase, type PhraseParam, phrase } from '../../../domain/phrase.js';
import { KEEP_DAYS } from '../../../domain/retention.js';
import { MENU_CHOICE } from '../choices.js';
import type { Scene, SceneContext, SceneResult } from '../turn.js';

/** "Data saya" and "hapus data saya". */
export const privacy: Scene = {
  open: (context) => {
    if (!context.words.erases) return tell(context);
    const ofAnother = OF_ANOTHER.test(context.turn.normal?.text ?? '');
    return isAsked(context) && !ofAnother ? erase() : askToErase(context);
  },

  /** The answer to whether everything is to be deleted. Whatever else is said leaves it undone. */
  answer: (context) => {
    if (!isAsked(context)) return null;
    const { words, turn } = context;
    const text = turn.normal?.text ?? '';
    if (words.yesNo === 'no' || words.followUp === 'cancel' || DECLINES.test(text)) return keep();
    return words.yesNo === 'yes' || CONFIRMS.test(text) ? erase() : null;
  },
};

/** Somebody else's data is no yes to one's own. */
const OF_ANOTHER = /\b(?:ibu|bapak|ayah|mama|papa|anak|suami|istri|adik|kakak|nenek|kakek|teman|tetangga|dia|orang)\b/;
const CONFIRMS =
  /^(?:(?:ya|iya|yakin|oke|ok|setuju|yes) ){0,2}(?:hapus|yakin|setuju|lanjut|delete)(?: (?:semua|saja|sekarang|data|saya))*$/;
const DECLINES = /^(?:jangan|tidak jadi|batal|gak jadi|keep)\b/;

function isAsked({ session }: SceneContext): boolean {
  return session.awaiting?.scene === 'privacy';
}

/** "Ya, hapus" of an old message asks anew: what stood there may no longer hold. */
export function confirmErase(context: SceneContext): SceneResult {
  return isAsked(context) ? erase() : askToErase(context);
}

/** Asks once, and says what goes and what follows from it. Nothing is deleted yet. */
export function askToErase({ turn }: SceneContext): SceneResult {
  return {
    intent: 'privacy',
    replies: [
      {
        type: 'text',
        paragraphs: [
          phrase('privacy:erase.ask'),
          ...(turn.kept?.linked ? [phrase('privacy:erase.ask_linked')] : []),
          phrase('privacy:erase.follows'),
        ],
        choices: [
          { id: 'privacy:yes', label: phrase('privacy:erase.yes') },
          { id: 'privacy:no', label: phrase('privacy:erase.no') },
        ],
      },
    ],
    session: { awaiting: { scene: 'privacy' } },
    wantsKept: true,
  };
}

/** The last word to somebody of whom nothing is left. */
function erase(): SceneResult {
  return {
    intent: 'privacy',
    replies: [{ type: 'text', paragraphs: [phrase('privacy:erase.done'), phrase('privacy:erase.again')], choices: [] }],
    events: [{ kind: 'data_deleted' }],
    forget: true,
  };
}

export function keep(): SceneResult {
  return {
    intent: 'privacy',
    replies: [{ type: 'text', paragraphs: [phrase('privacy:erase.kept')], choices: [MENU_CHOICE] }],
    session: { awaiting: null },
  };
}

/** What is kept of this very person, then what never is. */
function tell(context: SceneContext): SceneResult {
  const { kept } = context.turn;
  const days = kept?.messageDays ?? 0;
  return {
    intent: 'privacy',
    replies: [
      {
        type: 'text',
        paragraphs: [
          phrase('privacy:yours.all', { lines: linesOf(context) }),
          days === 0 ? phrase('privacy:yours.text_gone') : phrase('privacy:yours.text_kept', { days }),
          phrase('privacy:yours.not_asked'),
          phrase('privacy:yours.how'),
          ...(kept?.page ? [phrase('privacy:yours.page', { url: kept.page })] : []),
        ],
        choices: [{ id: 'privacy:erase', label: phrase('privacy:erase.choice') }, MENU_CHOICE],
      },
    ],
    session: { awaiting: null },
    wantsKept: true,
  };
}

function linesOf(context: SceneContext): readonly Phrase[] {
  const { kept } = context.turn;
  return [
    phrase('privacy:yours.address'),
    phrase('privacy:yours.language'),
    placeLine(context),
    newsLine(context),
    phrase('privacy:yours.talk', { days: KEEP_DAYS.session }),
    ...(kept ? [phrase(kept.linked ? 'privacy:yours.linked' : 'privacy:yours.not_linked')] : []),
    ...(kept?.open ?? []).map((matter) => phrase(`privacy:open.${matter}`)),
  ];
}

function placeLine({ contact, world }: SceneContext): Phrase {
  const region = contact.regionCode === null ? null : world.directory.region(contact.regionCode);
  const kecamatan = contact.kecamatanCode === undefined ? null : world.directory.area(contact.kecamatanCode);
  if (!region && !kecamatan) return phrase('privacy:yours.no_place');
  const place =
    region && kecamatan
      ? phrase('privacy:yours.place_in', { kecamatan: kecamatan.name, region: region.name })
      : phrase('privacy:yours.place_name', { name: region?.name ?? kecamatan?.name ?? '' });
  return phrase('privacy:yours.place', { place });
}

function newsLine({ contact, turn, zone }: SceneContext): Phrase {
  if (contact.consent !== 'granted') return phrase('privacy:yours.no_news');
  const chosen = contact.interests?.length ? contact.interests : (['all'] as const);
  const interests: PhraseParam = { list: chosen.map((each) => phrase(`dialogue:announcements.interest.${each}`)) };
  const since = turn.kept?.consentAt ?? null;
  return since === null
    ? phrase('privacy:yours.news', { interests })
    : phrase('privacy:yours.news_since', { interests, date: { moment: since, zone, style: 'date' } });
}
