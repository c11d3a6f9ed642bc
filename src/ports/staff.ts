import type { Role, StaffMember, StaffSession } from '../domain/staff.js';
import type { Instant } from '../domain/time.js';

/** The request behind a call: its Cookie header, the caller's address as the server trusts it, and its browser. */
export interface Caller {
  readonly cookie: string;
  readonly address: string;
  readonly agent: string;
}

/** What came of a step of signing in, and the Set-Cookie headers that go with it. */
export interface Step<T> {
  readonly result: T;
  readonly cookies: readonly string[];
}

/** What an authenticator app is set up with; shown once. */
export interface SecondFactorSetup {
  /** `otpauth://…`, which an authenticator app opens. */
  readonly uri: string;
  /** The same secret, to be typed. */
  readonly secret: string;
  readonly backupCodes: readonly string[];
}

export interface NewStaffMember {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly role: Role;
  readonly regions: readonly string[];
}

/** Who is asking, by a valid session. */
export interface Visit {
  readonly member: StaffMember;
  /** Names the session without being its secret. */
  readonly sessionId: string;
}

/** What has to be known to recognise people: the key under which cookies are signed, and where the pages are. */
export interface StaffSettings {
  readonly secret: string;
  /** The public address; `https` makes every cookie a secure one. null: the office's own network. */
  readonly publicUrl: string | null;
}

/** Accounts and sessions of staff. A library keeps passwords, sessions and second factors; this is all that we ask of it. */
export interface StaffAccounts {
  /** Throws INPUT_INVALID when the address is taken or the password shorter than twelve characters. */
  add(member: NewStaffMember): Promise<StaffMember>;
  /** Everybody, by address. */
  list(): Promise<readonly StaffMember[]>;
  /** Changes what somebody may do; an account that is no longer active loses its sessions at once. Throws NOT_FOUND. */
  change(id: string, to: Pick<StaffMember, 'role' | 'regions' | 'active'>): Promise<StaffMember>;
  /** Gives somebody a new password and ends their sessions; with `dropSecondFactor` also the second factor. */
  resetPassword(id: string, password: string, dropSecondFactor: boolean): Promise<void>;
  /** Ends every session of somebody. */
  endSessions(id: string): Promise<void>;

  visit(caller: Caller): Promise<Visit | null>;
  signIn(email: string, password: string, caller: Caller): Promise<Step<'in' | 'code_needed' | 'refused' | 'too_many'>>;
  /** The second step: a code of the authenticator app, or one of the codes for emergencies. */
  enterCode(code: string, caller: Caller): Promise<Step<'in' | 'refused' | 'too_many'>>;
  signOut(caller: Caller): Promise<Step<null>>;
  /** Where the caller is signed in, the latest first. */
  sessions(caller: Caller): Promise<readonly StaffSession[]>;
  /** Ends one of the caller's own sessions. */
  endSession(caller: Caller, id: string): Promise<void>;
  /** Changes the caller's password and ends their other sessions. */
  changePassword(caller: Caller, current: string, next: string): Promise<Step<'done' | 'refused' | 'too_many'>>;
  /** Begins the second factor; null when the password is wrong. It counts once a first code was entered. */
  beginSecondFactor(caller: Caller, password: string): Promise<SecondFactorSetup | null>;
  confirmSecondFactor(caller: Caller, code: string): Promise<Step<boolean>>;
  dropSecondFactor(caller: Caller, password: string): Promise<Step<boolean>>;
  /** True when the key of the settings opens every second factor that is on record. */
  opensSecondFactors(): Promise<boolean>;
  /** Seals with the key of the settings what the previous one had sealed; resolves to how many members it changed. */
  resealSecondFactors(previous: string): Promise<number>;
}

/** The shortest password that is taken. */
export const SHORTEST_PASSWORD = 12;
/** How long a session lasts; it is not prolonged. */
export const SESSION_MS: Instant = 12 * 3_600_000;
