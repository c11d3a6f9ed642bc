/** Secrets of channels, encrypted before they come here. Keys are paths such as "whatsapp/session/…". */
export interface CredentialStore {
  get(keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Writes all or nothing; null removes. */
  put(changes: ReadonlyMap<string, Uint8Array | null>, at: number): Promise<void>;
  /** Keys that begin with the prefix, in order. */
  keys(prefix: string): Promise<readonly string[]>;
  /** Removes everything under the prefix. */
  clear(prefix: string): Promise<void>;
}
