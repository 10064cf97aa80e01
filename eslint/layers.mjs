import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Which folder may import which: the rules of CONTRIBUTING.md, as lint errors. */

const file = (...categories) => ({ file: { categories: { anyOf: categories } } });
const forbid = (from, to, message) => ({ from, disallow: { to }, message });

export const layers = {
  files: ['{shared,electron,renderer,tests}/**/*.{ts,vue}'],
  settings: {
    'import/resolver': { [fileURLToPath(new URL('resolve-import.cjs', import.meta.url))]: {} },
    // A file belongs to every category whose pattern fits.
    'boundaries/files': [
      { category: 'shared', pattern: 'shared/**' },
      { category: 'electron', pattern: 'electron/**' },
      { category: 'renderer', pattern: 'renderer/**' },
      { category: 'screen', pattern: 'renderer/{views,fields,components}/**' },
      { category: 'bridge-client', pattern: 'renderer/bridge/**' },
      { category: 'engine', pattern: 'renderer/sync/**' },
      { category: 'tests', pattern: 'tests/**' },
    ],
  },
  rules: {
    'boundaries/dependencies': [
      'error',
      {
        default: 'allow',
        policies: [
          forbid(file('shared'), file('electron', 'renderer', 'tests'), 'shared imports nothing of the others.'),
          forbid(file('renderer'), file('electron', 'tests'), 'renderer imports shared, never electron.'),
          forbid(file('electron'), file('renderer', 'tests'), 'electron imports shared, never renderer.'),
          forbid(
            file('screen'),
            file('bridge-client', 'engine'),
            'Screens reach data through stores and cache, never the bridge or the engine.',
          ),
        ],
      },
    ],
  },
};

const restrict = (...paths) => ({ '@typescript-eslint/no-restricted-imports': ['error', ...paths] });
const electron = { name: 'electron', message: 'Only electron/host, main.ts and preload.ts import it.' };
const ipc = {
  name: 'electron',
  importNames: ['ipcMain', 'ipcRenderer'],
  message: 'IPC is for the bridge alone: host/ipc.ts and preload.ts.',
};
const nodes = { regex: `^(node:|(${builtinModules.join('|')})(/|$))`, message: 'Files, sockets and processes are for electron/**.' };
const foreign = {
  regex: '^(?!\\.|@shared/|(zod|big\\.js|dayjs|jsep)$)',
  message: 'shared is pure TypeScript, with zod, big.js, dayjs and jsep.',
};
const hosts = ['electron/host/**/*.ts', 'electron/main.ts', 'electron/preload.ts'];

/** Which packages a folder may import. */
export const imports = [
  { files: ['electron/**/*.ts'], ignores: hosts, rules: restrict({ paths: [electron, 'electron-store'] }) },
  { files: hosts, ignores: ['electron/host/ipc.ts', 'electron/preload.ts'], rules: restrict({ paths: [ipc] }) },
  { files: ['renderer/**/*.{ts,vue}'], rules: restrict({ paths: [electron, 'electron-store'], patterns: [nodes] }) },
  { files: ['shared/**/*.ts'], rules: restrict({ patterns: [foreign] }) },
];
