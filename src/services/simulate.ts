import { z } from 'zod';
import { type ContactFacts, NEW_CONTACT } from '../domain/contact.js';
import type { InboundMessage } from '../domain/message.js';
import type { Session } from '../domain/session.js';
import { type Instant, isDay, isoWithOffset, type Zone } from '../domain/time.js';
import type { Trace } from '../domain/trace.js';
import type { World } from '../engines/dialogue/index.js';
import { converse } from './converse.js';
import { firstLook } from './first-look.js';

const ISO_WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** JavaScript rolls 30 February over to March; a day that does not exist is a fault. */
function exists(text: string): boolean {
  return !Number.isNaN(Date.parse(text)) && isDay(text.slice(0, 10));
}

const lineSchema = z
  .object({
    contact: z.string().min(1).max(1000),
    text: z.string().optional(),
    location: z.object({ lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180) }).optional(),
    choice: z.union([z.string().min(1).max(200), z.number().int().transform(String)]).optional(),
    at: z
      .string()
      .regex(ISO_WITH_OFFSET, 'needs date, time and offset, such as 2026-11-23T21:40:00+08:00')
      .refine(exists, 'is no date that exists')
      .optional(),
    channel: z.enum(['telegram', 'whatsapp', 'console']).optional(),
    language: z.enum(['id', 'en']).optional(),
  })
  .refine(
    (line) => [line.text, line.location, line.choice].filter((part) => part !== undefined).length === 1,
    'needs exactly one of text, location, choice',
  );

const ZONE_OF_OFFSET: Readonly<Record<string, Zone>> = {
  '+07:00': 'Asia/Jakarta',
  '+08:00': 'Asia/Makassar',
  '+09:00': 'Asia/Jayapura',
};

/** Answers the lines of the `simulate` command: every contact's talk is kept in memory, nothing is stored. */
export interface Simulator {
  /** One input line to one output line (both without line end). Never throws. */
  answer(text: string, line: number): string;
}

/** `now` is the real clock, for lines without `at`. */
export function createSimulator(world: World, now: () => Instant): Simulator {
  const talks = new Map<string, { contact: ContactFacts; session: Session }>();
  return {
    answer: (text, line) => {
      const started = performance.now();
      const parsed = parseLine(text);
      if ('error' in parsed) return JSON.stringify({ line, error: parsed.error });
      const input = parsed.input;
      const at = input.at === undefined ? now() : Date.parse(input.at);
      const hint = ZONE_OF_OFFSET[input.at?.slice(-6) ?? ''] ?? null;
      const before = talks.get(input.contact);
      const message: InboundMessage = {
        id: `simulate:${line}`,
        channel: input.channel ?? 'console',
        contact: input.contact,
        at,
        body: bodyOf(input),
        language: input.language ?? null,
      };
      const contact = { ...(before?.contact ?? NEW_CONTACT) };
      const standing = {
        contact: { ...contact, language: input.language ?? contact.language },
        session: before?.session ?? null,
      };
      const result = converse(message, firstLook(message), standing, world, at, hint);
      talks.set(input.contact, { contact: result.contact, session: result.session });
      const ms = Math.round((performance.now() - started) * 1000) / 1000;
      return JSON.stringify({
        line,
        contact: input.contact,
        replies: result.replies.map((reply) =>
          reply.type === 'place'
            ? reply
            : { type: 'text', text: reply.text, choices: reply.choices.map(({ id, label }) => ({ id, label })) },
        ),
        trace: { ...traceJson(result.trace, at, input.at, hint, world), ms },
      });
    },
  };
}

type Line = z.output<typeof lineSchema>;

function parseLine(text: string): { input: Line } | { error: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { error: 'not JSON' };
  }
  const parsed = lineSchema.safeParse(json);
  if (parsed.success) return { input: parsed.data };
  return {
    error: parsed.error.issues
      .map((issue) => (issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message))
      .join('; '),
  };
}

function bodyOf(line: Line): InboundMessage['body'] {
  if (line.text !== undefined) return { type: 'text', text: line.text };
  if (line.location !== undefined) return { type: 'location', point: line.location };
  return { type: 'choice', value: line.choice ?? '' };
}

/** Times are written in the facility's zone, or that of the line's own `at` while no facility is in play. */
function traceJson(trace: Trace, at: Instant, given: string | undefined, hint: Zone | null, world: World) {
  const zoneOf = (facility: string): Zone => {
    const region = world.directory.facility(facility)?.regionCode;
    return (region === undefined ? null : world.directory.region(region)?.zone) ?? hint ?? 'Asia/Makassar';
  };
  const [first] = trace.facilities;
  const code = trace.place?.code?.split('.').slice(0, 2).join('.');
  const placeZone = code === undefined ? null : (world.directory.region(code)?.zone ?? null);
  const zone = placeZone ?? (first ? zoneOf(first.id) : (hint ?? 'Asia/Makassar'));
  const [intent] = trace.intents;
  return {
    intent: intent ?? 'out_of_scope',
    intents: trace.intents,
    emergency: trace.emergency === null ? null : { kind: trace.emergency.kind, level: trace.emergency.level },
    place: trace.place,
    service: trace.service,
    time:
      trace.time === null ? null : trace.time === at && given !== undefined ? given : isoWithOffset(trace.time, zone),
    facilities: trace.facilities.map((entry) => ({
      ...entry,
      until: entry.until === null ? null : isoWithOffset(entry.until, zoneOf(entry.id)),
    })),
    eligibility: trace.eligibility,
  };
}
