import type { Intent } from '../../domain/intent.js';
import { choose, more } from './choose.js';
import { showFacility } from './scenes/facility-page.js';
import { findFacility, showList } from './scenes/find-facility.js';
import { menu } from './scenes/menu.js';
import type { SceneContext, SceneResult } from './turn.js';

/** "yang ada dokter gigi": worded like a question about a facility, meant as a sieve for the list just shown. */
export function narrowsSearch({ words, session }: SceneContext, strong: readonly Intent[]): boolean {
  const [only, second] = strong;
  const list = session.search !== null && session.search.place.kind !== 'facility' && session.subject === null;
  return list && second === undefined && only === 'facility_info' && words.place === null && words.services.length > 0;
}

/** "lainnya", "nomor 2", "yang 24 jam", "kalau besok?", "di Sebulu?": one thing of the talk before is changed. Null: nothing of the kind. */
export function followUp(context: SceneContext): SceneResult | null {
  const { words, session } = context;
  if (words.followUp === 'back' || words.followUp === 'cancel') return menu.open(context);
  const named = byOrdinal(context) ?? byName(context);
  if (named) return named;
  if (words.followUp === 'more' && session.search) return more(context);
  if (words.followUp === 'other_place') return elsewhere(context);
  if (words.followUp === 'near_me') return findFacility.open({ ...context, session: { ...session, search: null } });
  return changedSearch(context);
}

/** "Ganti tempat": asked anew, the remembered region forgotten with the place. */
function elsewhere(context: SceneContext): SceneResult {
  const contact = { ...context.contact, regionCode: null };
  const asked = findFacility.open({ ...context, contact, session: { ...context.session, search: null } });
  return { ...asked, contact: { regionCode: null, ...asked.contact } };
}

function byOrdinal(context: SceneContext): SceneResult | null {
  const { words, session, world } = context;
  if (words.ordinal === null) return null;
  const id = session.offered[words.ordinal - 1];
  if (id !== undefined) return { ...choose(context, id), intent: 'choice' };
  const facility = session.subject === null ? null : world.directory.facility(session.subject);
  return facility ? showFacility(context, facility) : null;
}

/** "Ilir", after "which of these?": the one offered place whose name holds every word that was written. */
function byName(context: SceneContext): SceneResult | null {
  const { turn, session, world } = context;
  const offered = session.offered.filter((id) => id.startsWith('place:') || id.startsWith('at:'));
  const written = (turn.normal?.tokens ?? [])
    .map(({ raw }) => raw.toLowerCase())
    .filter((word) => !PLACE_CUES.has(word));
  if (offered.length === 0 || written.length === 0) return null;
  const fitting = offered.filter((id) => {
    const name = offeredName(id, world.directory)
      .toLowerCase()
      .split(/[\s,]+/);
    return written.every((word) => name.includes(word));
  });
  const [only, second] = fitting;
  return only === undefined || second !== undefined ? null : { ...choose(context, only), intent: 'choice' };
}

const PLACE_CUES: ReadonlySet<string> = new Set([
  'di',
  'yang',
  'yg',
  'kec',
  'kecamatan',
  'desa',
  'kelurahan',
  'puskesmas',
  'pkm',
]);

function offeredName(id: string, directory: SceneContext['world']['directory']): string {
  const value = id.slice(id.indexOf(':') + 1);
  if (id.startsWith('at:')) return directory.facility(value)?.name ?? '';
  const area = directory.area(value);
  const parent = area?.parentCode ? directory.area(area.parentCode) : null;
  return `${area?.name ?? ''} ${parent?.name ?? ''}`;
}

/** The last search with another place, time, service or sieve. */
function changedSearch(context: SceneContext): SceneResult | null {
  const { words, session } = context;
  const { search, subject } = session;
  const sieve = words.services.length > 0 || words.wants24h;
  if (words.place === null && words.time === null && !sieve && !words.wantsOpenOnly) return null;
  if (words.place !== null || search === null) {
    return words.place === null && !sieve ? null : findFacility.open(context);
  }
  if (words.time?.kind === 'unknown_feast') return findFacility.open(context);
  const at = words.time?.kind === 'moment' ? (words.time.precision === 'now' ? null : words.time.at) : search.at;
  // Of the facility just shown only the hour or the service can change; a sieve is for the list before it.
  const place = subject !== null && !words.wants24h ? { kind: 'facility' as const, id: subject } : search.place;
  return showList(context, {
    place,
    services: words.services.length > 0 ? words.services : search.services,
    kinds: words.kinds.length > 0 ? words.kinds : search.kinds,
    only24h: words.wants24h || search.only24h,
    at,
    offset: 0,
  });
}
