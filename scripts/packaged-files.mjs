import { readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

/**
 * The files of a build that a program in it uses, itself first: what it requires, what it loads later, and what lies beside it as an asset.
 * Paths are relative to `folder`. The headless host, the demo server's own command and what only tests load are thus left out.
 */
export function reachableFrom(folder, entry) {
  const found = new Set();
  const wanted = [normalize(entry)];
  for (let path = wanted.pop(); path !== undefined; path = wanted.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    if (!path.endsWith('.js')) continue;
    const code = readFileSync(join(folder, path), 'utf8');
    for (const [, target] of code.matchAll(/["'`](\.{1,2}\/[\w./@-]+\.(?:js|png))["'`]/g)) {
      const next = relative(folder, join(folder, dirname(path), target));
      // What lies outside is laid out by itself: the preload script and the pages.
      if (!next.startsWith('..') && isThere(join(folder, next))) wanted.push(next);
    }
  }
  return [...found].sort();
}

function isThere(path) {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false; // A path in some text, not of this build.
  }
}
