import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.js';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/fakes/postgres-host.ts', 'test/fakes/browser-host.ts'],
    // Two cores, and many tests wait for a server or a page: a third worker uses what they leave.
    maxWorkers: 3,
    // Files keep no state in their modules; loading these anew for each of a hundred files took a third of the time.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // As the server runs: compiling the database client's WebAssembly twice takes longer than the faster code saves.
    execArgv: ['--liftoff-only', '--max-semi-space-size=32'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    dangerouslyIgnoreUnhandledErrors: false,
  },
});
