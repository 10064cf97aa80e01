import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { electron22 } from './electron22.mjs';
import { findElectron } from './find-electron.mjs';
import { reachableFrom } from './packaged-files.mjs';
import { releaseNotes } from './release-notes.mjs';
import { capture, root } from './run.mjs';
import { setup } from './setup.mjs';

const output = join(root, 'dist');

/** Lays out what is packaged: the programs of this app and their pages, without sources, tests, other hosts or node_modules. */
export async function layOut(out, folder, { old }) {
  rmSync(folder, { recursive: true, force: true });
  const { name, productName, version, description, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const files = reachableFrom(join(out, 'main'), 'main.js').map((file) => join('main', file));
  for (const file of [...files, 'preload/preload.js', 'renderer']) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(out, file), join(folder, file), { recursive: true });
  }
  const main = old ? await startForElectron22(folder) : 'main/main.js';
  const { FIELDBOOK_UPDATE_FEED: updateFeed, FIELDBOOK_UPDATE_KEY: updateKey, FIELDBOOK_HOMEPAGE: homepage } = process.env;
  const author = process.env.FIELDBOOK_MAINTAINER ?? 'Fieldbook';
  const facts = { name, productName, version, description, license, author, homepage, main, fieldbook: { updateFeed, updateKey } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(facts, null, 2));
}

async function startForElectron22(folder) {
  const { build: bundle } = await import('vite');
  await bundle({
    configFile: false,
    logLevel: 'error',
    root,
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'scripts/electron22/packaged.js'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node16',
      rolldownOptions: {
        external: ['electron', './main/main.js', /^node:/],
        output: { format: 'cjs', entryFileNames: 'electron22.js', codeSplitting: false },
      },
    },
  });
  return 'electron22.js';
}

/** The Electron that the app is packaged with: the project's own, or, with `forTests`, the one of the tests where that cannot be had. */
async function chooseElectron(forTests) {
  const own = await findElectron();
  if (own && !own.old) return { version: own.version, folder: dirname(own.path), old: false };
  const instead = forTests ? (own ?? (await electron22())) : null;
  return instead && { version: instead.version, folder: dirname(instead.path), old: true };
}

/** Parts, licences and changes of this version, beside its packages. */
async function writePapers() {
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { code, output: sbom } = await capture(command, [...args, 'sbom', '--sbom-format=cyclonedx', '--omit=dev', '--loglevel=error']);
  if (code !== 0) throw new Error(`The bill of materials could not be made:\n${sbom}`);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(output, `fieldbook-${version}.cdx.json`), sbom.slice(sbom.indexOf('{')));
  writeFileSync(join(output, 'release-notes.md'), releaseNotes(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version));
}

/**
 * Packages the app into `dist/`. `targets`: of electron-builder, e.g. `deb`; none: all of this platform. `dir`: the unpacked app alone.
 * Answers the folder of the unpacked app, or null where no Electron can be had.
 */
export async function packageApp({ targets = [], dir = false, forTests = false } = {}) {
  const electron = await chooseElectron(forTests);
  if (electron === null) return null;
  const mode = electron.old ? 'electron22' : 'production';
  if (!(await build(mode))) throw new Error('There is no build to package.');
  const place = electron.old ? join(output, 'for-tests') : output;
  const app = join(place, 'app');
  mkdirSync(output, { recursive: true });
  await layOut(join(root, electron.old ? 'out-electron22' : 'out'), app, electron);
  if (!forTests) await writePapers();
  if (electron.old) console.log(`Packaging with Electron ${electron.version}, which is for tests and never for people.`);
  const { build: make, Platform } = await import('electron-builder');
  const { builderConfig } = await import('../packaging/electron-builder.config.mjs');
  await make({
    projectDir: root,
    targets: dir || targets.length > 0 ? Platform.current().createTarget(dir ? ['dir'] : targets) : Platform.current().createTarget(),
    publish: 'never',
    config: builderConfig({ app, output: place, electron }),
  });
  return join(place, unpackedFolder());
}

const unpackedFolder = () =>
  ({ win32: 'win-unpacked', darwin: process.arch === 'arm64' ? 'mac-arm64' : 'mac' })[process.platform] ??
  (process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);

// `npm run package [-- --dir] [-- --for-tests] [-- --target deb]`
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await setup();
  const { values } = parseArgs({
    options: { dir: { type: 'boolean' }, 'for-tests': { type: 'boolean' }, target: { type: 'string', multiple: true } },
  });
  const folder = await packageApp({ targets: values.target ?? [], dir: values.dir, forTests: values['for-tests'] });
  if (folder === null) {
    console.error(
      'Electron could not be had here, so nothing was packaged. `-- --dir --for-tests` packages with the Electron of the tests.',
    );
    process.exit(1);
  }
  console.log(`Packaged in ${folder}`);
}
