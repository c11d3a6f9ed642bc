import { readFileSync } from 'node:fs';
import type { Emergency } from '../domain/emergency.js';
import type { Language } from '../domain/message.js';
import { phrase } from '../domain/phrase.js';
import type { Area } from '../domain/place.js';
import type { Instant } from '../domain/time.js';
import { adviseEmergency } from '../engines/emergency/advice.js';
import { allCards, type Card } from '../engines/emergency/cards.js';
import type { EmergencyPlace } from '../engines/emergency/destination.js';
import { LANGUAGES, NAMESPACES, renderPhrase, renderReply } from '../i18n/translate.js';
import type { Directory } from '../ports/directory.js';
import { projectFile } from '../project-root.js';
import { fillWithSamples } from './words-samples.js';

/** The places of a message by the strictest platform's limit, in UTF-16 units (WhatsApp Cloud, Telegram). */
const SLOTS = [
  { name: 'tombol', length: 20 },
  { name: 'baris daftar', length: 24 },
  { name: 'isi pesan bertombol (WhatsApp)', length: 1024 },
  { name: 'teks (WhatsApp, Telegram)', length: 4096 },
] as const;

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { id: 'Indonesia', en: 'Inggris' };

const BASIS_WORDS = {
  read: 'dibaca',
  summary: 'hanya lewat ringkasan',
  knowledge: 'belum dibaca, perlu dipastikan',
} as const;

/**
 * One page in Markdown with every text of every language, for clinicians and native readers: the emergency cards whole,
 * as a phone would show them, with sources and sign-off; then all other texts by namespace, filled with sample values.
 * The cards take their destinations from `directory` at `now`.
 */
export function wordsPage(directory: Directory, now: Instant): string {
  const place = samplePlace(directory);
  const sections = [
    '# Semua teks Tanya Puskesmas',
    'Panjang dihitung dalam karakter, dengan nilai contoh. "Muat" adalah tempat tersempit yang menampung teks itu.',
    '## Kartu darurat',
    ...allCards().map((card) => cardSection(card, place, directory, now)),
    ...NAMESPACES.map(namespaceSection),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The region with the most numbers to call, and its first kecamatan: the longest of what residents get. */
function samplePlace(directory: Directory): EmergencyPlace {
  const [region] = [...directory.regions].sort((a, b) => b.emergencyNumbers.length - a.emergencyNumbers.length);
  const area: Area | undefined = directory.areas.find(
    ({ level, parentCode, centroid }) => level === 'kecamatan' && parentCode === region?.code && centroid !== null,
  );
  return { region: region ?? null, area: area ?? null, point: area?.centroid ?? null };
}

function cardSection(card: Card, place: EmergencyPlace, directory: Directory, now: Instant): string {
  const { kind, level, person } = card.emergency;
  const heading = card.id === 'ask' ? `${kind} · tanya` : `${renderPhrase(phrase(card.title), 'id')} · ${card.id}`;
  return [
    `### ${heading}`,
    `Jenis \`${kind}\`, tingkat \`${level}\`, contoh untuk \`${person}\`. ${signOffWords(card)}`,
    ...LANGUAGES.map((language) => page(card.emergency, language, place, directory, now)),
    ...sourceLines(card),
  ].join('\n\n');
}

function signOffWords({ signOff }: Card): string {
  return signOff ? `Ditinjau klinisi: ${signOff.by}, ${signOff.on}.` : '**Belum ditinjau klinisi.**';
}

function page(
  emergency: Emergency,
  language: Language,
  place: EmergencyPlace,
  directory: Directory,
  now: Instant,
): string {
  const { paragraphs, choices } = adviseEmergency(emergency, place, directory, now);
  const reply = renderReply({ type: 'text', paragraphs, choices }, language);
  if (reply.type !== 'text') return '';
  const buttons = reply.choices.map(({ label }) => `[${label}]`).join(' ');
  const size = `${LANGUAGE_NAMES[language]}, ${reply.text.length} karakter, muat: ${slotOf(reply.text)}`;
  return `${size}\n\n\`\`\`text\n${reply.text}\n\n${buttons}\n\`\`\``;
}

function sourceLines({ sources, conflicts }: Card): readonly string[] {
  const lines = [
    ...sources.map(
      ({ name, published, checkedOn, basis }) =>
        `- Sumber: ${name} (${published ?? 'tanpa tanggal'}; dicek ${checkedOn}; ${BASIS_WORDS[basis]})`,
    ),
    ...conflicts.map(
      ({ about, followed, left, why }) => `- Beda sumber, ${about}: dipakai ${followed}. Ditinggalkan: ${left}. ${why}`,
    ),
  ];
  return lines.length > 0 ? [lines.join('\n')] : [];
}

function namespaceSection(namespace: string): string {
  const [first, ...others] = LANGUAGES.map((language) => ({ language, texts: textsOf(language, namespace) }));
  const rows = [...(first?.texts.keys() ?? [])].map((key) => {
    const texts = [first, ...others].map((each) => fillWithSamples(each?.texts.get(key) ?? ''));
    const longest = texts.reduce((a, b) => (b.length > a.length ? b : a), '');
    return `| \`${key}\` | ${texts.map(cell).join(' | ')} | ${texts.map((text) => text.length).join(' / ')} | ${slotOf(longest)} |`;
  });
  const heads = LANGUAGES.map((language) => LANGUAGE_NAMES[language]).join(' | ');
  return [
    `## ${namespace}`,
    [`| Kunci | ${heads} | Panjang | Muat |`, `|---|${LANGUAGES.map(() => '---|').join('')}---|---|`, ...rows].join(
      '\n',
    ),
  ].join('\n\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
}

function slotOf(text: string): string {
  return SLOTS.find(({ length }) => text.length <= length)?.name ?? 'TERLALU PANJANG';
}

/** Every text of a namespace under its path ("card.stroke.act"), in the file's order. */
export function textsOf(language: Language, namespace: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const collect = (node: unknown, path: string): void => {
    if (typeof node === 'string') found.set(path, node);
    else if (typeof node === 'object' && node !== null) {
      for (const [key, value] of Object.entries(node)) collect(value, path === '' ? key : `${path}.${key}`);
    }
  };
  collect(JSON.parse(readFileSync(projectFile(`locales/${language}/${namespace}.json`), 'utf8')), '');
  return found;
}
