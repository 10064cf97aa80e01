import type { Bridge } from '@shared/bridge';
import type { LogLevel } from '@shared/bridge/app';

const longest = 4_000;

/** Writes lines into the log of the main process; where that cannot be reached, they are lost. */
export const logTo =
  (bridge: Pick<Bridge, 'app'>, scope: string) =>
  (level: LogLevel, message: string): void =>
    void bridge.app.log({ level, scope, message: message.slice(0, longest) }).catch(() => undefined);
