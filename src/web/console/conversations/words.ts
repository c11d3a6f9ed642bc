import {
  type Conversation,
  type ConversationStatus,
  isSilent,
  isUrgent,
  waitsSince,
} from '../../../domain/conversation.js';
import type { MessageBody } from '../../../domain/message.js';
import type { PhraseKey } from '../../../domain/phrase.js';
import { DAY, dayOf, HOUR, type Instant, MINUTE, type Zone } from '../../../domain/time.js';
import type { ConversationMessage } from '../../../ports/conversations.js';
import { replyWindow } from '../../../services/staff-conversations.js';
import type { Desk } from '../../../services/staff-desk.js';
import { momentText, say } from '../page.js';

/** A talk as a line of the list and as the head of its page. */
export interface TalkView {
  readonly id: string;
  readonly label: string;
  readonly region: string;
  readonly status: ConversationStatus;
  readonly urgent: boolean;
  /** How long the person waits, or in whose hands it is, or how it ended. */
  readonly standing: string;
}

/** The words for a talk; nothing in them leads to a person. */
export function talkView(desk: Desk, talk: Conversation): TalkView {
  const zone = zoneOf(desk, talk);
  return {
    id: talk.id,
    label: say('handover:console.label', {
      channel: say(`handover:console.channel.${talk.channel}`),
      time: clockText(talk.openedAt, desk.now(), zone),
    }),
    region: desk.world().directory.region(talk.regionCode)?.name ?? talk.regionCode,
    status: talk.status,
    urgent: isUrgent(talk),
    standing: standingOf(talk, desk.now()),
  };
}

/** The zone in which a talk's times are shown. */
export function zoneOf(desk: Desk, { regionCode }: Conversation): Zone {
  return desk.world().directory.region(regionCode)?.zone ?? 'Asia/Makassar';
}

function standingOf(talk: Conversation, now: Instant): string {
  if (talk.status === 'closed') {
    if (talk.closedBy === 'resident') return say('handover:console.closedByResident');
    if (talk.closedBy === 'time') return say('handover:console.closedByTime');
    return say('handover:console.closedBy', { who: talk.closedBy ?? '' });
  }
  const since = waitsSince(talk);
  const waited = since === null ? say('handover:console.answered') : waitedText(now - since);
  return talk.takenBy === null ? waited : `${say('handover:console.inHandsOf', { who: talk.takenBy })} · ${waited}`;
}

function waitedText(ms: number): string {
  if (ms < MINUTE) return say('handover:console.waited.now');
  if (ms < 2 * HOUR) return say('handover:console.waited.minutes', { n: Math.floor(ms / MINUTE) });
  if (ms < 2 * DAY) return say('handover:console.waited.hours', { n: Math.floor(ms / HOUR) });
  return say('handover:console.waited.days', { n: Math.floor(ms / DAY) });
}

/** "14.05", and on another day "Senin 23 Nov 14.05". */
function clockText(at: Instant, now: Instant, zone: Zone): string {
  const style = dayOf(at, zone) === dayOf(now, zone) ? 'clock' : 'dayClock';
  return say('console:moment', { at: { moment: at, zone, style } });
}

/** What the page says above a talk: who answers now, the window, an emergency. */
export interface TalkNotes {
  readonly bot: string | null;
  readonly window: { readonly open: boolean; readonly text: string } | null;
  readonly emergency: string | null;
  readonly unreachable: boolean;
}

export function talkNotes(desk: Desk, talk: Conversation): TalkNotes {
  const [now, zone] = [desk.now(), zoneOf(desk, talk)];
  const { open, endsAt } = replyWindow(talk, now);
  const opened = talk.status !== 'closed';
  return {
    bot: opened ? botNote(talk, now, zone) : null,
    window:
      endsAt === null || !opened
        ? null
        : {
            open,
            text: say(open ? 'handover:console.window.open' : 'handover:console.window.closed', {
              moment: momentText(endsAt, zone),
            }),
          },
    emergency:
      talk.emergencyAt === null
        ? null
        : say('handover:console.emergency', { moment: momentText(talk.emergencyAt, zone) }),
    unreachable: opened && talk.unreachableAt !== null,
  };
}

function botNote(talk: Conversation, now: Instant, zone: Zone): string {
  if (talk.silentUntil !== null && isSilent(talk, now)) {
    return say('handover:console.silent', { moment: momentText(talk.silentUntil, zone) });
  }
  return say(talk.takenBy === null ? 'handover:console.botAnswersUntaken' : 'handover:console.botAnswers');
}

/** One message as it is shown. */
export interface LineView {
  readonly who: string;
  readonly fromStaff: boolean;
  readonly at: string;
  readonly text: string;
  /** False: the text is ours and stands for something else. */
  readonly verbatim: boolean;
  readonly flagged: boolean;
  /** What became of a reply of staff. */
  readonly delivery: { readonly text: string; readonly bad: boolean } | null;
}

export function lineView(desk: Desk, talk: Conversation, me: string, message: ConversationMessage): LineView {
  const { who, body } = message;
  return {
    who: who === null ? say('handover:console.resident') : who === me ? say('handover:console.you') : who,
    fromStaff: who !== null,
    at: clockText(message.at, desk.now(), zoneOf(desk, talk)),
    text: body === null ? say('handover:console.emptied') : bodyText(desk, body),
    verbatim: body?.type === 'text',
    flagged: message.emergency,
    delivery: deliveryOf(message.delivery),
  };
}

function bodyText(desk: Desk, body: MessageBody): string {
  if (body.type === 'text') return body.text;
  if (body.type === 'unreadable') return say(`handover:console.unreadable.${body.kind}`);
  if (body.type === 'choice') return '';
  const { directory } = desk.world();
  const area = directory.areaAt(body.point)?.area;
  const within = area?.parentCode ? directory.area(area.parentCode)?.name : undefined;
  const at = { lat: body.point.lat.toFixed(5), lng: body.point.lng.toFixed(5) };
  if (!area) return say('handover:console.locationBare', at);
  return say('handover:console.location', { ...at, near: [area.name, within].filter(Boolean).join(', ') });
}

function deliveryOf(delivery: ConversationMessage['delivery']): LineView['delivery'] {
  if (delivery === null) return null;
  const { status, receipt, code } = delivery;
  if (status === 'failed')
    return { text: say('handover:console.delivery.failed', { reason: reasonOf(code) }), bad: true };
  if (status !== 'sent') {
    return { text: say(`handover:console.delivery.${status}`), bad: status === 'unsure' || status === 'expired' };
  }
  const key: PhraseKey =
    receipt === 'failed'
      ? 'handover:console.delivery.receiptFailed'
      : receipt === null
        ? 'handover:console.delivery.sent'
        : `handover:console.delivery.${receipt}`;
  return { text: say(key), bad: receipt === 'failed' };
}

function reasonOf(code: string | null): string {
  const known = (['CONTACT_UNREACHABLE', 'WINDOW_CLOSED', 'SEND_REFUSED'] as const).find((each) => each === code);
  return say(`handover:console.reason.${known ?? 'other'}`);
}
