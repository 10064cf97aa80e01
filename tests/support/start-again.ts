import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ElectronApplication } from '@playwright/test';

/** Starts the app once more on the same data, as the system does for a link or a file; resolves to the exit code of that start. */
export async function startAgain(electron: ElectronApplication, ...more: string[]): Promise<unknown> {
  const { command, args } = await electron.evaluate(() => ({ command: process.execPath, args: process.argv.slice(1) }));
  const own = args.filter((arg) => !/^--(inspect|remote-debugging-port)/.test(arg));
  const env = await electron.evaluate(() => ({ ...process.env, NODE_OPTIONS: '--experimental-fetch' }));
  const second = spawn(command, [...own, ...more], { env, stdio: 'ignore' });
  const [code]: unknown[] = await once(second, 'close');
  return code;
}
