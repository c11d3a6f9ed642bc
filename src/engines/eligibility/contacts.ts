import { z } from 'zod';
import { isZone, type Zone } from '../../domain/time.js';
import contactsFile from './contacts.json' with { type: 'json' };

/** Who can confirm or help, with the hours at which a person answers. The words are `eligibility:contact.<code>`. */
export interface Contact {
  readonly code: string;
  /** OSM opening_hours text; null where the hours are another engine's matter or nobody's. */
  readonly hours: string | null;
  /** null: the resident's own zone. */
  readonly zone: Zone | null;
  /** `assumed`: usual office hours, told as such. */
  readonly grade: 'verified' | 'published' | 'assumed';
  readonly source: string;
  readonly checkedOn: string;
}

const contact = z.strictObject({
  code: z.string(),
  hours: z.string().nullable(),
  zone: z.string().refine(isZone).nullable(),
  grade: z.enum(['verified', 'published', 'assumed']),
  source: z.string(),
  checkedOn: z.string(),
});

/** Every contact by its code. */
export const CONTACTS: ReadonlyMap<string, Contact> = new Map(
  z
    .array(contact)
    .parse(contactsFile)
    .map((each) => [each.code, each as Contact]),
);
