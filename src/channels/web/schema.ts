import { z } from 'zod';

/** What the web chat may post: one of text, choice, location, under an id of the page's own so that a repeat is known. */
export const chatMessage = z.strictObject({
  id: z.uuid(),
  text: z.string().min(1).max(4_000).optional(),
  choice: z.string().min(1).max(200).optional(),
  location: z.strictObject({ lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180) }).optional(),
});
export type ChatMessage = z.output<typeof chatMessage>;
