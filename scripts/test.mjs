import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit } from './audit.mjs';
import { huntDefects } from './defects.mjs';
import { e2e, prepare } from './e2e.mjs';
import { kill } from './kill.mjs';
import { capture, runTool, tool } from './run.mjs';
import { setup } from './setup.mjs';
import { live, namesASite } from './test-live.mjs';
import { readPlaywright, readVitest } from './test-reports.mjs';

// `npm test`: every check there is, each test case counted from its runner's own report. `--all` runs the long ones too.
await setup();
const all = process.argv.includes('--all');
const env = all ? { SIMULATE_RUNS: '1000', FIELDBOOK_LONG: 'yes' } : {};
const reports = mkdtempSync(join(tmpdir(), 'fieldbook-tests-'));
const results = [];

/** A step that counts as one test; its output is shown when it fails. */
async function check(name, work) {
  const { code, output } = await work();
  if (code !== 0) console.error(`\n✗ ${name}\n${output}`);
  results.push({ name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] });
}

const started = Date.now();
const heading = (text) => console.log(`\n── ${text} (after ${Math.round((Date.now() - started) / 1000)} s)`);

heading('Lint, types; unit, contract and simulation tests');
const vitestReport = join(reports, 'vitest.json');
// Side by side: none of them alone keeps both cores busy to its end, and what the end-to-end tests need is mostly waited for.
const [vitestCode, prepared] = await Promise.all([
  runTool('vitest/vitest.mjs', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${vitestReport}`], {
    env: { ...env, NO_COLOR: '1' },
  }),
  prepare(),
  check('lint', lint),
  check('types', () => capture(process.execPath, [tool('vue-tsc/bin/vue-tsc.js'), '--build'])),
]);
results.push(readVitest(vitestReport, vitestCode));

if (all) {
  results.push(await audit());
  heading('Deliberate defects, which the simulation must catch');
  results.push(await huntDefects());
}

heading('End-to-end tests');
const playwrightReport = join(reports, 'playwright.json');
const playwrightEnv = { ...env, NO_COLOR: '1', PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport };
const playwrightCode = await e2e(['--reporter=dot,json'], playwrightEnv, prepared);
results.push(readPlaywright(playwrightReport, playwrightCode));

if (all) {
  heading('The live suite, on the demo ERPNext');
  results.push({ name: 'live suite on the demo', ...(await live({ demo: true, reporter: 'dot' })) });
  heading('The live suite, on a real ERPNext');
  const skipped = [{ title: 'npm run test:live', reason: 'ERPNEXT_URL, ERPNEXT_API_KEY and ERPNEXT_API_SECRET do not name a site' }];
  const real = namesASite() ? await live({ reporter: 'dot' }) : { passed: 0, failed: 0, skipped };
  results.push({ name: 'live suite on a real ERPNext', ...real });

  heading('Kills');
  // Both at once: what is killed spends most of its time coming up again.
  const killed = (host) => kill({ host, prepared }).then((result) => ({ name: `kills (${host})`, ...result }));
  results.push(...(await Promise.all(['headless', 'electron'].map(killed))));
}

rmSync(reports, { recursive: true, force: true });
close();

/** Prints each skip with its reason, then one line alone. */
function close() {
  console.log('');
  for (const { name, passed, failed, skipped } of results)
    console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  const skipped = results.flatMap((result) => result.skipped);
  for (const { title, reason } of skipped) console.log(`skipped: ${title} (${reason})`);
  const sum = (count) => results.reduce((total, result) => total + result[count], 0);
  const failed = sum('failed');
  console.log(`${sum('passed')} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
  process.exit(failed === 0 ? 0 : 1);
}

async function lint() {
  const steps = await Promise.all([
    capture(process.execPath, [tool('eslint/bin/eslint.js'), '.', '--max-warnings=0']),
    capture(process.execPath, [tool('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.']),
    capture(process.execPath, [tool('knip/bin/knip.js')]),
  ]);
  return { code: Math.max(...steps.map(({ code }) => code)), output: steps.map(({ output }) => output).join('\n') };
}
