/** A reply in a visitor's mailbox. */
export interface Letter {
  readonly id: number;
  readonly payload: string;
}

type Listener = (letter: Letter) => void;

interface Box {
  letters: Letter[];
  listeners: Set<Listener>;
  lastUse: number;
}

const MOST_LETTERS = 50;
const MOST_BOXES = 10_000;

/** Letters waiting in memory for open pages; a page that reconnects gets what it missed. Bounded: the oldest boxes go first. */
export class Mailbox {
  readonly #boxes = new Map<string, Box>();
  #next = 1;
  #uses = 0;

  /** Puts a reply in and hands it to the pages that are open. Returns the letter's id. */
  put(contact: string, payload: string): number {
    const box = this.#open(contact);
    const letter = { id: this.#next++, payload };
    box.letters.push(letter);
    if (box.letters.length > MOST_LETTERS) box.letters.shift();
    for (const listener of box.listeners) listener(letter);
    return letter.id;
  }

  /** Hands over every letter after the given one, now and from now on; the function returned ends it. */
  listen(contact: string, after: number | null, listener: Listener): () => void {
    const box = this.#open(contact);
    for (const letter of box.letters) if (after !== null && letter.id > after) listener(letter);
    box.listeners.add(listener);
    return () => box.listeners.delete(listener);
  }

  #open(contact: string): Box {
    let box = this.#boxes.get(contact);
    if (!box) {
      if (this.#boxes.size >= MOST_BOXES) this.#dropOldest();
      box = { letters: [], listeners: new Set(), lastUse: 0 };
      this.#boxes.set(contact, box);
    }
    box.lastUse = ++this.#uses;
    return box;
  }

  #dropOldest(): void {
    const idle = [...this.#boxes].filter(([, box]) => box.listeners.size === 0);
    idle.sort(([, a], [, b]) => a.lastUse - b.lastUse);
    for (const [contact] of idle.slice(0, MOST_BOXES / 10)) this.#boxes.delete(contact);
  }
}
