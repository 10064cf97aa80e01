import { existsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, run } from './run.mjs';

/** Installs the dependencies when there are none, or when the lockfile is newer than they are. */
export async function setup() {
  if (!needsInstall(root)) return;
  console.log('Installing the dependencies …');
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const code = await run(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) process.exit(code);
  const now = new Date();
  utimesSync(installedIn(root), now, now);
}

/** Whether what is installed in a folder is missing, or older than its lockfile. */
export const needsInstall = (folder) => mtime(installedIn(folder)) < mtime(join(folder, 'package-lock.json'));

const installedIn = (folder) => join(folder, 'node_modules', '.package-lock.json');

const mtime = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

if (process.argv[1] === fileURLToPath(import.meta.url)) await setup();
