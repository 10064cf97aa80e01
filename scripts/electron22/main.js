'use strict';
// The default app of the Electron 22 that tests use where no newer one can be had: fills in what 22 lacks, and then runs the app
// folder given as the first argument.
require('./fill.js');
const { app } = require('electron');
const Module = require('node:module');
const path = require('node:path');

const folder = path.resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const { main, name, productName, version } = require(path.join(folder, 'package.json'));
app.setName(productName ?? name);
app.setVersion(version);
app.setAppPath(folder);
app.setPath('userData', path.join(app.getPath('appData'), productName ?? name));
Module._load(path.join(folder, main), Module, true);
