import { ask, onPath, run } from './run.mjs';

/**
 * Installs those of the packages that are missing, as root on Debian and its relatives; elsewhere does nothing.
 * Resolves to whether all of them are there.
 */
export async function haveDebianPackages(packages) {
  if (!onPath('dpkg-query')) return false;
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return true;
  if (process.getuid?.() !== 0) return false;
  console.log(`Installing ${missing.join(', ')} …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  await run('apt-get', ['update', '-qq'], quiet);
  return (await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet)) === 0;
}

const isInstalled = (name) => ask('dpkg-query', ['-W', '-f=${Status}', name])?.endsWith('ok installed') ?? false;
