import type { LogLevel } from '@shared/bridge/app';
import { redact } from '@shared/format/redact';

/** Where the services write what they did. `scope` is a folder's name; a message holds no secret and no document. */
export type Log = Record<LogLevel, (scope: string, message: string) => void>;

/** The part of electron-log that is used, in its Electron and its Node form. */
type ScopedLogger = { scope(label: string): Record<LogLevel, (message: string) => void> };

/** One line of bounded length without secrets, so that nothing logged can pass for a line of its own. */
const line = (text: string): string =>
  redact(text)
    .replace(/[\r\n]+/g, ' ⏎ ')
    .slice(0, 4000);

/** electron-log as the services see it. */
export const asLog = (logger: ScopedLogger): Log => ({
  debug: (scope, message) => logger.scope(scope).debug(line(message)),
  info: (scope, message) => logger.scope(scope).info(line(message)),
  warn: (scope, message) => logger.scope(scope).warn(line(message)),
  error: (scope, message) => logger.scope(scope).error(line(message)),
});
