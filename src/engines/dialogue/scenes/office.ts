import { type Phrase, phrase } from '../../../domain/phrase.js';
import { MENU_CHOICE } from '../choices.js';
import type { Scene, SceneContext } from '../turn.js';
import { regionOf } from '../whereabouts.js';

function contactLines({ words, contact, world }: SceneContext): readonly Phrase[] {
  const place = words.place;
  const named =
    place?.kind === 'area' ? place.area.code : place?.kind === 'facility' ? place.facility.regionCode : null;
  const code = named ?? contact.regionCode;
  const region = code === null ? null : regionOf(code, world.directory);
  if (!region) return [phrase('dialogue:office.no_region'), phrase('dialogue:office.meanwhile')];
  if (region.officeContact === null) {
    return [phrase('dialogue:office.unknown', { region: region.name }), phrase('dialogue:office.meanwhile')];
  }
  return [phrase('dialogue:office.contact', { region: region.name, contact: region.officeContact })];
}

/** "Mau bicara dengan petugas": the region's own contact, or an honest word that none is recorded. */
export const human: Scene = {
  open: (context) => ({
    intent: 'human',
    replies: [{ type: 'text', paragraphs: contactLines(context), choices: [MENU_CHOICE] }],
    session: { awaiting: null },
  }),
};

/** A complaint or a suggestion: where it is heard. The bot does not claim to pass it on. */
export const feedback: Scene = {
  open: (context) => ({
    intent: 'feedback',
    replies: [
      {
        type: 'text',
        paragraphs: [
          phrase('dialogue:office.feedback'),
          phrase('dialogue:office.feedback_how'),
          ...contactLines(context),
        ],
        choices: [MENU_CHOICE],
      },
    ],
    session: { awaiting: null },
  }),
};
