import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { killGroup } from './kill-group';
import type { RunningApp, StartOptions } from './running-app';

export type ElectronOptions = StartOptions & {
  display: string;
  /** With a real key store (a GNOME keyring on a session bus of its own) or with none. */
  keyStore: boolean;
  profileFolder: string;
};

/** The preload script of the build under test. */
export const preloadScript = (): string =>
  resolve(process.env['FIELDBOOK_TEST_BUILD'] === 'out-electron22' ? 'out-electron22' : 'out', 'preload/preload.js');

/** Why there is no Electron here to run the tests in; null when there is one. */
export const noElectron = (): string | null =>
  process.env['FIELDBOOK_TEST_ELECTRON'] ? null : process.env['FIELDBOOK_NO_ELECTRON'] || 'start the tests with npm run e2e';

/** Milliseconds that one stage of a start may take. */
const stageLimit = 30_000;

type Running = { electron: ElectronApplication; main: ChildProcess; page: Page };

/** The app in a real Electron. */
export async function startElectronApp(options: ElectronOptions): Promise<RunningApp> {
  let output = '';

  const launch = async (): Promise<Running> => {
    const electron = await launchElectron(options);
    // Kept here: after the end of the process Playwright does not give it any more.
    const main = electron.process();
    main.stderr?.on('data', (text) => (output += String(text)));
    electron.context().on('console', (message) => options.onConsole?.(message.text()));
    const page = await electron.firstWindow({ timeout: stageLimit });
    await page.waitForLoadState('load', { timeout: stageLimit });
    return { electron, main, page };
  };
  let running = await launch();

  return {
    get page() {
      return running.page;
    },
    get electron() {
      return running.electron;
    },
    dataFolder: options.dataFolder,
    async kill() {
      const closed = ended(running.main);
      // With its helpers, and with a wrapper that it was launched by.
      killGroup(running.main.pid ?? 0);
      await closed;
    },
    async restart() {
      await quit(running);
      running = await launch();
      return running.page;
    },
    close: () => quit(running),
    output: () => output,
  };
}

/**
 * Starts Electron on the product, or on the build for an older Electron where that is what there is. Now and then, under
 * load, Playwright is connected to Electron 22 and waits for good: it seems to miss the first navigation of a window that
 * was made before it attached. Such a start is tried once more, and said.
 */
async function launchElectron(options: ElectronOptions): Promise<ElectronApplication> {
  try {
    return await launchOnce(options);
  } catch (error) {
    console.warn(`Electron did not start and is tried once more: ${String(error)}`);
    return launchOnce(options);
  }
}

function launchOnce({ dataFolder, flags, display, keyStore, profileFolder }: ElectronOptions): Promise<ElectronApplication> {
  const electron = process.env['FIELDBOOK_TEST_ELECTRON'] ?? '';
  const build = process.env['FIELDBOOK_TEST_BUILD'] ?? '.';
  const args = [build, `--data-folder=${dataFolder}`, ...flags];
  const withKeyStore = keyStore && process.platform === 'linux';
  return _electron.launch({
    timeout: stageLimit,
    executablePath: withKeyStore ? 'tests/support/with-key-store.sh' : electron,
    args: process.getuid?.() === 0 ? ['--no-sandbox', ...args] : args,
    chromiumSandbox: process.getuid?.() !== 0,
    env: {
      ...inherited(),
      DISPLAY: display,
      FIELDBOOK_TEST_ELECTRON: electron,
      XDG_DATA_HOME: join(profileFolder, 'share'),
      XDG_CURRENT_DESKTOP: keyStore ? 'GNOME' : 'none',
      // Without a key store there is no session bus either, whatever this machine has.
      ...(keyStore ? {} : { DBUS_SESSION_BUS_ADDRESS: 'disabled:' }),
    },
  });
}

async function quit({ electron, main }: Running): Promise<void> {
  if (hasEnded(main)) return;
  const closed = ended(main);
  // The connection ends with the process, often before the answer.
  // Where work is unsent, the app asks first.
  await electron
    .evaluate(({ app, dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
      app.quit();
    })
    .catch(() => undefined);
  await closed;
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

const ended = (main: ChildProcess): Promise<unknown> => (hasEnded(main) ? Promise.resolve() : once(main, 'close'));

function inherited(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
