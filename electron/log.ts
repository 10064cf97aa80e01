export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Where the services write what they did. `scope` is a folder's name; a message holds no secret and no document. */
export type Log = Record<LogLevel, (scope: string, message: string) => void>;

/** The part of electron-log that is used, in its Electron and its Node form. */
type ScopedLogger = { scope(label: string): Record<LogLevel, (message: string) => void> };

/** Header values and arguments that carry a credential, wherever they slipped in. */
const header = /\b(token|bearer|basic)\s+[\w.~+/=:-]{6,}/gi;
const argument = /\b(api_?key|api_?secret|pwd|password|sid|access_token|refresh_token)(["']?\s*[=:]\s*["']?)[^\s"'&,;}]+/gi;

/** The last net under the rule that no secret is logged; the rule itself is kept where messages are made. */
export const redact = (text: string): string => text.replace(header, '$1 ***').replace(argument, '$1$2***');

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
