import { z } from 'zod';
import { maybe, textual } from '../lenient.js';

/**
 * What we read of a Cloud API webhook (Graph API v25, object `whatsapp_business_account`, field `messages`). The phone
 * number (`from`, `wa_id`) may be absent since people may have usernames; the business-scoped id (`user_id`) is there.
 */
const timestamp = textual.pipe(z.string().regex(/^\d{1,12}$/));
const id = maybe(z.string().min(1));
const reply = maybe(z.object({ id: z.string().min(1) }));
const present = z.unknown().optional();
const captioned = maybe(z.object({ caption: maybe(z.string()) }));
const worded = maybe(z.object({ body: z.string() }));

export const message = z.object({
  id: z.string().min(1),
  type: z.string(),
  timestamp,
  from: id,
  from_user_id: id,
  /** There in a group's messages alone. */
  group_id: maybe(z.string()),
  text: worded,
  /** A quick-reply button of a template. */
  button: maybe(z.object({ payload: maybe(z.string()), text: maybe(z.string()) })),
  interactive: maybe(z.object({ button_reply: reply, list_reply: reply })),
  location: maybe(z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })),
  image: captioned,
  video: captioned,
  document: captioned,
  /** Meta's own words on the person: another number, another scoped id. Older webhooks call the new number new_wa_id. */
  system: maybe(z.object({ type: maybe(z.string()), wa_id: id, new_wa_id: id, user_id: id, previous_user_id: id })),
  audio: present,
  sticker: present,
  contacts: present,
  edit: maybe(
    z.object({ message: maybe(z.object({ text: worded, image: captioned, video: captioned, document: captioned })) }),
  ),
});

export const status = z.object({
  id: z.string().min(1),
  status: z.string(),
  timestamp,
  errors: maybe(z.array(z.object({ code: z.coerce.number().int() }))),
  /** To whom it was sent: the number, where it may be told, and the scoped id. In a group: the group. */
  recipient_type: maybe(z.string()),
  recipient_id: id,
  recipient_user_id: id,
});

const contact = z.object({ wa_id: id, user_id: id });

export const change = z.object({
  field: z.literal('messages'),
  value: z.object({
    metadata: z.object({ phone_number_id: textual }),
    contacts: maybe(z.array(contact)),
    messages: maybe(z.array(z.unknown())),
    statuses: maybe(z.array(z.unknown())),
    /** What is wrong with the account or the webhook itself. */
    errors: maybe(z.array(z.unknown())),
  }),
});

export const payload = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.unknown()),
});

export const entry = z.object({ changes: z.array(z.unknown()) });

export type CloudMessage = z.infer<typeof message>;
export type CloudStatus = z.infer<typeof status>;
export type CloudContact = z.infer<typeof contact>;
export type CloudValue = z.infer<typeof change>['value'];

/** What the API answers to a message that it took, and to one that it refused. */
export const accepted = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });
export const refused = z.object({ error: z.object({ code: z.number().int() }) });
