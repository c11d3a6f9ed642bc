import { createHash, randomInt } from 'node:crypto';
import type { Language } from '../domain/message.js';
import { type Phrase, phrase } from '../domain/phrase.js';
import { type Instant, MINUTE } from '../domain/time.js';
import { renderPhrase } from '../i18n/translate.js';
import type { Broadcasts } from '../ports/broadcasts.js';
import type { Reports } from '../ports/reports.js';
import type { Meta } from '../ports/store.js';

/** What somebody wants who writes "hubungkan": a code, or to enter one. */
export type LinkRequest = { readonly kind: 'ask' } | { readonly kind: 'enter'; readonly code: string };

const WANTS =
  /^(?:\/)?(?:hubungkan|sambungkan|link)(?:\s+(?:akun|kode|code))?(?:\s*:?\s*(\d{3})[\s-]?(\d{3}))?[\s.!]*$/i;
const CODE_LASTS = 10 * MINUTE;

/** Reads a request for linking; null when the text is something else. */
export function linkRequest(text: string): LinkRequest | null {
  const found = WANTS.exec(text.trim());
  if (!found) return null;
  const [, first, second] = found;
  return first === undefined ? { kind: 'ask' } : { kind: 'enter', code: `${first}${second}` };
}

export interface LinkingParts {
  readonly broadcasts: Broadcasts;
  readonly meta: Meta;
  readonly now: () => Instant;
  /** For registering a facility's own contact, with the facility's name; left out: nobody can. */
  readonly facilities?: {
    readonly reports: Pick<Reports, 'addContact'>;
    readonly nameOf: (id: string) => string | null;
  };
  /** Six digits that nobody can guess. */
  readonly newCode?: () => string;
}

/** A new code for an owner, "contact/ID", "staff/ADDRESS" or "facility/ID"; good for ten minutes and for one use. */
export async function issueLinkCode(
  { broadcasts, now, newCode = sixDigits }: LinkingParts,
  owner: string,
): Promise<string> {
  const code = newCode();
  await broadcasts.putLinkCode(hashOf(code), owner, now() + CODE_LASTS);
  return code;
}

/** Answers a request of a contact: gives a code, or joins the two that the code names. */
export async function answerLinkRequest(
  parts: LinkingParts,
  contactId: string,
  request: LinkRequest,
  language: Language,
): Promise<string> {
  const say = (words: Phrase) => renderPhrase(words, language);
  if (request.kind === 'ask') {
    const code = await issueLinkCode(parts, `contact/${contactId}`);
    return say(phrase('dialogue:announcements.link_code', { code }));
  }
  const owner = await parts.broadcasts.takeLinkCode(hashOf(request.code), parts.now());
  if (owner?.startsWith('facility/')) {
    const name = await register(parts, contactId, owner.slice('facility/'.length));
    return say(
      name === null ? phrase('dialogue:announcements.link_failed') : phrase('reports:contact.added', { name }),
    );
  }
  return say(
    phrase(
      (await join(parts, contactId, owner)) ? 'dialogue:announcements.linked' : 'dialogue:announcements.link_failed',
    ),
  );
}

async function join({ broadcasts, meta }: LinkingParts, contactId: string, owner: string | null): Promise<boolean> {
  if (owner === null) return false;
  const id = owner.slice(owner.indexOf('/') + 1);
  if (owner.startsWith('staff/')) {
    await meta.set(testContactKey(id), contactId);
    return true;
  }
  return id !== contactId && broadcasts.link(contactId, id);
}

/** The facility's name; null when it is there no more. Whoever was registered before stays so. */
async function register(
  { facilities, now }: LinkingParts,
  contactId: string,
  facilityId: string,
): Promise<string | null> {
  const name = facilities?.nameOf(facilityId) ?? null;
  if (name !== null) await facilities?.reports.addContact(facilityId, contactId, now());
  return name;
}

/** Where the contact is kept that a member of staff sends tests to. */
export function testContactKey(who: string): string {
  return `announcements/test/${who}`;
}

function hashOf(code: string): string {
  return createHash('sha256').update(`link/${code}`).digest('hex');
}

function sixDigits(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}
