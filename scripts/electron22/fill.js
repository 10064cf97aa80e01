'use strict';
// Fills in what Electron 22 lacks, so that the product is written for a current Electron. For tests only, never shipped.
const { app, net, protocol, safeStorage, session } = require('electron');
const { Blob, File } = require('node:buffer');
const streams = require('node:stream/web');
const v8 = require('node:v8');
const { webcrypto } = require('node:crypto');

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
