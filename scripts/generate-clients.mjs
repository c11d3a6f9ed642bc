// Generates both Prisma clients from the one hand-written schema, prisma/schema.prisma.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const generated = join(root, 'src/store/generated');

// All that differs between the databases, as the text in the hand-written schema and what takes its place.
const FOR_POSTGRES = [
  ['provider = "sqlite"', 'provider = "postgresql"'],
  ['"../src/store/generated/sqlite"', '"./postgres"'],
];

const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8');
const postgres = FOR_POSTGRES.reduce((text, [from, to]) => {
  if (text.split(from).length !== 2) throw new Error(`prisma/schema.prisma must hold exactly once: ${from}`);
  return text.replace(from, to);
}, schema);

rmSync(generated, { recursive: true, force: true });
mkdirSync(generated, { recursive: true });
writeFileSync(join(generated, 'postgres.prisma'), postgres);
for (const file of [join(root, 'prisma/schema.prisma'), join(generated, 'postgres.prisma')]) {
  execFileSync(process.execPath, [join(root, 'node_modules/prisma/build/index.js'), 'generate', '--schema', file], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      // `generate` never runs the schema engine, but would download it first, from a host that many networks do not
      // reach. Any existing file stops that; for `migrate` this variable must not be set.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
}
