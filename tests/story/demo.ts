import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHeadlessApp } from '../support/headless-app';
import { playDay } from './day';
import { Office } from './office';

/**
 * The main job without a person: one line a step, and at the end one JSON object of integers.
 * Resolves to the exit code: 0 only when the server holds exactly what was done.
 */
export async function demo(print: (line: string) => void): Promise<number> {
  const started = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'fieldbook-demo-'));
  const office = await Office.open();
  const app = await startHeadlessApp({ dataFolder: join(folder, 'data'), profileFolder: folder, flags: [] });
  try {
    const { reckoning, complaints } = await playDay({ page: app.page, office, onStep: ({ says }) => print(`- ${says}`) });
    for (const complaint of complaints) print(`! ${complaint}`);
    const seconds = Math.round((Date.now() - started) / 1000);
    print(JSON.stringify({ ...reckoning, seconds }));
    return complaints.length === 0 ? 0 : 1;
  } catch (error) {
    await app.page.screenshot({ path: 'test-results/demo-failed.png' }).catch(() => undefined);
    throw error;
  } finally {
    await app.close();
    await office.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
