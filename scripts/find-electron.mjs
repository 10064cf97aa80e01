import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, root, runTool, tool } from './run.mjs';

/** The oldest Electron that runs the product as it is built; an older one runs the test build. */
const oldestForProduct = 34;

/**
 * The Electron named by ELECTRON_EXEC_PATH, or the `electron` package's own, downloaded if it can be.
 * `{ path, old }`: `old` ones need the test build; null where there is none that starts.
 */
export async function findElectron() {
  const path = process.env.ELECTRON_EXEC_PATH ?? packagedElectron() ?? ((await download()) ? packagedElectron() : null);
  return path ? describeElectron(path) : null;
}

/** Asks a binary for its version, which also shows whether the libraries that it needs are there. */
export function describeElectron(path) {
  const version = ask(path, ['-p', 'process.versions.electron'], { ELECTRON_RUN_AS_NODE: '1' });
  return version ? { path, version, old: Number.parseInt(version) < oldestForProduct } : null;
}

/** Whether windows can be shown. */
export const hasDisplay = (platform = process.platform, env = process.env) =>
  platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);

function packagedElectron() {
  const folder = join(root, 'node_modules', 'electron');
  const name = join(folder, 'path.txt');
  const path = existsSync(name) ? join(folder, 'dist', readFileSync(name, 'utf8')) : null;
  return path && existsSync(path) ? path : null;
}

async function download() {
  const from = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/electron/electron/releases';
  const reachable = await fetch(from, { method: 'HEAD', signal: AbortSignal.timeout(5_000) }).then(
    () => true,
    () => false,
  );
  if (!reachable || !existsSync(tool('electron/install.js'))) return false;
  console.log('Downloading Electron …');
  return (await runTool('electron/install.js', [], { timeout: 300_000 })) === 0;
}
