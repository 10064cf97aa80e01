import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { root } from './run.mjs';
import { setup } from './setup.mjs';

// `npm run demo:server`: the demo ERPNext alone. Its first line is JSON; what is said before it goes to the other output.
console.log = console.error;
await setup();
if (!(await build())) process.exit(1);
// In this very process, which whoever started it knows and can end.
process.argv[1] = join(root, 'out', 'main', 'demo.js');
await import(pathToFileURL(process.argv[1]).href);
