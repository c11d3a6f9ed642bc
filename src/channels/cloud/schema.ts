import { z } from 'zod';

/**
 * What we read of a Cloud API webhook (Graph API v25, object `whatsapp_business_account`, field `messages`). The phone
 * number (`from`, `wa_id`) may be absent since people may have usernames; the business-scoped id (`user_id`) is there.
 */
const timestamp = z.string().regex(/^\d{1,12}$/);
const reply = z.object({ id: z.string().min(1) });
const present = z.unknown().optional();
const captioned = z.object({ caption: z.string().optional() }).optional();
const worded = z.object({ body: z.string() }).optional();

export const message = z.object({
  id: z.string().min(1),
  type: z.string(),
  timestamp,
  from: z.string().min(1).optional(),
  from_user_id: z.string().min(1).optional(),
  /** There in a group's messages alone. */
  group_id: z.string().optional(),
  text: worded,
  /** A quick-reply button of a template. */
  button: z.object({ payload: z.string().optional(), text: z.string().optional() }).optional(),
  interactive: z.object({ button_reply: reply.optional(), list_reply: reply.optional() }).optional(),
  location: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
  image: captioned,
  video: captioned,
  document: captioned,
  /** Meta's own words on the person: another number, another scoped id. Older webhooks call the new number new_wa_id. */
  system: z
    .object({
      type: z.string().optional(),
      wa_id: z.string().min(1).optional(),
      new_wa_id: z.string().min(1).optional(),
      user_id: z.string().min(1).optional(),
      previous_user_id: z.string().min(1).optional(),
    })
    .optional(),
  audio: present,
  sticker: present,
  contacts: present,
  edit: z
    .object({
      message: z.object({ text: worded, image: captioned, video: captioned, document: captioned }).optional(),
    })
    .optional(),
});

export const status = z.object({
  id: z.string().min(1),
  status: z.string(),
  timestamp,
  errors: z.array(z.object({ code: z.number().int() })).optional(),
  /** To whom it was sent: the number, where it may be told, and the scoped id. In a group: the group. */
  recipient_type: z.string().optional(),
  recipient_id: z.string().min(1).optional(),
  recipient_user_id: z.string().min(1).optional(),
});

const contact = z.object({ wa_id: z.string().min(1).optional(), user_id: z.string().min(1).optional() });

export const change = z.object({
  field: z.literal('messages'),
  value: z.object({
    metadata: z.object({ phone_number_id: z.string() }),
    contacts: z.array(contact).optional(),
    messages: z.array(z.unknown()).optional(),
    statuses: z.array(z.unknown()).optional(),
  }),
});

export const payload = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.object({ changes: z.array(z.unknown()) })),
});

export type CloudMessage = z.infer<typeof message>;
export type CloudStatus = z.infer<typeof status>;
export type CloudContact = z.infer<typeof contact>;
export type CloudValue = z.infer<typeof change>['value'];

/** What the API answers to a message that it took, and to one that it refused. */
export const accepted = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });
export const refused = z.object({ error: z.object({ code: z.number().int() }) });
