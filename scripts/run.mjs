import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The folder's own tools, run by the same Node without a shell. */
export const tool = (path) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));

/** Runs a program in the repository's root with this terminal's input and output; resolves to its exit code. */
export function run(command, args, { env = {}, stdio = 'inherit', timeout } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio, env: { ...process.env, ...env }, timeout });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Runs one of the folder's own tools. */
export const runTool = (path, args, options) => run(process.execPath, [tool(path), ...args], options);

/** Runs a program and keeps what it prints, for steps that may run side by side. */
export function capture(command, args, { env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env } });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output: stripVTControlCharacters(output) }));
  });
}

/** What a program prints, or null where it is missing or fails. */
export function ask(command, args, env = {}) {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', timeout: 20_000, env: { ...process.env, ...env } });
  return status === 0 ? stdout.trim() : null;
}

/** The full path of a program on the PATH, or null. */
export const onPath = (name) =>
  process.platform === 'win32' ? (ask('where', [name])?.split(/\r?\n/)[0] ?? null) : ask('sh', ['-c', `command -v ${name}`]);
