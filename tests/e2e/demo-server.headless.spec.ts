import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';

type Told = { url: string; users: { name: string; password: string; apiKey: string; apiSecret: string }[] };

test('the demo server tells in its first line where it is and who may sign in, and ends with its process', async () => {
  const server = spawn(process.execPath, ['scripts/demo-server.mjs', '--port', '0', '--scale', '8'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  try {
    const [line]: unknown[] = await once(createInterface(server.stdout), 'line');
    const { url, users } = JSON.parse(String(line)) as Told;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const user = users.find(({ name }) => name === 'field@example.com')!;

    const login = await fetch(`${url}/api/method/login`, {
      method: 'POST',
      body: new URLSearchParams({ usr: user.name, pwd: user.password }),
    });
    expect(await login.json()).toMatchObject({ message: 'Logged In' });
    const who = await fetch(`${url}/api/method/frappe.auth.get_logged_user`, {
      headers: { authorization: `token ${user.apiKey}:${user.apiSecret}` },
    });
    expect(await who.json()).toEqual({ message: user.name });

    server.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    const reached = await fetch(url).then(
      () => true,
      () => false,
    );
    expect(reached).toBe(false);
  } finally {
    server.kill('SIGKILL');
  }
});
