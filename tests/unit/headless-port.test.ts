import { readFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { parseCommandLine } from '../../electron/command-line';
import { defaultPort, startHeadlessServer, type HeadlessServer } from '../../electron/node-host/server';
import { rememberingLog } from '../support/quiet-log';
import { temporaryFolder } from '../support/temporary-folder';

async function start(port: number): Promise<HeadlessServer> {
  const server = await startHeadlessServer({
    port,
    rendererFolder: await temporaryFolder(),
    downloads: { take: async () => null },
    serve: () => ({ close: () => undefined }),
    log: rememberingLog(),
  });
  onTestFinished(server.close);
  return server;
}

it('the port stays 47800 unless said otherwise: what is kept on the device belongs to the address', async () => {
  expect(defaultPort).toBe(47_800);
  expect(parseCommandLine([]).port).toBeNull();
  expect(parseCommandLine(['--port', '0']).port).toBe(0);
  expect(await readFile('README.md', 'utf8')).toContain('`npm run serve -- --port 47800');
});

it('a port that is taken is said, with what to do, and the one who has it goes on', async () => {
  const first = await start(0);
  await expect(start(first.port)).rejects.toMatchObject({
    code: 'unsupported',
    message: `Port ${first.port} is taken. Is Fieldbook running already? Close it, or choose another with --port.`,
  });
  expect((await fetch(first.newLink())).status).not.toBe(403);
});

it.each(['-1', '65536', '80.5', 'eighty'])('%s is no port', (port) => {
  expect(() => parseCommandLine([`--port=${port}`])).toThrow(expect.objectContaining({ code: 'bad-parameters' }));
});
