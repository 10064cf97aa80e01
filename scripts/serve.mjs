import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { onPath, root } from './run.mjs';
import { setup } from './setup.mjs';

/**
 * Serves the headless host until it is stopped; arguments go to it. Its one-time link is printed and, with `open`,
 * opened in the browser where there is one.
 */
export function serve(args, { open = false } = {}) {
  const host = spawn(process.execPath, [join(root, 'out', 'main', 'headless.js'), ...args], { stdio: ['inherit', 'pipe', 'inherit'] });
  host.stdout.on('data', (text) => {
    process.stdout.write(text);
    const link = /http:\S+/.exec(String(text))?.[0];
    if (link && open) openInBrowser(link);
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => host.kill(signal));
  host.on('close', (code) => process.exit(code ?? 0));
}

function openInBrowser(link) {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', link]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', link]
        : ['xdg-open', link];
  const hasBrowser = process.platform !== 'linux' || ((process.env.DISPLAY || process.env.WAYLAND_DISPLAY) && onPath(command));
  if (!hasBrowser) return;
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined) // the link is printed; it can be opened by hand
    .unref();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await setup();
  if (!(await build())) process.exit(1);
  serve(process.argv.slice(2));
}
