import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences that let the app be passed on as it is. Any other stops the build until somebody has read it. */
export const allowedLicences = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'CC0-1.0',
  'Zlib',
];

/** Whether an SPDX expression can be met with the allowed ones: one side of an OR, both sides of an AND. */
export function isAllowed(expression) {
  const bare = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (/ OR /.test(bare)) return bare.split(/ OR /).some(isAllowed);
  if (/ AND /.test(bare)) return bare.split(/ AND /).every(isAllowed);
  return allowedLicences.includes(bare);
}

/** `{ name, version, licence, text }` of the package in a folder; `licence` is empty where it names none. */
export function readPackage(folder) {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const named = license ?? licenses?.map((one) => one.type ?? one).join(' OR ') ?? '';
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)([.-](md|txt|mit|markdown|bsd))?$/i.test(one));
  return { name, version, licence: named.type ?? named, text: file ? readFileSync(join(folder, file), 'utf8').trim() : '' };
}

/** The folder of the package that a module belongs to, or null for the app's own modules. */
export function packageFolder(moduleId) {
  const path = moduleId.replace(/^\0/, '').replace(/\?.*$/, '');
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return folder && existsSync(join(folder, 'package.json')) ? folder : null;
}

/** Throws for a package whose licence is not known to be harmless, and names it. */
export function checkLicences(packages) {
  const bad = packages.filter(({ licence }) => !isAllowed(licence)).map(({ name, licence }) => `${name}: ${licence || 'no licence'}`);
  if (bad.length > 0) throw new Error(`These packages may not be shipped:\n${bad.join('\n')}`);
}

/**
 * Writes the licences of what a build was made of into the build. `out`: its folder, where the bundler noted the modules of each part
 * (`electron.vite.config.ts`). Electron is shipped around the app and is named as well.
 */
export function writeLicences(out, electronFolder) {
  const noted = readdirSync(out).filter((name) => /^modules-\w+\.txt$/.test(name));
  const modules = noted.flatMap((name) => readFileSync(join(out, name), 'utf8').split('\n'));
  const folders = new Set(modules.map(packageFolder).filter((folder) => folder !== null));
  const packages = [...folders, electronFolder]
    .map(readPackage)
    .sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
  checkLicences(packages);
  const without = 'The package has no file with its licence; it is given under the terms that its name stands for.';
  writeFileSync(join(out, 'renderer/assets/licences.json'), JSON.stringify(packages.map((one) => ({ ...one, text: one.text || without }))));
}
