import type { Facility, FacilityKind, Holiday, ServiceKind } from '../../domain/facility.js';
import type { Intent } from '../../domain/intent.js';
import type { Area } from '../../domain/place.js';
import type { Instant, Zone } from '../../domain/time.js';
import type { Gazetteer } from './place/gazetteer.js';

/** What a message names or asks, as far as words alone tell; no intent is carried over from earlier messages. */
export interface Understanding {
  /** In the order of INTENTS; never holds emergency, choice or location, which others decide. May be empty. */
  readonly intents: readonly Intent[];
  /** Where the person wants care or information; null when no place was named. */
  readonly place: PlaceAsked | null;
  /** Every place that the message names, in its order: "KTP Bontang, berobat di Balikpapan" holds two. */
  readonly mentions: readonly PlaceMention[];
  /** As asked, in the order of the message; empty when none was named. */
  readonly services: readonly ServiceKind[];
  /** The kinds of facility asked for by word, in the order of the message: "rumah sakit" is ["hospital"]; empty when none. */
  readonly kinds: readonly FacilityKind[];
  /** null when no time was named. */
  readonly time: TimeAsked | null;
  /** "yang 24 jam": only round-the-clock facilities. */
  readonly wants24h: boolean;
  /** "yang buka": only what is open. */
  readonly wantsOpenOnly: boolean;
  readonly asks: Asks;
  /** "nomor 2", "yang kedua", "2"; counted from 1. */
  readonly ordinal: number | null;
  readonly followUp: FollowUp | null;
  /** Only when the whole message says no more than that. */
  readonly yesNo: 'yes' | 'no' | 'unknown' | null;
  /** What is said about getting announcements; a doubtful word is asked about, never acted upon or passed over. */
  readonly consent: 'yes' | 'doubtful_yes' | 'stop' | 'doubtful_stop' | null;
  /** "hapus data saya": what is kept of the person is to be deleted. */
  readonly erases: boolean;
  /** Asks for advice or for a matter of others and for nothing else: its place or hour asks for no puskesmas. */
  readonly beyond: boolean;
}

/** What is asked about a facility. */
export interface Asks {
  readonly phone: boolean;
  readonly address: boolean;
  readonly map: boolean;
  readonly hours: boolean;
  readonly services: boolean;
  readonly doctors: boolean;
  /** The schedule of posyandu, vaccination days and the like. */
  readonly event: boolean;
  /** How it is on public holidays in general, no day named: "tanggal merah buka?" */
  readonly holidays: boolean;
}

/** `more`: "lainnya", "ada lagi?" · `other_place`: "ganti tempat" · `back`: "kembali" · `cancel`: "batal" · `repeat`: "ulangi" · `near_me`: "dekat sini", "terdekat" without a named place. */
export type FollowUp = 'more' | 'other_place' | 'back' | 'cancel' | 'repeat' | 'near_me';

export type PlaceAsked =
  | { readonly kind: 'area'; readonly area: Area }
  | { readonly kind: 'facility'; readonly facility: Facility }
  /** Several of one name, none of them settled: to be asked back. At least two options. */
  | { readonly kind: 'ambiguous'; readonly name: string; readonly options: readonly PlaceOption[] }
  /** A place of Indonesia that this server does not serve. */
  | { readonly kind: 'outside'; readonly name: string };

/** One of several of the same name; `within` is the kecamatan or kabupaten by which they are told apart. */
export type PlaceOption =
  | { readonly kind: 'area'; readonly area: Area; readonly within: string }
  | { readonly kind: 'facility'; readonly facility: Facility; readonly within: string };

export interface PlaceMention {
  readonly place: PlaceAsked;
  /** `origin`: where someone comes from or whose KTP it is ("dari Tenggarong", "KTP Kukar"). */
  readonly role: 'there' | 'origin';
}

export type TimeAsked =
  | { readonly kind: 'moment'; readonly at: Instant; readonly precision: 'now' | 'minute' | 'part' | 'day' }
  /** A feast whose date no decree in the store tells yet; `name` as people call it ("Lebaran"). */
  | { readonly kind: 'unknown_feast'; readonly name: string };

/** What the words are read against. */
export interface UnderstandingWorld {
  readonly gazetteer: Gazetteer;
  readonly now: Instant;
  readonly zone: Zone;
  /** Kemendagri code of the kabupaten/kota that the person chose earlier; settles names that several have. */
  readonly homeRegion: string | null;
  readonly holidays: readonly Holiday[];
  /** True when the dialogue has just asked "di mana?": then a bare name needs no cue. */
  readonly awaitingPlace?: boolean;
}
