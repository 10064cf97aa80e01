import { basename } from 'node:path';
import type { App } from 'electron';
import { AppError } from '@shared/errors';
import type { Asked } from '@shared/bridge/system';
import type { Log } from '../log';
import { askedByLink, openedArguments } from '../system/opened-arguments';
import type { Opened } from '../system/opened-arguments';

export type Openers = { ask: (asked: Asked) => void; receiveWork: (path: string) => Promise<string>; log: Log };

/**
 * Links and files that the system opens with the app. A Mac sends events, maybe before the app is ready; elsewhere they are
 * arguments of this start or of a second one. What comes early waits for `serve`.
 */
export function collectOpened(
  app: App,
  args: readonly string[],
): { add: (args: readonly string[]) => void; serve: (openers: Openers) => void } {
  let early: Opened[] = openedArguments(args);
  let open = (opened: Opened): void => void early.push(opened);

  app.on('open-url', (event, url) => {
    event.preventDefault();
    open({ link: askedByLink(url) });
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openedArguments([path]).forEach((opened) => open(opened));
  });
  return {
    add: (more) => openedArguments(more).forEach((opened) => open(opened)),
    serve({ ask, receiveWork, log }) {
      open = (opened) => {
        if ('link' in opened) return ask(opened.link);
        receiveWork(opened.workFile).then(
          (handle) => ask({ kind: 'work-file', handle, fileName: basename(opened.workFile) }),
          (thrown: unknown) => log.warn('host', `A file of unsent work could not be read: ${AppError.from(thrown).message}`),
        );
      };
      early.forEach((opened) => open(opened));
      early = [];
    },
  };
}
