import { readFileSync } from 'node:fs';
import { createInstance, type i18n } from 'i18next';
import type { Language } from '../domain/message.js';
import type { Phrase, PhraseParam } from '../domain/phrase.js';
import type { Reply, ReplyDraft } from '../domain/reply.js';
import { projectFile } from '../project-root.js';
import { formatDistance, formatMoment } from './format.js';

export const LANGUAGES = ['id', 'en'] as const satisfies readonly Language[];
export const NAMESPACES = [
  'dialogue',
  'facility',
  'emergency',
  'eligibility',
  'privacy',
  'console',
  'reports',
  'handover',
  'announcements',
] as const;

function load(language: Language, namespace: string): Record<string, unknown> {
  return JSON.parse(readFileSync(projectFile(`locales/${language}/${namespace}.json`), 'utf8'));
}

/**
 * Two rules apart from i18next's defaults: nothing is escaped here (each channel escapes for its own markup),
 * and a missing text throws instead of showing its key to a resident.
 */
function build(): i18n {
  const instance = createInstance();
  void instance.init({
    lng: 'id',
    fallbackLng: 'id',
    initAsync: false,
    ns: [...NAMESPACES],
    resources: Object.fromEntries(
      LANGUAGES.map((language) => [
        language,
        Object.fromEntries(NAMESPACES.map((namespace) => [namespace, load(language, namespace)])),
      ]),
    ),
    interpolation: { escapeValue: false },
    returnNull: false,
    saveMissing: true,
    missingKeyHandler: (_languages, namespace, key) => {
      throw new Error(`No text for ${namespace}:${key}`);
    },
  });
  return instance;
}

const instance = build();

/** A text cut at its places: literal, name, literal, name, …, literal. */
type Template = readonly string[];

const templates: Record<Language, Map<string, Template>> = { id: new Map(), en: new Map() };

/**
 * i18next finds the text (30 µs); a reply has thirty of them, so each is asked for once and kept cut at its places.
 * A value is set in as it is: braces or markup in a facility's name never become a place of their own.
 */
function templateOf(key: string, language: Language): Template {
  let template: Template | undefined = templates[language].get(key);
  if (!template) {
    const text: unknown = instance.getFixedT(language)(key as never, { skipInterpolation: true } as never);
    template = String(text).split(/\{\{\s*(\w+)\s*\}\}/);
    templates[language].set(key, template);
  }
  return template;
}

function renderParam(param: PhraseParam, language: Language): string | number {
  if (typeof param === 'string' || typeof param === 'number') return param;
  if (Array.isArray(param)) return param.map((each: Phrase) => renderPhrase(each, language)).join('\n');
  if ('list' in param) return param.list.map((each) => renderPhrase(each, language)).join(', ');
  if ('moment' in param) return formatMoment(param, language);
  if ('km' in param) return formatDistance(param, language);
  return renderPhrase(param as Phrase, language);
}

/**
 * The phrase in the language; a list of phrases given as a parameter becomes lines.
 * Throws when the text, or a value for one of its places, is missing.
 */
export function renderPhrase({ key, params }: Phrase, language: Language): string {
  const template = templateOf(key, language);
  let text = template[0] ?? '';
  for (let place = 1; place < template.length; place += 2) {
    const name = template[place] as string;
    const param = params?.[name];
    if (param === undefined) throw new Error(`No value for {{${name}}} in ${key}`);
    text += renderParam(param, language) + (template[place + 1] as string);
  }
  return text;
}

/** The reply as its reader will see it. Empty paragraphs are dropped. */
export function renderReply(draft: ReplyDraft, language: Language): Reply {
  if (draft.type === 'place') return draft;
  return {
    type: 'text',
    text: draft.paragraphs
      .map((paragraph) => renderPhrase(paragraph, language))
      .filter((text) => text !== '')
      .join('\n\n'),
    choices: draft.choices.map((choice) => ({
      id: choice.id,
      label: renderPhrase(choice.label, language),
      ...(choice.inText ? { inText: true } : {}),
    })),
    ...(draft.askLocation ? { askLocation: true } : {}),
  };
}
