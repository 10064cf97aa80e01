import type { Log, LogLevel } from './log';

type Sink = Record<LogLevel, (line: string) => void>;

/** A log over what writes lines; both hosts' logs look the same. */
export const logLines = (sink: Sink): Log => ({
  debug: (scope, message) => sink.debug(`[${scope}] ${message}`),
  info: (scope, message) => sink.info(`[${scope}] ${message}`),
  warn: (scope, message) => sink.warn(`[${scope}] ${message}`),
  error: (scope, message) => sink.error(`[${scope}] ${message}`),
});
