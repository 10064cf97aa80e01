import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What would turn the checks of certificates off, in Node, in Electron, and on Chromium's command line. */
const offSwitches =
  /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|setCertificateVerifyProc|checkServerIdentity|certificate-error|ignore-certificate-errors|allow-insecure-localhost/;

const sources = ['electron', 'renderer', 'shared', 'scripts'].flatMap((folder) =>
  readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((file) => /\.(ts|mts|mjs|js|vue|sh)$/.test(file))
    .map((file) => join(folder, file)),
);

test('nothing in the app turns the checks of certificates off', () => {
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.filter((file) => offSwitches.test(readFileSync(file, 'utf8')))).toEqual([]);
});
