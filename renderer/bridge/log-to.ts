import { Dexie } from 'dexie';
import type { Bridge } from '@shared/bridge';
import type { LogLevel } from '@shared/bridge/app';
import type { AppError } from '@shared/errors';

const longest = 4_000;

/**
 * Writes lines into the log of the main process; where that cannot be reached, they are lost. A line may be written in the
 * middle of a transaction and is no part of it: an answer that Dexie takes for one it waits for ends the transaction early.
 */
export const logTo =
  (bridge: Pick<Bridge, 'app'>, scope: string) =>
  (level: LogLevel, message: string): void =>
    Dexie.ignoreTransaction(() => void bridge.app.log({ level, scope, message: message.slice(0, longest) }).catch(() => undefined));

/** What the log is told of an error. Only a defect's own words: those of the server, and ours about it, may name a document. */
export function logged(error: AppError): string {
  const stack = (error.cause instanceof Error ? error.cause.stack : error.stack) ?? '';
  if (error.code === 'internal') return `${error.code}: ${error.message}\n${stack}`;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return [`${error.code} ${error.details.request ?? ''}`.trim(), ...frames].join('\n');
}
