import { fileURLToPath } from 'node:url';
import { capture } from './run.mjs';

/**
 * Asks the registry for known weaknesses of the dependencies; from `high` on they fail. A registry that cannot be asked, and some
 * mirrors cannot, is a skip with its words, never a pass.
 */
export async function audit() {
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { output } = await capture(command, [...args, 'audit', '--json', '--loglevel=silent', '--fetch-timeout=30000']);
  return readAudit(output);
}

/** What `npm audit --json` says, as a test result. */
export function readAudit(output) {
  const none = { name: 'audit of dependencies', passed: 0, failed: 0, skipped: [] };
  const report = parse(output);
  const counts = report?.metadata?.vulnerabilities;
  if (!counts) {
    const reason = report?.message ?? report?.error?.summary ?? output.trim().split('\n')[0] ?? '';
    return {
      ...none,
      skipped: [{ title: 'npm audit', reason: `the registry does not answer it: ${reason.replace(/https?:\/\/\S+/g, '…')}` }],
    };
  }
  const bad = Object.values(report.vulnerabilities).filter(({ severity }) => severity === 'high' || severity === 'critical');
  for (const { name, severity, range } of bad) console.error(`${severity}: ${name} ${range}`);
  return bad.length > 0 ? { ...none, failed: bad.length } : { ...none, passed: 1 };
}

function parse(text) {
  try {
    return JSON.parse(text.slice(text.indexOf('{')));
  } catch {
    return null;
  }
}

// `npm run audit`
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { failed, passed, skipped } = await audit();
  for (const { title, reason } of skipped) console.log(`skipped: ${title} (${reason})`);
  console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
  process.exit(failed === 0 ? 0 : 1);
}
