import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeLicences } from './licences.mjs';
import { capture, root, tool } from './run.mjs';

const sources = ['electron', 'renderer', 'shared', 'electron.vite.config.ts', 'package-lock.json', 'tsconfig.base.json'];

/**
 * Builds the product where its sources are newer than it. `mode` `electron22` builds the one for the test Electron.
 * Resolves to whether there is a build now; what went wrong is printed.
 */
export async function build(mode = 'production') {
  const out = join(root, mode === 'electron22' ? 'out-electron22' : 'out');
  if (!isStale(root, out)) return true;
  console.log(mode === 'electron22' ? 'Building for the test Electron …' : 'Building …');
  const started = new Date();
  // The bundler adds to what it noted of its modules.
  for (const name of existsSync(out) ? readdirSync(out) : []) if (/^modules-/.test(name)) rmSync(join(out, name));
  const { code, output } = await capture(process.execPath, [tool('electron-vite/bin/electron-vite.js'), 'build', '--mode', mode]);
  if (code !== 0) {
    console.error(output);
    return false;
  }
  writeLicences(out, join(root, 'node_modules/electron'));
  if (mode === 'electron22') {
    writeFileSync(
      join(out, 'package.json'),
      JSON.stringify({ name: 'fieldbook', productName: 'Fieldbook', version: '0.0.0', main: 'main/main.js' }),
    );
  }
  markBuilt(out, started);
  return true;
}

/** Whether a build is missing, or one of the sources in a folder was changed, added or removed since. */
export const isStale = (folder, out) =>
  !existsSync(stampOf(out)) || statSync(stampOf(out)).mtimeMs <= Math.max(...sources.map((path) => newest(join(folder, path))));

/** A source that was changed while it was built from may or may not be in it: what counts is when the build began. */
export function markBuilt(out, started) {
  writeFileSync(stampOf(out), '');
  utimesSync(stampOf(out), started, started);
}

const stampOf = (out) => join(out, '.built');

/** When the newest file at or below a path was changed, in milliseconds. */
function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return readdirSync(path, { withFileTypes: true, recursive: true }).reduce(
    (latest, entry) => Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
    mtimeMs,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !(await build())) process.exit(1);
