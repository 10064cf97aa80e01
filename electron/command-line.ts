import { parseArgs } from 'node:util';
import { AppError } from '@shared/errors';

/** What both hosts may be told on the command line. */
export type CommandLine = {
  /** Go straight into the demo data. */
  demo: boolean;
  /** Where everything of this host is kept; absent: the host's own place for it. */
  dataFolder: string | null;
  /** Electron: start in the tray. */
  hidden: boolean;
  /** Headless: 0 takes any free port; absent: the fixed one. */
  port: number | null;
  /** To which a browser comes back from signing in; absent: the fixed one. The site's administrator registers its address. */
  oauthPort: number | null;
};

/** Unknown switches are let through: Chromium has many of its own. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      demo: { type: 'boolean' },
      'data-folder': { type: 'string' },
      hidden: { type: 'boolean' },
      port: { type: 'string' },
      'oauth-port': { type: 'string' },
    },
  });
  const { demo, hidden, port, 'data-folder': dataFolder, 'oauth-port': oauthPort } = values;
  return {
    demo: demo === true,
    dataFolder: typeof dataFolder === 'string' ? dataFolder : null,
    hidden: hidden === true,
    port: typeof port === 'string' ? portNumber('--port', port) : null,
    oauthPort: typeof oauthPort === 'string' ? portNumber('--oauth-port', oauthPort) : null,
  };
}

function portNumber(name: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new AppError('bad-parameters', `${name} takes a number from 0 to 65535, not "${text}".`);
}
