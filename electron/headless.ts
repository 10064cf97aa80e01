import { join } from 'node:path';
import envPaths from 'env-paths';
import { parseCommandLine } from './command-line';
import { openLog } from './node-host/log';
import { defaultPort, startHeadlessServer } from './node-host/server';

const commandLine = parseCommandLine(process.argv.slice(2));

async function start(): Promise<void> {
  const dataFolder = commandLine.dataFolder ?? envPaths('fieldbook-headless', { suffix: '' }).data;
  const log = openLog(dataFolder);
  const server = await startHeadlessServer({
    port: commandLine.port ?? defaultPort,
    rendererFolder: join(__dirname, '../renderer'),
    serve: () => ({ close: () => undefined }),
    log,
  });
  process.stdout.write(`Fieldbook: ${server.newLink()}\n`);
}

void start();
