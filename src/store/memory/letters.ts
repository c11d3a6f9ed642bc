import { LETTER_LIFE } from '../../domain/retention.js';
import type { Letters } from '../../ports/letters.js';
import type { Tables } from './tables.js';

/** Letters over plain collections. */
export function memoryLetters(tables: Tables): Letters {
  let number = 0;
  return {
    put: async (contact, letter, now) => {
      if (tables.letters.has(letter.id)) return;
      number += 1;
      tables.letters.set(letter.id, { ...letter, contact, number, expiresAt: now + LETTER_LIFE });
    },
    after: async (readers, now) =>
      [...readers].flatMap(([contact, after]) =>
        [...tables.letters.values()]
          .filter((each) => each.contact === contact && each.number > after && each.expiresAt > now)
          .map(({ expiresAt: _, ...letter }) => letter),
      ),
    empty: async (now) => {
      for (const [id, { expiresAt }] of tables.letters) if (expiresAt <= now) tables.letters.delete(id);
    },
  };
}
