import { z } from 'zod';
import { method } from './method';

export type Environment = {
  host: 'electron' | 'headless';
  version: string;
  platform: string;
  /** Opened with `--demo`: go straight into the demo data. */
  startInDemo: boolean;
};

const logLevels = ['debug', 'info', 'warn', 'error'] as const;

export type LogLevel = (typeof logLevels)[number];

/** One line of the log. `at`: by this device's clock and zone, `YYYY-MM-DD HH:mm:ss.SSS`. */
export type LogLine = { at: string; level: LogLevel; scope: string; message: string };

/** The end of the log, oldest line first; without lines where there is no file yet (`none`), or where it cannot be read. */
export type LogTail = { state: 'read' | 'none' | 'unreadable'; lines: LogLine[] };

export const app = {
  environment: method<Environment>()(z.object({})),
  /** http(s) only; anything else is refused. */
  openExternal: method<null>()(z.object({ url: z.url({ protocol: /^https?$/ }).max(2000) })),
  log: method<null>()(z.object({ level: z.enum(logLevels), scope: z.string().regex(/^[\w -]{1,40}$/), message: z.string().max(4000) })),
  /** The last lines of the app's own log; the caller names no file. */
  logTail: method<LogTail>()(z.object({ count: z.int().min(1).max(500) })),
};
