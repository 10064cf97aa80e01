import { join } from 'node:path';
import { build } from './build.mjs';
import { root, run } from './run.mjs';
import { setup } from './setup.mjs';

// `npm run demo:server`: the demo ERPNext alone. Its first line is JSON; what is said before it goes to the other output.
console.log = console.error;
await setup();
if (!(await build())) process.exit(1);
process.exit(await run(process.execPath, [join(root, 'out', 'main', 'demo.js'), ...process.argv.slice(2)]));
