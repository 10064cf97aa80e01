'use strict';
// The default app of the Electron 22 that tests use where no newer one can be had: fills in what 22 lacks, so that the
// product is written for a current Electron, and then runs the app folder given as the first argument.
const { app, net, protocol, safeStorage, session } = require('electron');
const { Blob, File } = require('node:buffer');
const streams = require('node:stream/web');
const v8 = require('node:v8');
const { webcrypto } = require('node:crypto');
const Module = require('node:module');
const path = require('node:path');

const missing = {
  ...streams,
  Blob,
  File: File ?? fileOver(Blob),
  crypto: webcrypto,
  structuredClone: (value) => v8.deserialize(v8.serialize(value)),
};
for (const [name, value] of Object.entries(missing)) globalThis[name] ??= value;

safeStorage.getSelectedStorageBackend ??= () => (safeStorage.isEncryptionAvailable() ? 'gnome_libsecret' : 'basic_text');
net.fetch ??= (input, init) => fetch(input, init);
protocol.handle ??= handleOn(protocol);
app.whenReady().then(() => {
  session.defaultSession.protocol.handle ??= handleOn(session.defaultSession.protocol);
});

/** `protocol.handle` by the older way to answer requests. */
function handleOn(target) {
  return (scheme, handler) => {
    const registered = target.registerBufferProtocol(scheme, (request, answer) => {
      respond(handler, request).then(answer, () => answer({ error: -2 }));
    });
    if (!registered) throw new Error(`The scheme ${scheme} could not be registered.`);
  };
}

async function respond(handler, { url, method }) {
  const response = await handler({ url, method });
  const data = Buffer.from(await response.arrayBuffer());
  const [mimeType, charset] = (response.headers.get('content-type') ?? 'text/plain').split('; charset=');
  return { statusCode: response.status, mimeType, charset, headers: Object.fromEntries(response.headers), data };
}

function fileOver(Base) {
  return class File extends Base {
    constructor(parts, name, options = {}) {
      super(parts, options);
      this.name = name;
      this.lastModified = options.lastModified ?? Date.now();
    }
  };
}

const folder = path.resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const { main, name, productName, version } = require(path.join(folder, 'package.json'));
app.setName(productName ?? name);
app.setVersion(version);
app.setAppPath(folder);
app.setPath('userData', path.join(app.getPath('appData'), productName ?? name));
Module._load(path.join(folder, main), Module, true);
