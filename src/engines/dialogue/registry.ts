import type { Intent } from '../../domain/intent.js';
import { optIn, optOut } from './scenes/announcements.js';
import { greeting, thanks } from './scenes/courtesy.js';
import { eligibility } from './scenes/eligibility.js';
import { emergencyScene } from './scenes/emergency.js';
import { facilityPage } from './scenes/facility-page.js';
import { findFacility } from './scenes/find-facility.js';
import { menu } from './scenes/menu.js';
import { feedback, human } from './scenes/office.js';
import { outOfScope } from './scenes/out-of-scope.js';
import { privacy } from './scenes/privacy.js';
import type { Scene } from './turn.js';

/** Which conversation answers which intent. Choices and pins are handled in `choose` and `pin`. */
export const SCENES = {
  emergency: emergencyScene,
  open_now: findFacility,
  facility_info: facilityPage,
  eligibility,
  opt_in: optIn,
  opt_out: optOut,
  human,
  feedback,
  privacy,
  menu,
  greeting,
  thanks,
  out_of_scope: outOfScope,
} as const satisfies Partial<Record<Intent, Scene>>;

export type SceneIntent = keyof typeof SCENES;

/** True for the intents that a scene answers. */
export function hasScene(intent: Intent): intent is SceneIntent {
  return Object.hasOwn(SCENES, intent);
}
