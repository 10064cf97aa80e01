import { existsSync, readFileSync } from 'node:fs';

/** Reads Vitest's JSON report. A file that could not be run, or a runner that failed otherwise, counts as a failure. */
export function readVitest(path, exitCode) {
  const report = read(path);
  const result = { name: 'unit, contract, simulation', passed: 0, failed: 0, skipped: [] };
  for (const file of report?.testResults ?? []) {
    if (file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed')) result.failed += 1;
    for (const { status, fullName, meta } of file.assertionResults)
      count(result, status, fullName, meta?.reason ?? 'marked so in the test');
  }
  return settled(result, report, exitCode);
}

/** Reads Playwright's JSON report; `flaky` counts as failed. */
export function readPlaywright(path, exitCode) {
  const report = exitCode === null ? null : read(path);
  const result = { name: 'end to end', passed: 0, failed: 0, skipped: [] };
  for (const { spec, titles } of specsOf(report?.suites ?? [], [])) {
    for (const test of spec.tests) {
      const reason = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description;
      const status = test.status === 'expected' ? 'passed' : test.status;
      count(result, status, `[${test.projectName}] ${[...titles, spec.title].join(' › ')}`, reason ?? 'marked so in the test');
    }
  }
  return settled(result, report, exitCode);
}

function count(result, status, title, reason) {
  if (status === 'passed') result.passed += 1;
  else if (['skipped', 'pending', 'todo', 'disabled'].includes(status)) result.skipped.push({ title, reason });
  else result.failed += 1;
}

function* specsOf(suites, titles) {
  for (const suite of suites) {
    const path = [...titles, suite.title];
    for (const spec of suite.specs ?? []) yield { spec, titles: path };
    yield* specsOf(suite.suites ?? [], path);
  }
}

/** A runner that failed without a failed test (no report, an error outside of tests) is one failure. */
function settled(result, report, exitCode) {
  if ((report === null || exitCode !== 0) && result.failed === 0) result.failed = 1;
  return result;
}

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null);
