import log from 'electron-log/main';
import { asLog } from '../log';
import type { Log } from '../log';
import { logFile } from '../log-tail';

/** The log of the Electron host: a file in the data folder that rotates by itself; warnings go to the console too. */
export function openLog(dataFolder: string): Log {
  log.transports.file.resolvePathFn = () => logFile(dataFolder);
  log.transports.file.maxSize = 5 * 1024 * 1024;
  log.transports.console.level = 'warn';
  log.transports.ipc.level = false;
  return asLog(log);
}
