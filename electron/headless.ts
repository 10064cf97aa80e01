import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { AppError } from '@shared/errors';
import packageJson from '../package.json';
import { noEncryptor } from './accounts/encryptor';
import { signInFromEnvironment } from './accounts/environment';
import { serveBridge } from './bridge/serve';
import { parseCommandLine } from './command-line';
import { withDemo } from './demo-network';
import { streamByFetch } from './erp/stream-by-fetch';
import { createDownloads } from './node-host/downloads';
import { openLog } from './node-host/log';
import { defaultPort, startHeadlessServer } from './node-host/server';
import { createServices } from './services';
import { openConfStore } from './settings/conf-store';

async function start(): Promise<void> {
  const commandLine = parseCommandLine(process.argv.slice(2));
  const folder = commandLine.dataFolder ?? envPaths('fieldbook-headless', { suffix: '' }).data;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const log = openLog(folder);
  const downloads = createDownloads(join(folder, 'downloads'));

  const { services, events, accounts, close } = await createServices({
    ...withDemo({ fetch, sendStream: streamByFetch(fetch) }),
    folder,
    store: openConfStore(folder),
    encryptor: noEncryptor,
    environment: { host: 'headless', version: packageJson.version, platform: process.platform, startInDemo: commandLine.demo },
    // The page is in the person's browser already, and opens addresses itself.
    openExternal: () => Promise.reject(new AppError('unsupported', 'The browser opens addresses itself.')),
    callbackPort: commandLine.oauthPort,
    handOver: downloads.handOver,
    openFile: () => Promise.reject(new AppError('unsupported', 'The browser saves the file; open it from there.')),
    log,
  });
  await signInFromEnvironment(accounts, process.env, new AbortController().signal).catch((thrown: unknown) => {
    // Said on the terminal as well. What is on this device is there all the same, and the page can sign in.
    log.warn('accounts', `Not signed in. ${AppError.from(thrown).message}`);
  });

  const server = await startHeadlessServer({
    port: commandLine.port ?? defaultPort,
    rendererFolder: join(__dirname, '../renderer'),
    downloads,
    serve: (channel) => serveBridge(services, channel, { events, log }),
    log,
  });
  process.stdout.write(`Open Fieldbook in a browser on this machine, once: ${server.newLink()}\n`);

  const stop = async () => {
    await server.close();
    await close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

start().catch((thrown: unknown) => {
  process.stderr.write(`Fieldbook could not start: ${AppError.from(thrown).message}\n`);
  process.exit(1);
});
