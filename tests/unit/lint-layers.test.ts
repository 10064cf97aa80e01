import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';

let eslint: ESLint;
beforeAll(() => {
  eslint = new ESLint({
    // Without types, which none of these rules needs and which take a program of all files.
    overrideConfig: [
      {
        ...tseslint.configs.disableTypeChecked,
        languageOptions: { parserOptions: { project: false, parser: tseslint.parser } },
      },
      { rules: { 'fieldbook/only-dexie-in-transaction': 'off' } },
    ],
  });
});

/** What the linter has against one line of code in a file, in its own words. */
async function against(filePath: string, line: string): Promise<string> {
  const text = filePath.endsWith('.vue') ? `<script setup lang="ts">\n${line}\n</script>\n` : `${line}\n`;
  const [result] = await eslint.lintText(text, { filePath });
  const rules = /^(boundaries\/|@typescript-eslint\/no-restricted-|no-restricted-)|^null$/;
  return result!.messages.flatMap(({ ruleId, message }) => (rules.test(String(ruleId)) ? [message] : [])).join('\n');
}

type Refused = [file: string, line: string, words: string];

/** One case a name: what importing it in a file is answered with. */
const importing = (file: string, names: string[], words: string): Refused[] => names.map((name) => [file, `import '${name}';`, words]);

const packages = ['electron', 'dexie', 'vue', 'vue-router', 'pinia', 'element-plus', 'ky', '@vueuse/core'];
const nodes = ['node:fs', 'fs', 'path', 'fs/promises'];
const onlyHosts = 'Only electron/host, main.ts and preload.ts';

const refused: Refused[] = [
  ...importing('shared/erp/x.ts', [...nodes, ...packages], 'shared is pure TypeScript'),
  ...importing('shared/erp/x.ts', ['../../renderer/cache/record', '../../electron/log'], 'shared imports nothing of the others'),
  ['shared/form/x.ts', 'export const now = Date.now();', 'The time is passed in'],
  ['shared/form/x.ts', 'export const now = new Date();', 'The time is passed in'],
  ['shared/sync/x.ts', "import dayjs from 'dayjs';\nexport const now = dayjs();", 'The time is passed in'],
  ['shared/sync/x.ts', 'export const dice = Math.random();', 'Randomness is passed in'],
  ['shared/sync/x.ts', 'export const id = crypto.randomUUID();', "Unexpected use of 'crypto'"],
  ['shared/sync/x.ts', 'setTimeout(() => undefined, 1);', "Unexpected use of 'setTimeout'"],
  ...importing('renderer/cache/x.ts', nodes, 'are for electron/**'),
  ...importing('renderer/views/x.vue', nodes, 'are for electron/**'),
  ...importing('renderer/cache/x.ts', ['../../electron/log'], 'renderer imports shared, never electron'),
  ...importing('renderer/cache/x.ts', ['electron'], onlyHosts),
  ...importing('electron/erp/x.ts', ['../../renderer/cache/record'], 'electron imports shared, never renderer'),
  ...['erp/x', 'services', 'headless', 'node-host/x'].flatMap((file) => importing(`electron/${file}.ts`, ['electron'], onlyHosts)),
  ['electron/host/x.ts', "import { ipcMain } from 'electron';", 'IPC is for the bridge alone'],
  ...['views', 'fields', 'components'].flatMap((folder) =>
    importing(`renderer/${folder}/x.vue`, ['../bridge/client', '../sync/start-worker'], 'Screens reach data through stores and cache'),
  ),
];

describe('the linter refuses', () => {
  it.each(refused)('in %s: %s', async (file, line, words) => {
    expect(await against(file, line)).toContain(words);
  });
});

describe('the linter lets pass', () => {
  it.each([
    ['shared/erp/x.ts', "import { z } from 'zod';"],
    ['shared/form/x.ts', "import Big from 'big.js';\nimport '@shared/errors';\nimport './layout';"],
    ['shared/form/x.ts', 'export const at = (ms: number) => new Date(ms);'],
    ['renderer/views/list/x.vue', "import '@shared/errors';\nimport '../../stores/session';\nimport '../../cache/record';"],
    ['renderer/stores/x.ts', "import '../bridge/client';\nimport '../sync/start-worker';"],
    ['electron/erp/x.ts', "import 'node:fs';\nimport '@shared/errors';"],
    ['electron/main.ts', "import { app } from 'electron';"],
    ['electron/host/x.ts', "import { app } from 'electron';"],
    ['electron/host/ipc.ts', "import { ipcMain } from 'electron';"],
  ])('in %s: %s', async (file, line) => {
    expect(await against(file, line)).toBe('');
  });
});
