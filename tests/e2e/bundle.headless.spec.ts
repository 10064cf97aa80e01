import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { expect, test } from '@playwright/test';

/** Every module that a built file loads, followed through the files of the build. */
async function requiredBy(entry: string, found = new Map<string, Set<string>>()): Promise<Map<string, Set<string>>> {
  if (found.has(entry)) return found;
  const source = await readFile(entry, 'utf8');
  const names = new Set([...source.matchAll(/\brequire\(\s*["']([^"']+)["']\s*\)/g)].map(([, name]) => name ?? ''));
  found.set(entry, names);
  for (const name of names) if (name.startsWith('.')) await requiredBy(resolve(dirname(entry), name), found);
  return found;
}

const packagesOf = async (entry: string): Promise<Set<string>> =>
  new Set([...(await requiredBy(resolve(entry))).values()].flatMap((names) => [...names].filter((name) => !name.startsWith('.'))));

test('the headless host never loads Electron', async () => {
  const packages = await packagesOf('out/main/headless.js');
  expect(packages).toContain('http');
  expect(packages).not.toContain('electron');
  expect([...packages].filter((name) => name.startsWith('electron/'))).toEqual([]);
});

test('the Electron host does, which shows that the check can fail', async () => {
  expect(await packagesOf('out/main/main.js')).toContain('electron');
});
