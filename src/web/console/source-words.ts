import type { PhraseKey } from '../../domain/phrase.js';
import { renderPhrase } from '../../i18n/translate.js';

/**
 * What the collected data says about itself again and again, in English: a pattern and the words for it; `a` and `b` are
 * what the pattern caught. The data stays as it is; only what staff read is worded.
 */
const KNOWN: readonly (readonly [RegExp, PhraseKey])[] = [
  [/^BPJS Kesehatan list of partner facilities (\d{4})$/, 'console:origin.bpjsList'],
  [/^Kemenkes BPPSDMK facility map (\d{4})$/, 'console:origin.kemenkesMap'],
  [/^work-unit list of (.+) health staff \(public form\)$/, 'console:origin.workUnits'],
  [/^BIG RBI toponym points \((\d{4}) copy\)$/, 'console:origin.bigPoints'],
  [/^Covid-19 referral hospital list (\d{4})$/, 'console:origin.covidList'],
  [/^(.+): statement of the (.+) health office$/, 'console:origin.statement'],
  [/^(.+) \(code and name\); (.+) \(zone\)$/, 'console:origin.codeAndZone'],
  [/^National medical emergency number .* local PSC 119 \((.+)\)$/, 'console:origin.nationalNumber'],
  [/^(.+): answered by the fire service; no evidence in another source$/, 'console:origin.fireService'],
  [/^(.+) \(pilot (\d{4})\)$/, 'console:origin.pilot'],
  [/^PSC 119 of the city \(published (\d{4})\)$/, 'console:origin.pscCity'],
  [/^(.+) \(24 hours since (.+)\)$/, 'console:origin.roundTheClock'],
  [/^coord from (\S+) \(in (.+)\)$/, 'console:origin.pointFrom'],
  [/^coord from (\S+) \(in (.+)\), 3 decimals only$/, 'console:origin.pointRough'],
  [/^(\S+) has \S+ \((\S+ km) away\)$/, 'console:origin.otherPoint'],
  [/^(\S+) has \S+ \((\S+ km) away, outside kecamatan\)$/, 'console:origin.otherPointOutside'],
  [/^two plausible coordinates disagree -> VERIFY$/, 'console:origin.pointsDisagree'],
  [/^no coordinate found$/, 'console:origin.noPoint'],
  [/^candidates rejected \(.+\): (.+)$/, 'console:origin.pointsRejected'],
  [/^(\S+) address: (.+)$/, 'console:origin.otherAddress'],
  [/^(\S+) name: (.+)$/, 'console:origin.otherName'],
  [/^other phone: (.+)$/, 'console:origin.otherPhone'],
  [/^BPJS code (\S+)$/, 'console:origin.bpjsCode'],
  [/^kecamatan from (?:vil|nam|Kem|poi|add)/, 'console:origin.kecamatanInferred'],
  [/^24h is UGD only(?: \(doctor, nurse, ambulance\) from 1 Jan (\d{4}))?$/, 'console:origin.onlyUgd'],
  [/^normal outpatient hours unchanged$/, 'console:origin.outpatientAsUsual'],
  [/^phone withheld \(.+\): raw "(.+)"$/, 'console:origin.phoneWithheld'],
  [/^phone also listed for another facility -> VERIFY$/, 'console:origin.phoneShared'],
  [/^8-digit landline, looks wrong -> VERIFY$/, 'console:origin.phoneOdd'],
  [/^(?:operation today|current status) not checked$|^current state unknown$/, 'console:origin.notChecked'],
  [/^all RSUD in Kukar keep IGD open 24h$/, 'console:origin.igdRoundTheClock'],
];

const MONTHS: Readonly<Record<string, string>> = { May: 'Mei', Aug: 'Agu', Oct: 'Okt', Dec: 'Des' };

/** A source as staff read it: what is known in Indonesian, the rest as it was written. */
export function sourceText(source: string): string {
  return source
    .split(' | ')
    .map((part) => withMonths(worded(part) ?? part))
    .join(' | ');
}

/** A note of staff as it is; one that came with the data line by line, what has no words of ours marked as the source's own. */
export function noteLines(note: string | null): readonly string[] {
  if (note === null) return [];
  const parts = note.split('; ');
  const lines = parts.map((part) => worded(part));
  if (lines.every((line) => line === null)) return [note];
  return lines.map((line, at) =>
    withMonths(line ?? renderPhrase({ key: 'console:origin.asWritten', params: { text: parts[at] ?? '' } }, 'id')),
  );
}

function worded(part: string): string | null {
  for (const [pattern, key] of KNOWN) {
    const found = pattern.exec(part);
    if (found) return renderPhrase({ key, params: { a: found[1] ?? '', b: found[2] ?? '' } }, 'id').trim();
  }
  return null;
}

function withMonths(text: string): string {
  return text.replaceAll(/\b(\d{1,2}) (May|Aug|Oct|Dec)\b/g, (_, day, month) => `${day} ${MONTHS[String(month)]}`);
}
