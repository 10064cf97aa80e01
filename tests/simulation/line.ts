import type { Random } from '../../electron/demo/engine/random';
import type { Fault } from '../support/faults';
import type { Conditions } from './conditions';
import { pickWeighed } from './weighed';

type Line = { random: Random; conditions: Conditions; office: () => void };

type Kind = { name: string; often?: number; oftenForWrites?: number; fault: (line: Line, request: Request) => Fault };

const half = (random: Random): boolean => random.chance(0.5);

const kinds: Kind[] = [
  { name: 'offline', fault: () => ({ kind: 'offline' }) },
  { name: 'request lost', often: 2, fault: () => ({ kind: 'drop-request' }) },
  { name: 'answer lost', often: 3, fault: () => ({ kind: 'drop-answer' }) },
  { name: 'commits late', oftenForWrites: 3, fault: ({ random }) => ({ kind: 'commit-late', ms: random.int(1_000, 120_000) }) },
  {
    name: 'pause',
    fault: ({ random }) => (half(random) ? { kind: 'rate-limited', retryAfter: random.int(1, 90) } : { kind: 'maintenance' }),
  },
  { name: 'proxy', fault: ({ random }) => ({ kind: 'bad-gateway', arrived: half(random) }) },
  {
    name: 'deadlock or portal',
    fault: ({ random }) => (half(random) ? { kind: 'server-error', excType: 'QueryDeadlockError' } : { kind: 'login-page' }),
  },
  { name: 'half an answer', fault: ({ random }) => (random.chance(0.7) ? { kind: 'half-json' } : { kind: 'unauthorized' }) },
  // Slow answers overtake each other.
  { name: 'slow', often: 2, fault: ({ random }) => ({ kind: 'delay', ms: random.int(100, 40_000) }) },
  { name: 'twice', fault: comesTwice },
  {
    name: 'meanwhile',
    often: 2,
    fault: ({ random, office }) => ({ kind: 'meanwhile', ...(half(random) ? { before: office } : { after: office }) }),
  },
];

export const faultNames: readonly string[] = kinds.map(({ name }) => name);

/** What befalls a request. */
export function pickFault(request: Request, line: Line): Fault {
  const { random, conditions } = line;
  const possible = kinds.filter(({ name }) => conditions.faults.includes(name));
  const writes = request.method !== 'GET';
  return pickWeighed(random, possible, ({ often, oftenForWrites }) => (writes ? (oftenForWrites ?? often) : often)).fault(line, request);
}

/** No client can keep a proxy from sending a POST twice; with a unique field the server itself refuses the second create. */
function comesTwice({ random, conditions: { unique } }: Line, { method, url }: Request): Fault {
  const mayComeTwice = method !== 'POST' || (unique && /\/api\/resource\/(Customer|Sales%20Order)$/.test(url));
  return mayComeTwice ? { kind: 'twice', answer: half(random) ? 'first' : 'second' } : { kind: 'drop-answer' };
}
