import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Intent } from '../../src/domain/intent.js';
import { SCENES } from '../../src/engines/dialogue/registry.js';
import { loadSeedSnapshot } from '../../src/services/seed.js';
import { buildWorld } from '../../src/world.js';
import { playTranscript } from './transcript.js';

const folder = 'test/transcripts';
const world = buildWorld(loadSeedSnapshot());
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

/** `npm run test:record` writes what the bot says now; the diff is what is reviewed. Emergency transcripts are never re-recorded. */
const record = process.env.RECORD === '1';

describe('conversations', () => {
  it('exist for every scene', () => {
    const shown = new Set(
      files.flatMap((name) => [...playTranscript(readFileSync(join(folder, name), 'utf8'), world).intents]),
    );
    expect(Object.keys(SCENES).filter((scene) => !shown.has(scene as Intent))).toEqual([]);
  });

  it.each(files)('%s', (name) => {
    const path = join(folder, name);
    const before = readFileSync(path, 'utf8');
    const { text: after } = playTranscript(before, world);
    if (record && !name.startsWith('emergency')) writeFileSync(path, after);
    else expect(after).toBe(before);
  });
});
