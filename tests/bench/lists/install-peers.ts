import { run } from '../../../scripts/run.mjs';
import { needsInstall } from '../../../scripts/setup.mjs';

const folder = 'tests/bench/lists/peers';

/** Gets what the lists are compared with, as its own lockfile says. */
export async function installPeers(): Promise<void> {
  if (!needsInstall(folder)) return;
  const code = await run('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) throw new Error('What the lists are compared with could not be installed.');
}
