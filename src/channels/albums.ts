const KEPT = 1000;

/**
 * The pictures of one album come as messages of their own, and are answered once: the first takes the album's id, and
 * the others are repeats of it. Words below a later picture are a question all the same, and keep their own id.
 */
export interface AlbumMemory {
  /** The id of a part: `album` is that of the whole, `own` that of the message. The same message always gets the same. */
  idOf(album: string, own: string, hasWords: boolean): string;
}

/** Holds a thousand albums; beyond that the oldest are forgotten. */
export function createAlbumMemory(): AlbumMemory {
  const firstOf = new Map<string, string>();
  return {
    idOf(album, own, hasWords) {
      const first = firstOf.get(album);
      if (first !== undefined) return hasWords && first !== own ? own : album;
      firstOf.set(album, own);
      const oldest = firstOf.keys().next();
      if (firstOf.size > KEPT && !oldest.done) firstOf.delete(oldest.value);
      return album;
    },
  };
}
