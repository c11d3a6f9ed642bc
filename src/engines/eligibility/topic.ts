import { compileCues, hasCue, type WordForms } from './cues.js';
import { TOPICS, type Topic } from './facts.js';
import lexicon from './lexicon/topics.json' with { type: 'json' };

const TABLE = lexicon.topics.map(({ topic, cues }) => ({
  topic: topicNamed(topic),
  cues: compileCues(cues, 'sentence'),
}));

function topicNamed(name: string): Topic {
  const topic = TOPICS.find((known) => known === name);
  if (topic === undefined) throw new RangeError(`topics.json names an unknown topic: ${name}`);
  return topic;
}

/** What the question is about: the first topic of the table that the message speaks of, or null for none in particular. */
export function topicOf(words: readonly WordForms[]): Topic | null {
  return TABLE.find(({ cues }) => hasCue(cues, words))?.topic ?? null;
}
