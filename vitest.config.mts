import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** Mocks, spies and globals are seen by every test of a process: such a file has one to itself, the others share theirs. */
const seenByAll = /\bvi\.(mock|doMock|spyOn|stub\w+|useFakeTimers)\(|fake-indexeddb\/auto|\bglobalThis\b|\.\/simulate'/;
const alone = ['unit', 'contract', 'simulation']
  .flatMap((kind) =>
    readdirSync(`${import.meta.dirname}/tests/${kind}`, { encoding: 'utf8', recursive: true }).map((file) => `tests/${kind}/${file}`),
  )
  .filter((file) => file.endsWith('.test.ts') && seenByAll.test(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')));

/** Set by `npm run defects`: a damaged module, for a test that has to fail with it. */
const defect = JSON.parse(process.env['FIELDBOOK_DEFECT'] ?? 'null');
const withDefect = {
  name: 'defect',
  enforce: 'pre' as const,
  transform: (source: string, id: string) =>
    id === `${import.meta.dirname}/${defect?.module}` ? source.replace(defect.text, () => defect.becomes) : undefined,
};

export default defineConfig({
  plugins: [vue(), withDefect],
  resolve: { alias: { '@shared': fileURLToPath(new URL('./shared', import.meta.url)) } },
  test: {
    setupFiles: ['tests/support/zod-jitless.ts'],
    testTimeout: 30_000,
    // One fewer than the cores unless said: of two, one would have nothing to do.
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'alone', include: alone } },
      {
        extends: true,
        test: { name: 'together', include: ['tests/{unit,contract,simulation}/**/*.test.ts'], exclude: alone, isolate: false },
      },
    ],
  },
});
