import { z } from 'zod';
import type { MessageTemplate, TemplateMessage } from '../domain/broadcast.js';
import type { Language } from '../domain/message.js';
import type { Reply } from '../domain/reply.js';
import { AppError } from '../errors.js';
import type { Meta } from '../ports/store.js';

/** Stands in a template's value for the answer itself. A template without it says only that there is an answer. */
export const ANSWER_PLACE = '{{jawaban}}';

const templates = z.array(
  z.object({
    language: z.enum(['id', 'en']),
    name: z.string().regex(/^[a-z0-9_]{1,512}$/, 'must be the name of a template'),
    code: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2,3})?$/, 'must be the code of a language, such as id or en_US'),
    category: z.enum(['marketing', 'utility']),
    state: z.enum(['approved', 'in_review', 'rejected', 'paused', 'disabled']),
    body: z.array(z.string().min(1)),
    words: z.string().max(2000).optional(),
  }),
);

const KEY = 'answers/late_templates';

/** The templates by which an answer goes out that is ready only after the service window closed; none unless set. */
export async function readLateTemplates(meta: Meta): Promise<readonly MessageTemplate[]> {
  const stored = await meta.get(KEY);
  return stored === null ? [] : templates.parse(JSON.parse(stored));
}

/** Keeps them. Throws INPUT_INVALID when one could not be a template of Meta's. */
export async function writeLateTemplates(meta: Meta, given: readonly MessageTemplate[]): Promise<void> {
  const parsed = templates.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new AppError('INPUT_INVALID', faults.join('; '));
  }
  await meta.set(KEY, JSON.stringify(parsed.data));
}

/** A template with its values holds 1024 characters at most; its own words take their part. */
const LONGEST_ANSWER = 700;

/**
 * The answer as an approved template in the reader's language, the Indonesian one where theirs is not approved; null
 * when there is none.
 */
export function lateAnswer(
  known: readonly MessageTemplate[],
  reply: Reply,
  language: Language,
): TemplateMessage | null {
  const approved = known.filter(({ state }) => state === 'approved');
  const template =
    approved.find((each) => each.language === language) ?? approved.find((each) => each.language === 'id');
  if (!template) return null;
  const answer = shortened(reply.type === 'text' ? reply.text : `${reply.title}, ${reply.address}`);
  const body = template.body.map((value) => value.replaceAll(ANSWER_PLACE, () => answer));
  return { name: template.name, language: template.code, body, buttons: [] };
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST_ANSWER ? text : `${characters.slice(0, LONGEST_ANSWER - 1).join('')}…`;
}
