import type { LogLevel } from '@shared/bridge/app';
import type { Log } from '../../electron/log';

export type RememberedLog = Log & { lines: string[] };

/** A log that a test can read. */
export function rememberingLog(): RememberedLog {
  const lines: string[] = [];
  const write = (level: LogLevel) => (scope: string, message: string) => void lines.push(`${level} ${scope}: ${message}`);
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
