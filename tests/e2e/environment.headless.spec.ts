import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/app';
import { startHeadlessHost } from '../support/headless-app';

/** Starts a host in an environment, sees that its link opens the app, and tells what it said of signing in, and its log. */
async function startedIn(env: Record<string, string>, dataFolder: string): Promise<{ said: string[]; all: string }> {
  const host = await startHeadlessHost({ dataFolder, flags: [], env });
  expect((await fetch(host.link)).status).toBe(200);
  await host.stop();
  const output = host.output();
  const log = await readFile(join(dataFolder, 'logs', 'fieldbook.log'), 'utf8').catch(() => '');
  return { said: output.split('\n').filter((line) => /signed in/i.test(line)), all: output + log };
}

test('the host signs in as its environment says', async ({ demo, folder }) => {
  const { apiKey, apiSecret } = demo.site.people[0]!;
  const env = { FIELDBOOK_URL: demo.url, FIELDBOOK_API_KEY: apiKey, FIELDBOOK_API_SECRET: apiSecret };
  const { said, all } = await startedIn(env, folder);
  expect(said).toEqual([]);
  expect(all).toContain('signed in as');
  expect(all).not.toContain(apiSecret);
});

const wrong = { FIELDBOOK_API_KEY: 'no-such-key', FIELDBOOK_API_SECRET: 'hush-hush' };

for (const { when, env, words } of [
  {
    when: 'nobody answers there',
    env: { FIELDBOOK_URL: 'http://127.0.0.1:1', ...wrong },
    words: 'No site could be reached at this address.',
  },
  { when: 'the site does not accept the key', env: wrong, words: 'The site does not accept this key and secret.' },
  { when: 'half of it is missing', env: { FIELDBOOK_API_KEY: '' }, words: 'set FIELDBOOK_URL, FIELDBOOK_API_KEY and' },
]) {
  test(`the host starts all the same, and says in one line why it is not signed in, when ${when}`, async ({ demo, folder }) => {
    const { said, all } = await startedIn({ FIELDBOOK_URL: demo.url, ...env }, folder);
    expect(said).toEqual([expect.stringContaining(`Not signed in. `)]);
    expect(said[0]).toContain(words);
    expect(all).not.toMatch(/hush-hush|no-such-key/);
  });
}
