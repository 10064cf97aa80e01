import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@shared': fileURLToPath(new URL('./shared', import.meta.url)) } },
  test: {
    include: ['tests/{unit,contract,simulation}/**/*.test.ts'],
    setupFiles: ['tests/support/zod-jitless.ts'],
    testTimeout: 30_000,
    // One fewer than the cores unless said: of two, one would have nothing to do.
    maxWorkers: '100%',
  },
});
