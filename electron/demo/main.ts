import { parseArgs } from 'node:util';
import { serveDemo } from './rest/serve';
import { createDemoSite } from './site';

const options = {
  port: { type: 'string', default: '0' },
  scale: { type: 'string', default: '400' },
  seed: { type: 'string', default: '1' },
  host: { type: 'string', default: '127.0.0.1' },
} as const;

/** `npm run demo:server -- --port 0 [--scale N] [--seed N]`: one line of JSON first, with the address and who may sign in. */
export async function runDemoServer(argv: string[], print: (line: string) => void): Promise<() => Promise<void>> {
  const { values } = parseArgs({ args: argv, options });
  const whole = (name: 'port' | 'scale' | 'seed'): number => {
    if (!/^\d+$/.test(values[name])) throw new Error(`--${name} takes a whole number, not "${values[name]}"`);
    return Number(values[name]);
  };
  const site = createDemoSite({ scale: whole('scale'), seed: whole('seed') });
  const served = await serveDemo(site, { port: whole('port'), host: values.host, push: site });
  const users = site.people.map(({ name, password, apiKey, apiSecret }) => ({ name, password, apiKey, apiSecret }));
  print(JSON.stringify({ url: served.url, users }));
  return served.close;
}

if (process.argv[1] !== undefined && /[/\\]demo([/\\]main)?\.(ts|js|cjs|mjs)$/.test(process.argv[1])) {
  runDemoServer(process.argv.slice(2), (line) => void process.stdout.write(`${line}\n`)).then(
    (close) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
