import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTool } from './run.mjs';
import { setup } from './setup.mjs';
import { readVitest } from './test-reports.mjs';

// `npm run test:live`: the client and the engine against the ERPNext that ERPNEXT_URL, ERPNEXT_API_KEY and
// ERPNEXT_API_SECRET name; see docs/live-tests.md. `--demo` puts a demo server of its own in that place.
// Further arguments go on to Vitest (`npm run test:live -- engine`).

/** Runs the suite; on a demo server what a run leaves there counts as a failure, on somebody's site it is listed. */
export async function live({ demo = false, reporter = 'default', args = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'fieldbook-live-'));
  const report = join(folder, 'vitest.json');
  const leftovers = join(folder, 'leftovers.json');
  const code = await runTool(
    'vitest/vitest.mjs',
    [
      ...['run', '--config', 'tests/live/vitest.config.mts'],
      ...[`--reporter=${reporter}`, '--reporter=json', `--outputFile.json=${report}`],
      ...args,
    ],
    { env: { FIELDBOOK_LIVE_LEFTOVERS: leftovers, ...(demo ? { FIELDBOOK_LIVE_DEMO: 'yes' } : {}) } },
  );
  const { passed, failed, skipped } = readVitest(report, code);
  const left = existsSync(leftovers) ? JSON.parse(readFileSync(leftovers, 'utf8')) : [];
  rmSync(folder, { recursive: true, force: true });
  for (const { doctype, name, reason } of left) console.log(`left on the server: ${doctype} ${name} (${reason.split('\n')[0]})`);
  return { passed, failed: failed + (demo ? left.length : 0), skipped };
}

/** Is a real site named, for the suite to run against? */
export const namesASite = ({ ERPNEXT_URL: url, ERPNEXT_API_KEY: key, ERPNEXT_API_SECRET: secret } = process.env) =>
  Boolean(url && key && secret);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await setup();
  const given = process.argv.slice(2);
  const { passed, failed, skipped } = await live({ demo: given.includes('--demo'), args: given.filter((arg) => arg !== '--demo') });
  console.log('');
  for (const { title, reason } of skipped) console.log(`skipped: ${title} (${reason})`);
  console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
  process.exit(failed === 0 ? 0 : 1);
}
