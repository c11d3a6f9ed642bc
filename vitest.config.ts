import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/fakes/postgres-host.ts'],
    // Two cores: more workers only wait for each other, and real servers time out.
    maxWorkers: 2,
    // Files keep no state in their modules; loading these anew for each of a hundred files took a third of the time.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    dangerouslyIgnoreUnhandledErrors: false,
  },
});
