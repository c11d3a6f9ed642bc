// Learns the second opinion on emergencies anew and writes src/engines/emergency/learned/weights.json; the same messages
// always give the same bytes. Reads the building half of the labelled sets, never the held-out half.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lessonsFrom } from '../dist/src/engines/emergency/learned/lessons.js';
import { train } from '../dist/src/engines/emergency/learned/train.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['test/labelled/dev', 'test/engines/emergency/training', 'src/engines/emergency/learned/messages'];
const target = join(root, 'src/engines/emergency/learned/weights.json');

const files = folders.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .map((name) => join(root, folder, name)),
);
const lessons = files.flatMap((file) => lessonsFrom(readFileSync(file, 'utf8')));
const text = `${JSON.stringify(train(lessons))}\n`;
writeFileSync(target, text);
process.stdout.write(`${lessons.length} messages learnt; ${Math.round(text.length / 1024)} kB of weights written\n`);
