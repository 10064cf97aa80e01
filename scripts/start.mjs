import { build } from './build.mjs';
import { findElectron, hasDisplay } from './find-electron.mjs';
import { root, run } from './run.mjs';
import { serve } from './serve.mjs';
import { setup } from './setup.mjs';

// `npm start`: sets up, builds what is stale and opens the app, in Electron or, where that cannot be, in a browser.
await setup();
if (!(await build())) process.exit(1);
const args = process.argv.slice(2);

const display = hasDisplay();
const electron = display ? await findElectron() : null;
if (electron && !electron.old) {
  const sandbox = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
  process.exit(await run(electron.path, [...sandbox, root, ...args]));
}
console.log(`${reason()} Fieldbook is served to a browser on this machine instead.`);
serve(args, { open: true });

function reason() {
  if (!display) return 'There is no display for a window.';
  return electron ? `Electron ${electron.version} is too old.` : 'Electron could not be had here.';
}
