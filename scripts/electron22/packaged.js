'use strict';
// The start of an app that tests packaged with Electron 22: a packaged app takes no switch for Node's own fetch, so it brings one.
const undici = require('undici');

for (const name of ['fetch', 'Headers', 'Request', 'Response', 'FormData', 'File']) globalThis[name] ??= undici[name];
require('./fill.js');
require('./main/main.js');
