import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from './run.mjs';
import { setup } from './setup.mjs';
import { readVitest } from './test-reports.mjs';

// `npm run test:live`: the client and the engine against the ERPNext that ERPNEXT_URL, ERPNEXT_API_KEY and
// ERPNEXT_API_SECRET name; see docs/live-tests.md. Arguments go on to Vitest (`npm run test:live -- engine`).
await setup();
const folder = mkdtempSync(join(tmpdir(), 'fieldbook-live-'));
const report = join(folder, 'vitest.json');
const leftovers = join(folder, 'leftovers.json');
const code = await runTool(
  'vitest/vitest.mjs',
  [
    'run',
    '--config',
    'tests/live/vitest.config.mts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { env: { FIELDBOOK_LIVE_LEFTOVERS: leftovers } },
);
const { passed, failed, skipped } = readVitest(report, code);
const left = existsSync(leftovers) ? JSON.parse(readFileSync(leftovers, 'utf8')) : [];
rmSync(folder, { recursive: true, force: true });

console.log('');
for (const { title, reason } of skipped) console.log(`skipped: ${title} (${reason})`);
for (const { doctype, name, reason } of left) console.log(`left on the server: ${doctype} ${name} (${reason.split('\n')[0]})`);
console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
