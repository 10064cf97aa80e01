import { build } from './build.mjs';
import { chooseHost } from './choose-host.mjs';
import { findElectron, hasDisplay } from './find-electron.mjs';
import { root, run } from './run.mjs';
import { serve } from './serve.mjs';
import { setup } from './setup.mjs';

// `npm start`: sets up, builds what is stale and opens the app, in Electron or, where that cannot be, in a browser.
await setup();
if (!(await build())) process.exit(1);
const args = process.argv.slice(2);

const display = hasDisplay();
const { electron, said } = chooseHost(display, display ? await findElectron() : null);
if (electron) {
  const sandbox = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
  process.exit(await run(electron, [...sandbox, root, ...args]));
}
console.log(said);
serve(args, { open: true });
