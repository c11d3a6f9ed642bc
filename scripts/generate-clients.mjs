// Generates both Prisma clients from the one hand-written schema, prisma/schema.prisma.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

// All that differs between the databases: the text in the hand-written schema, and what takes its place.
const OUTPUT = '"../src/store/generated/sqlite"';
const DIFFERENCES = {
  sqlite: [[OUTPUT, '"./sqlite"']],
  postgres: [
    [OUTPUT, '"./postgres"'],
    ['provider = "sqlite"', 'provider = "postgresql"'],
  ],
};

const handWritten = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8');
const target = join(root, 'src/store/generated');
// Made aside and put in place whole, so that two builds at once do not meet half a client.
const aside = `${target}.${process.pid}`;
mkdirSync(aside, { recursive: true });
try {
  for (const [database, differences] of Object.entries(DIFFERENCES)) {
    const schema = differences.reduce((text, [from, to]) => {
      if (text.split(from).length !== 2) throw new Error(`prisma/schema.prisma must hold exactly once: ${from}`);
      return text.replace(from, to);
    }, handWritten);
    const file = join(aside, `${database}.prisma`);
    writeFileSync(file, schema);
    generate(file);
    readCompilerPastTheModules(join(aside, database, 'internal/class.ts'));
  }
  rmSync(target, { recursive: true, force: true });
  renameSync(aside, target);
} catch (error) {
  // Another build was quicker: what it put there comes from the same schema.
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
} finally {
  rmSync(aside, { recursive: true, force: true });
}

function generate(schema) {
  execFileSync(process.execPath, [join(root, 'node_modules/prisma/build/index.js'), 'generate', '--schema', schema], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
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

/**
 * The client imports its query compiler, 4 MB of base64, as a module; Node then keeps the text and the constant for good,
 * in every process. Read as a file it is gone as soon as it is compiled. Throws when the generator writes something else.
 */
function readCompilerPastTheModules(file) {
  const imported = /const \{ wasm \} = await import\(("@prisma\/client\/runtime\/[\w.]+\.wasm-base64\.mjs")\)/;
  const text = readFileSync(file, 'utf8');
  if (!imported.test(text)) throw new Error(`${file} loads its query compiler in another way than it used to`);
  const read = (_whole, name) => `const { readFile } = await import('node:fs/promises')
    const { createRequire } = await import('node:module')
    const module = await readFile(createRequire(import.meta.url).resolve(${name}), 'utf8')
    const wasm = module.slice(module.indexOf('"') + 1, module.lastIndexOf('"'))`;
  writeFileSync(file, text.replace(imported, read));
}
