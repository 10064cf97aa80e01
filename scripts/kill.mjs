import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepare } from './e2e.mjs';
import { setup } from './setup.mjs';

/**
 * Kills the real processes at random moments of a sync; see docs/sync.md. Resolves to what was counted, with the reason
 * where the host cannot be had here. `prepared`: what is needed for it, which two at once must not get side by side.
 */
export async function kill({ times = 100, seed = Math.floor(Math.random() * 1e6), host = 'headless', prepared: env }) {
  const none = { passed: 0, failed: 0, skipped: [] };
  if (env === null) return { ...none, failed: 1 };
  Object.assign(process.env, env);
  const missing = host === 'electron' ? env.FIELDBOOK_NO_ELECTRON : env.PLAYWRIGHT_CHROMIUM === '' ? 'no Chromium could be had' : '';
  if (missing) return { ...none, skipped: [{ title: `kills of the ${host} host`, reason: missing }] };
  console.log(`${times} kills of the ${host} host, seed ${seed}`);
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport('./tests/kill/kill.ts');
  return { ...none, ...(await module.kill({ times, seed, host }, (line) => console.log(`${host}: ${line}`))) };
}

// `npm run kill -- --times 100 --seed 1 --host electron`
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await setup();
  const { values } = parseArgs({ options: { times: { type: 'string' }, seed: { type: 'string' }, host: { type: 'string' } } });
  const number = (text) => (text === undefined ? undefined : Number(text));
  const { passed, failed, skipped } = await kill({
    times: number(values.times),
    seed: number(values.seed),
    host: values.host,
    prepared: await prepare(),
  });
  for (const { title, reason } of skipped) console.log(`skipped: ${title} (${reason})`);
  console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
  process.exit(failed === 0 ? 0 : 1);
}
