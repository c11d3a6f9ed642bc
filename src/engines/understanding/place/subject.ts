import type { Candidate } from './candidates.js';
import type { Gazetteer } from './gazetteer.js';
import type { PlaceWord } from './words.js';

const OPEN =
  /^(buka|bukak|bka|buko|bukaa|tutup|ttp|mbukak|bukka|mukkak|tukup|totop|jam|24|nomor|nomer|telp|telpon|telepon|alamatnya|kontak|wa)$/;
const BETWEEN =
  /^(masih|msh|msih|sih|itu|apa|apakah|apkh|sudah|sdh|udah|udh|wes|wis|hari|ini|skrg|skrng|sekarang|saiki|besok|bsk|malam|mlm|nanti|ntar|ga|gak|minggu|sabtu|pagi|sore|jek|pas)$/;

/**
 * "Loa Ipuh masih buka?" asks about the puskesmas of that name: a place itself neither opens nor closes.
 * The kecamatan stays meant behind di or ke ("yang buka di Samboja") and where none of its facilities has the name.
 */
export function facilitySubject(candidate: Candidate, words: readonly PlaceWord[], gazetteer: Gazetteer): Candidate {
  const { cue, end } = candidate;
  if (cue.at || cue.origin || cue.level !== null || cue.facility !== null || !isAskedOpen(words, end)) return candidate;
  if (candidate.start > 1 && words[candidate.start]?.boundary !== true) return candidate;
  const puskesmas = candidate.names
    .flatMap((name) => gazetteer.facilities.get(name.key))
    .filter(
      ({ form, target }) => form === 'whole' && target.kind === 'facility' && target.facility.kind === 'puskesmas',
    );
  return puskesmas.length === 0 ? candidate : { ...candidate, names: puskesmas };
}

function isAskedOpen(words: readonly PlaceWord[], end: number): boolean {
  let at = end;
  while (at < end + 3 && BETWEEN.test(words[at]?.text ?? '') && words[at]?.boundary !== true) at += 1;
  return words[at]?.boundary !== true && OPEN.test(words[at]?.text ?? '');
}
