import { compileCues, hasCue, type WordForms } from './cues.js';
import { TOPICS, type Topic } from './facts.js';
import lexicon from './lexicon/topics.json' with { type: 'json' };
import { says } from './membership.js';

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
  return TABLE.find(({ topic, cues }) => hasCue(cues, words) && !isOwnClass(topic, words))?.topic ?? null;
}

/** "BPJS kelas 1 aktif, rawat inap kelas 1": the class that they pay for is no upgrade. */
function isOwnClass(topic: Topic, words: readonly WordForms[]): boolean {
  return topic === 'class_upgrade' && says('ownClass', words) && !says('upgradeWords', words);
}
