import type { Defect } from '../defect';

/** Promise 7: polite. */
export const polite: Defect[] = [
  {
    name: 'requests while offline',
    breaks: 'The server is asked though the person chose to work offline.',
    promise: 7,
    module: 'renderer/sync/connectivity.ts',
    text: `return this.state.kind === 'online';`,
    becomes: `return this.state.kind === 'online' || this.state.kind === 'chosen-offline';`,
  },
  {
    name: 'Retry-After ignored',
    breaks: 'The server asked for a pause and does not get it.',
    promise: 7,
    module: 'renderer/sync/watched-bridge.ts',
    text: 'watch.pause(error.details.retryAfter, error);',
    becomes: 'watch.pause(undefined, error);',
  },
  {
    name: 'more than 4 requests at once',
    breaks: 'A device that comes back floods the server.',
    promise: 7,
    module: 'electron/erp/request-slots.ts',
    text: 'const total = 4;',
    becomes: 'const total = 40;',
  },
];
