import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * What is signed of a `latest*.yml`: as `electron/system/signed-release.ts` reads it from what the updater found in it. electron-builder
 * writes this file in one shape, so its few lines are read without a library.
 */
export function signedTextOf(yml) {
  const [, version] = /^version: '?([^'\n]+)'?$/m.exec(yml) ?? [];
  const files = [...yml.matchAll(/^ {2}- url: '?([^'\n]+)'?\n {4}sha512: '?([^'\n]+)'?$/gm)].map(([, url, sha512]) => `${sha512} ${url}`);
  if (version === undefined || files.length === 0) throw new Error('This is no list of files of a release.');
  return ['fieldbook-release 1', version, ...files.sort(), ''].join('\n');
}

// `FIELDBOOK_SIGNING_KEY=… node scripts/sign-release.mjs dist/latest-linux.yml`: writes the signature beside it.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const key = process.env.FIELDBOOK_SIGNING_KEY;
  if (!key) throw new Error('FIELDBOOK_SIGNING_KEY holds no key (Ed25519, PEM).');
  for (const file of process.argv.slice(2)) {
    const signature = sign(null, Buffer.from(signedTextOf(readFileSync(file, 'utf8'))), createPrivateKey(key));
    writeFileSync(`${file}.sig`, `${signature.toString('base64')}\n`);
    console.log(`${file}.sig`);
  }
}
