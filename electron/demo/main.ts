import { parseArgs } from 'node:util';
import { serveDemo } from './serve';
import { createDemoSite } from './site';

/** `npm run demo:server -- --port 0 [--scale N] [--seed N]`: one line of JSON first, with the address and who may sign in. */
export async function runDemoServer(argv: string[], print: (line: string) => void): Promise<() => Promise<void>> {
  const { values } = parseArgs({
    args: argv,
    options: {
      port: { type: 'string', default: '0' },
      scale: { type: 'string' },
      seed: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
    },
  });
  const whole = (name: string, value: string): number => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} takes a whole number, not "${value}"`);
    return number;
  };
  const site = createDemoSite({
    ...(values.scale === undefined ? {} : { scale: whole('scale', values.scale) }),
    ...(values.seed === undefined ? {} : { seed: whole('seed', values.seed) }),
  });
  const served = await serveDemo(site, { port: whole('port', values.port), host: values.host });
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
