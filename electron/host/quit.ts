import { powerMonitor } from 'electron';
import type { App } from 'electron';
import { AppError } from '@shared/errors';
import { countedByDocType } from '@shared/sync/unsent-words';
import type { Log } from '../log';
import { askFirst } from './ask-first';

export type Quitting = {
  /** The DocTypes of all changes that have not reached their server. */
  unsent: () => Promise<string[]>;
  log: Log;
};

/**
 * Has `app.quit()` ask where work would stay behind unsent. A signal and the machine's own end are not held up: nothing is
 * lost by them. Answers whether the app is on its way out.
 */
export function askBeforeQuit(app: App, { unsent, log }: Quitting): () => boolean {
  let leaving = false;
  let asking = false;

  function leave(): void {
    leaving = true;
    app.quit();
  }

  async function ask(): Promise<void> {
    asking = true;
    try {
      if (await mayLeave(await unsent())) leave();
    } catch (thrown) {
      // What is unsent cannot be counted now. It stays where it is either way.
      log.warn('host', `Fieldbook ends without asking: ${AppError.from(thrown).message}`);
      leave();
    } finally {
      asking = false;
    }
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
  powerMonitor.on('shutdown', leave);
  app.on('before-quit', (event) => {
    if (leaving) return;
    event.preventDefault();
    if (!asking) void ask();
  });
  return () => leaving;
}

const mayLeave = async (doctypes: string[]): Promise<boolean> =>
  doctypes.length === 0 ||
  askFirst({
    message: doctypes.length === 1 ? '1 change has not reached the server' : `${doctypes.length} changes have not reached the server`,
    detail: [
      `${countedByDocType(doctypes)}.`,
      'They stay on this device and are sent the next time Fieldbook runs with a connection.',
      'Keep it running, with the window closed or open, and they are sent as soon as there is one.',
    ].join('\n'),
    no: 'Keep running',
    yes: 'Quit',
  });
