import { isFacilityWord } from './cues.js';
import type { Gazetteer } from './gazetteer.js';
import type { Name } from './names.js';
import type { Candidate } from './search.js';
import type { PlaceWord } from './words.js';

const OPEN =
  /^(buka|bukak|bka|buko|bukaa|tutup|ttp|mbukak|bukka|mukkak|tukup|totop|jam|24|nomor|nomer|telp|telpon|telepon|alamatnya|kontak|wa|ada|bisa|bs|onok)$/;
const BETWEEN =
  /^(masih|msh|msih|sih|itu|apa|apakah|apkh|sudah|sdh|udah|udh|wes|wis|hari|ini|skrg|skrng|sekarang|saiki|besok|bsk|malam|mlm|nanti|ntar|ga|gak|minggu|sabtu|pagi|sore|jek|pas)$/;
/** Who and what belongs to a facility: "bidan Margo Mulyo", "UGD Klandasan Ilir". */
const UNIT = /^(bidan|dokter|dokternya|perawat|loket|ugd|igd|poli|apotek|apotik|wc|lab|suster|petugas|gigi|kia|umum)$/;
/** Words of someone who looks for what is near, not for one facility. */
const SEEKING =
  /^(mana|dimana|dmn|dmna|endi|ndi|kemana|tinggal|rumah|rumahku|rmh|dekat|deket|dkt|terdekat|daerah|orang|org|warga|sekitar)$/;

/**
 * "Loa Ipuh masih buka?", "imunisasi di Sepinggan bisa?" ask about the puskesmas of that name: a place itself neither
 * opens nor gives care. The area stays meant where none of its facilities has the name, behind di or ke without a
 * service, and for a kecamatan, which holds several.
 */
export function facilitySubject(
  candidate: Candidate,
  words: readonly PlaceWord[],
  gazetteer: Gazetteer,
  hasService: boolean,
): Candidate {
  const { cue, start, end } = candidate;
  if (cue.origin || cue.level !== null || cue.facility !== null) return candidate;
  const unit = words[start]?.boundary !== true && UNIT.test(words[start - 1]?.text ?? '');
  const opens = !cue.at && isAskedOpen(words, end) && (start <= 1 || words[start]?.boundary === true);
  const served = hasService && cue.at && !words.some((word) => SEEKING.test(word.text) || isFacilityWord(word.text));
  if (!unit && !opens && !served) return candidate;
  const puskesmas = candidate.names
    .flatMap((name) => gazetteer.facilities.get(name.key))
    .filter(
      ({ form, target }) => form === 'whole' && target.kind === 'facility' && target.facility.kind === 'puskesmas',
    );
  if (puskesmas.length === 0 || (!opens && candidate.names.some(isWide))) return candidate;
  return { ...candidate, names: puskesmas };
}

function isWide({ target }: Name): boolean {
  return target.kind === 'area' && target.area.level !== 'kelurahan_desa';
}

function isAskedOpen(words: readonly PlaceWord[], end: number): boolean {
  let at = end;
  while (at < end + 3 && BETWEEN.test(words[at]?.text ?? '') && words[at]?.boundary !== true) at += 1;
  return words[at]?.boundary !== true && OPEN.test(words[at]?.text ?? '');
}
