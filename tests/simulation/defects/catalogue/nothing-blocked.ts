import type { Defect } from '../defect';

/** Promise 4: one bad record never blocks the rest. */
export const nothingBlocked: Defect[] = [
  {
    name: 'a refusal is tried for ever',
    breaks: 'What the server refuses is queued again instead of being shown to a person.',
    promise: 4,
    module: 'shared/sync/triage.ts',
    text: 'return parkable(error.code);',
    becomes: `return parkable(error.code) === 'park' ? 'again' : 'park';`,
  },
  {
    name: 'a refusal pauses the whole queue',
    breaks: 'One refused record stops all others.',
    promise: 4,
    module: 'renderer/sync/watched-bridge.ts',
    text: `error.code === 'rate-limited' || error.code === 'busy')`,
    becomes: `error.code === 'rate-limited' || error.code === 'busy' || error.code === 'refused')`,
  },
  {
    name: 'a parked entry holds up every document',
    breaks: 'What waits for a person on one document blocks the writes to all.',
    promise: 4,
    module: 'shared/sync/dependencies.ts',
    text: `    const earlier = before.get(documentOf(entry)) ?? { unsent: false, parkedWrite: false };`,
    becomes: `    const earlier = { unsent: false, parkedWrite: [...before.values()].some((other) => other.parkedWrite), ...before.get(documentOf(entry)) };`,
  },
  {
    name: 'a deadlock is parked',
    breaks: 'What would pass at the next try is laid before a person.',
    promise: 4,
    module: 'shared/sync/triage.ts',
    text: `    case 'try-again':
`,
    becomes: `    case 'try-again':
      return 'park';
`,
  },
];
