import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * `electron-vite build` makes the product in `out/`.
 * `electron-vite build --mode electron22` makes the same sources run on the Electron 22 that tests can have on a network
 * without Electron's downloads: older targets, and core-js in front of every entry. It is never shipped.
 */
export default defineConfig(({ mode }) => {
  const old = mode === 'electron22';
  const out = old ? 'out-electron22' : 'out';
  const nodeTarget = old ? 'node16' : 'node20';
  const chromeTarget = old ? 'chrome108' : 'chrome140';
  const alias = { '@shared': path('./shared') };
  const polyfills = old ? [coreJsFirst()] : [];
  const noted = (part: string) => noteModules(path(`./${out}/modules-${part}.txt`));

  return {
    main: {
      resolve: { alias },
      plugins: [...polyfills, noted('main')],
      build: {
        outDir: `${out}/main`,
        target: nodeTarget,
        // Everything is bundled, so that an installed app carries no node_modules and both builds have one shape.
        externalizeDeps: false,
        rolldownOptions: {
          input: {
            main: path('./electron/main.ts'),
            headless: path('./electron/headless.ts'),
            demo: path('./electron/demo/main.ts'),
            // The demo site as modules, which tests load into their own process to look behind it.
            'demo-site': path('./electron/demo/site.ts'),
            'demo-serve': path('./electron/demo/rest/serve.ts'),
          },
          // ws looks for these native add-ons and does without.
          external: ['electron', /^node:/, 'bufferutil', 'utf-8-validate'],
          output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    preload: {
      build: {
        outDir: `${out}/preload`,
        target: nodeTarget,
        externalizeDeps: false,
        rolldownOptions: {
          input: { preload: path('./electron/preload.ts') },
          // A sandboxed preload is one CommonJS file.
          output: { format: 'cjs', entryFileNames: '[name].js', codeSplitting: false },
        },
      },
    },
    renderer: {
      root: path('./renderer'),
      base: '/',
      resolve: { alias },
      plugins: [vue(), pdfParts(), ...polyfills, noted('window')],
      worker: { format: 'es', plugins: () => [...polyfills, noted('workers')] },
      build: {
        outDir: path(`./${out}/renderer`),
        target: chromeTarget,
        cssTarget: chromeTarget,
        // Inlined assets would be data: URLs, which the CSP allows for images only.
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: path('./renderer/index.html'),
          output: {
            // zod and what tells it that eval is forbidden are one chunk, which runs before any chunk that makes a schema.
            codeSplitting: {
              groups: [
                { name: 'core-js', test: /node_modules\/core-js\// },
                { name: 'zod', test: /node_modules\/zod\/|renderer\/zod-jitless/ },
              ],
            },
          },
        },
      },
    },
  };
});

/**
 * Puts core-js in front of each entry module: main, headless and demo, the window, its workers. Not its promises: Dexie
 * keeps a transaction open over native promises alone, and loses it over wrapped ones.
 */
const polyfilled = ['array', 'iterator', 'map', 'object', 'set', 'string', 'structured-clone', 'typed-array', 'url'];

function coreJsFirst(): Plugin {
  const entries = /\/(electron\/(main|headless|demo\/main)|renderer\/main|renderer\/(sync|search)\/worker)\.ts$/;
  return {
    name: 'core-js-first',
    transform: (code, id) =>
      entries.test(id) ? { code: `${polyfilled.map((part) => `import 'core-js/actual/${part}';`).join('')}${code}`, map: null } : null,
  };
}

/**
 * Fonts and character maps for PDFs that lack them, and the decoder of JPEG 2000, which pdf.js asks for by these names. Not what it
 * has as WebAssembly: the CSP allows none.
 */
function pdfParts(): Plugin {
  const parts = { cmaps: /./, standard_fonts: /./, wasm: /^(openjpeg_nowasm_fallback\.js|LICENSE_(PDFJS_)?OPENJPEG)$/ };
  return {
    name: 'pdf-parts',
    generateBundle() {
      for (const [folder, wanted] of Object.entries(parts)) {
        const from = path(`./node_modules/pdfjs-dist/${folder}/`);
        for (const name of readdirSync(from).filter((each) => wanted.test(each)))
          this.emitFile({ type: 'asset', fileName: `assets/pdf/${folder}/${name}`, source: readFileSync(`${from}${name}`) });
      }
    },
  };
}

/** Notes in a file which modules of packages a part of the app is made of, for the list of licences (`scripts/licences.mjs`). */
function noteModules(file: string): Plugin {
  return {
    name: 'note-modules',
    generateBundle() {
      // Each worker is bundled by itself, and adds to what the other one noted.
      const before = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
      const now = [...this.getModuleIds()].filter((id) => id.includes('/node_modules/'));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, [...new Set([...before, ...now])].sort().join('\n'));
    },
  };
}
