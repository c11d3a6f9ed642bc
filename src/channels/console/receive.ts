import { randomUUID } from 'node:crypto';
import type { InboundMessage } from '../../domain/message.js';
import type { Instant } from '../../domain/time.js';
import { TYPED_PIN } from './schema.js';

/** A typed line as a message; "lokasi LAT, LNG" is a pin. */
export function receive(line: string, contact: string, at: Instant): InboundMessage {
  const [, lat, lng] = TYPED_PIN.exec(line.trim()) ?? [];
  const body: InboundMessage['body'] =
    lat !== undefined && lng !== undefined
      ? { type: 'location', point: { lat: Number(lat), lng: Number(lng) } }
      : { type: 'text', text: line };
  return { id: `console:${randomUUID()}`, channel: 'console', contact, at, body, language: null };
}
