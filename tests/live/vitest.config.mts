import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

export default defineConfig({
  root,
  resolve: { alias: { '@shared': `${root}shared` } },
  test: {
    include: ['tests/live/**/*.test.ts'],
    globalSetup: [`${root}tests/live/demo-site.ts`],
    setupFiles: ['tests/support/zod-jitless.ts', 'tests/live/clean-up.ts'],
    // One connection and one list of what was made for all cases: somebody's server is asked by one person at a time.
    fileParallelism: false,
    isolate: false,
    // A real server saves in seconds, and what is not found after a lost answer is sent again only after minutes.
    testTimeout: 400_000,
    hookTimeout: 240_000,
  },
});
