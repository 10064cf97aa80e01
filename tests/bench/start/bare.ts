import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { measure } from './measured';
import type { Measured, Started } from './measured';

/** An app that is a window with one line in it. */
const main = `
const { app, BrowserWindow } = require('electron');
app.setPath('userData', process.argv.find((one) => one.startsWith('--data-folder=')).slice('--data-folder='.length));
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile('index.html'));
app.on('window-all-closed', () => app.quit());
`;

/** Its title tells when it was loaded. */
const html = `<!doctype html><p>An empty window<script>addEventListener('load', () => (document.title = String(Date.now())))</script>`;

export async function measureBare({ display, rounds }: { display: string; rounds: number }): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldbook-bench-'));
  await writeFile(join(folder, 'main.js'), main);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'bare', productName: 'Bare', version: '0.0.0', main: 'main.js' }));
  await writeFile(join(folder, 'index.html'), html);
  const start = async (): Promise<Started> => {
    const args = [folder, `--data-folder=${join(folder, 'data')}`];
    const electron = await _electron.launch({
      executablePath: process.env['FIELDBOOK_TEST_ELECTRON'] ?? '',
      args: process.getuid?.() === 0 ? ['--no-sandbox', ...args] : args,
      chromiumSandbox: process.getuid?.() !== 0,
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', DISPLAY: display },
    });
    const page = await electron.firstWindow();
    await page.waitForLoadState('load');
    const ready = Number(await page.title());
    return { electron, ready, close: () => electron.close() };
  };
  try {
    return await measure(start, rounds);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
