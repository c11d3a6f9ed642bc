import { z } from 'zod';

/** What the Cloud API takes (messages reference, interactive guide of 3-11-2025), limits included; nothing else passes. */
const oneLine = z
  .string()
  .min(1)
  .regex(/^[^\n\t]*$/);
const bodyOf = (limit: number) => z.strictObject({ text: z.string().min(1).max(limit) });
const different = (items: readonly { readonly id: string }[]) =>
  new Set(items.map((item) => item.id)).size === items.length;

const replyButtons = z.strictObject({
  type: z.literal('button'),
  body: bodyOf(1024),
  action: z.strictObject({
    buttons: z
      .array(
        z.strictObject({
          type: z.literal('reply'),
          reply: z.strictObject({ id: oneLine.max(256), title: oneLine.max(20) }),
        }),
      )
      .min(1)
      .max(3)
      .refine((all) => different(all.map((button) => button.reply)), 'ids must differ')
      .refine((all) => different(all.map((button) => ({ id: button.reply.title }))), 'titles must differ'),
  }),
});

const list = z.strictObject({
  type: z.literal('list'),
  body: bodyOf(4096),
  action: z.strictObject({
    button: oneLine.max(20),
    sections: z
      .array(
        z.strictObject({
          rows: z
            .array(
              z.strictObject({
                id: oneLine.max(200),
                title: oneLine.max(24),
                description: oneLine.max(72).optional(),
              }),
            )
            .min(1)
            .max(10)
            .refine(different, 'ids must differ'),
        }),
      )
      .length(1),
  }),
});

const locationRequest = z.strictObject({
  type: z.literal('location_request_message'),
  body: bodyOf(1024),
  action: z.strictObject({ name: z.literal('send_location') }),
});

const base = { messaging_product: z.literal('whatsapp'), recipient_type: z.literal('individual') };
const bsuid = z.string().regex(/^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/);
const addresses = [{ to: z.string().regex(/^\d{6,15}$/) }, { recipient: bsuid }] as const;

const template = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.strictObject({ code: z.string().min(2) }),
  components: z
    .array(
      z.union([
        z.strictObject({
          type: z.literal('body'),
          parameters: z.array(z.strictObject({ type: z.literal('text'), text: oneLine })).min(1),
        }),
        z.strictObject({
          type: z.literal('button'),
          sub_type: z.literal('quick_reply'),
          index: z.string().regex(/^\d$/),
          parameters: z.array(z.strictObject({ type: z.literal('payload'), payload: z.string().min(1) })).length(1),
        }),
      ]),
    )
    .min(1)
    .optional(),
});

const contents = [
  {
    type: z.literal('text'),
    text: z.strictObject({ body: z.string().trim().min(1).max(4096), preview_url: z.boolean() }),
  },
  { type: z.literal('interactive'), interactive: z.union([replyButtons, list, locationRequest]) },
  {
    type: z.literal('location'),
    location: z.strictObject({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: z.string().min(1),
      address: z.string().min(1).optional(),
    }),
  },
  { type: z.literal('template'), template },
] as const;

export const outgoing = z.union(
  addresses.flatMap((address) => contents.map((content) => z.strictObject({ ...base, ...address, ...content }))),
);

export const readMark = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: z.string().min(1),
  typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
});
