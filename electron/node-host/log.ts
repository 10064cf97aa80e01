import log from 'electron-log/node';
import { asLog } from '../log';
import type { Log } from '../log';
import { logFile } from '../log-tail';

/** The log of the headless host: a file in the data folder that rotates by itself; warnings go to the terminal too. */
export function openLog(dataFolder: string): Log {
  log.transports.file.resolvePathFn = () => logFile(dataFolder);
  log.transports.file.maxSize = 5 * 1024 * 1024;
  log.transports.console.level = 'warn';
  return asLog(log);
}
