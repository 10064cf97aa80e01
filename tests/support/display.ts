import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type Display = { name: string; close(): Promise<void> };

/** A display of its own where there is none: an X server without a screen, which chooses its own number. */
export async function openDisplay(): Promise<Display> {
  const there = process.env['DISPLAY'];
  if (process.platform !== 'linux' || there) return { name: there ?? '', close: () => Promise.resolve() };
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const failed = once(server, 'error').then(([error]) => {
    throw error;
  });
  const line: unknown[] = await Promise.race([once(createInterface(server.stdout), 'line'), failed]);
  return {
    name: `:${String(line[0])}`,
    async close() {
      const closed = once(server, 'close');
      server.kill();
      await closed;
    },
  };
}
