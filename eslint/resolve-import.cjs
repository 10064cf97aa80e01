'use strict';
// Tells eslint-plugin-boundaries which file an import names: a relative path, or @shared/….
const { existsSync, statSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');

const shared = resolve(__dirname, '..', 'shared');
const endings = ['', '.ts', '.d.ts', '.vue', '.mjs', '/index.ts'];

exports.interfaceVersion = 2;

exports.resolve = (source, importer) => {
  const [path] = source.split('?');
  const base = path.startsWith('@shared/') ? join(shared, path.slice('@shared/'.length)) : resolve(dirname(importer), path);
  if (!path.startsWith('@shared/') && !path.startsWith('.')) return { found: false };
  const file = endings.map((ending) => base + ending).find((name) => existsSync(name) && statSync(name).isFile());
  return file ? { found: true, path: file } : { found: false };
};
