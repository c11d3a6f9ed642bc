import type { ContactFacts } from '../../domain/contact.js';
import type { ConversationStep, OpenConversation, Staffing } from '../../domain/conversation.js';
import type { Emergency } from '../../domain/emergency.js';
import type { TurnEvent } from '../../domain/event.js';
import type { Intent } from '../../domain/intent.js';
import type { KeptAbout } from '../../domain/kept-about.js';
import type { MessageBody } from '../../domain/message.js';
import type { Area, Point, Region } from '../../domain/place.js';
import type { ReplyDraft } from '../../domain/reply.js';
import type { HoursAnswer, ToldReport } from '../../domain/report.js';
import type { Session } from '../../domain/session.js';
import type { Instant, Zone } from '../../domain/time.js';
import type { EligibilityTrace, FacilityTrace, Trace } from '../../domain/trace.js';
import type { Directory } from '../../ports/directory.js';
import type { Rule } from '../eligibility/index.js';
import type { NormalText } from '../language/index.js';
import type { Gazetteer, Understanding } from '../understanding/index.js';

/** What the server knows, as one consistent picture for a turn. */
export interface World {
  readonly directory: Directory;
  readonly gazetteer: Gazetteer;
  readonly rules: readonly Rule[];
  /** The open-now engine on a bare hours text; null when it cannot tell. */
  readonly isOpen: (hours: string, zone: Zone, at: Instant) => boolean | null;
  /** Whether somebody of the region's health office answers people; null (and left out) where none does. */
  readonly handover?: (regionCode: string, at: Instant) => Staffing | null;
}

/** One message with all that deciding needs; nothing else is read. */
export interface Turn {
  /** Identifiers are already masked in the text. */
  readonly body: MessageBody;
  readonly masked: boolean;
  /** The text brought to its normal form; null for anything but text. */
  readonly normal: NormalText | null;
  /** What the message itself shows, found before anything else. */
  readonly emergency: Emergency | null;
  readonly now: Instant;
  /** The zone to assume while no place is known. */
  readonly zoneHint: Zone | null;
  readonly contact: ContactFacts;
  readonly session: Session;
  /** The person's open talk with the health office; left out: none. */
  readonly conversation?: OpenConversation;
  /** What else is kept of the person; given only when an earlier try of this turn wanted it. */
  readonly kept?: KeptAbout;
}

/** What a turn decided. Nothing has been written or sent yet. */
export interface TurnResult {
  readonly contact: ContactFacts;
  readonly session: Session;
  readonly replies: readonly ReplyDraft[];
  readonly events: readonly TurnEvent[];
  /** What becomes of the person's talk with the health office; left out: nothing. */
  readonly conversation?: ConversationStep;
  /** A wrong fact told, or something added to one told before. */
  readonly report: ToldReport | null;
  /** What a facility's own contact answered to the morning's question. */
  readonly hoursAnswer: HoursAnswer | null;
  /** True: nothing of the person may be kept any more; contact and session are blank. */
  readonly forget: boolean;
  /** True: the turn is to be decided again with `kept`, where that can be had. */
  readonly wantsKept: boolean;
  readonly trace: Trace;
}

/** What a scene is given beside the turn: the words understood and where the talk stands, earlier scenes of the turn applied. */
export interface SceneContext {
  readonly turn: Turn;
  readonly world: World;
  readonly words: Understanding;
  readonly contact: ContactFacts;
  readonly session: Session;
  readonly zone: Zone;
  /** True when no later scene of this turn will offer choices, so that this one may number its own. */
  readonly last: boolean;
}

/** What a scene adds to the turn; what is left out stays as it was. */
export interface SceneResult {
  readonly intent: Intent;
  readonly replies: readonly ReplyDraft[];
  readonly session?: Partial<Session>;
  readonly contact?: Partial<ContactFacts>;
  readonly events?: readonly TurnEvent[];
  readonly conversation?: ConversationStep;
  readonly facilities?: readonly FacilityTrace[];
  readonly eligibility?: EligibilityTrace;
  readonly report?: ToldReport;
  readonly hoursAnswer?: HoursAnswer;
  /** Set by the emergency scene: what the answer was about. */
  readonly emergency?: Emergency;
  readonly forget?: true;
  readonly wantsKept?: true;
}

/** A conversation of one kind. `answer` is asked when the scene's own question waits; null = this was no answer to it. */
export interface Scene {
  readonly open: (context: SceneContext) => SceneResult;
  readonly answer?: (context: SceneContext) => SceneResult | null;
}

/** Where a point or an area lies among the regions that this server serves. */
export interface Whereabouts {
  readonly region: Region | null;
  readonly area: Area | null;
  readonly point: Point | null;
}
