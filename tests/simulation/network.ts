import type { Doc } from '@shared/erp/document';
import type { DemoSite } from '../../electron/demo/site';
import type { Random } from '../../electron/demo/engine/random';
import type { Fault, Schedule } from '../support/faults';
import { withFaults } from '../support/faults';
import type { VirtualTime } from '../support/virtual-time';
import type { Intent, Witness } from './witness';

export type Network = {
  fetch: (request: Request) => Promise<Response>;
  /** No more faults. */
  heal(): void;
  faults(): number;
  settled(): Promise<void>;
};

/** A bad line in front of the site, and a witness right at the server's door. */
export function badNetwork(
  site: DemoSite,
  time: VirtualTime,
  random: Random,
  witness: Witness,
  share: number,
  office: () => void,
  tell: (line: string) => void,
): Network {
  let bad = true;
  const pick = (): Fault => {
    switch (random.int(0, 11)) {
      case 0:
        return { kind: 'offline' };
      case 1:
      case 2:
        return { kind: 'drop-request' };
      case 3:
      case 4:
      case 5:
        return { kind: 'drop-answer' };
      case 6:
        return { kind: 'commit-late', ms: random.int(1_000, 120_000) };
      case 7:
        return random.chance(0.5) ? { kind: 'rate-limited', retryAfter: random.int(1, 90) } : { kind: 'maintenance' };
      case 8:
        return { kind: 'bad-gateway', arrived: random.chance(0.5) };
      case 9:
        return random.chance(0.5) ? { kind: 'server-error', excType: 'QueryDeadlockError' } : { kind: 'login-page' };
      case 10:
        return { kind: 'half-json' };
      default:
        return random.chance(0.5) ? { kind: 'meanwhile', before: office } : { kind: 'meanwhile', after: office };
    }
  };
  const schedule: Schedule = ({ method, url }) => {
    const fault = bad && random.chance(share) ? pick() : undefined;
    tell(`${method} ${decodeURIComponent(url).replace('https://demo.test', '')}${fault ? ` (${JSON.stringify(fault)})` : ''}`);
    return fault;
  };
  const faulty = withFaults((request) => witnessed(site, request, witness), schedule, { sleep: time.sleep });
  return {
    fetch: faulty.fetch,
    heal: () => void (bad = false),
    faults: () => faulty.log.filter(({ fault }) => fault !== undefined).length,
    settled: () => faulty.settled(),
  };
}

/** Lets the request through to the site, and notes what it took, or overwrote. */
async function witnessed(site: DemoSite, request: Request, witness: Witness): Promise<Response> {
  if (request.method === 'GET') return site.fetch(request);
  const [, , , doctype, name] = new URL(request.url).pathname.split('/').map(decodeURIComponent);
  const text = await request.clone().text();
  const before = doctype === undefined || name === undefined ? undefined : structuredClone(site.document(doctype, name));
  const response = await site.fetch(request);
  if (response.status >= 300) return response;
  for (const token of new Set(text.match(/[a-z]+-t\d+x/g) ?? [])) {
    witness.arrived.add(token);
    const isCreate = request.method === 'POST' && request.url.includes('/api/resource/') && /^(customer|order)-/.test(token);
    if (isCreate && text.includes(`"${doctype === 'Customer' ? 'customer_name' : 'po_no'}":"${token}"`))
      witness.created.set(token, (witness.created.get(token) ?? 0) + 1);
  }
  if (request.method === 'DELETE' && before !== undefined) witness.removed(before);
  if (/fb-new-/.test(text)) witness.violate(`a temporary name left the device: ${request.method} ${request.url}`);
  if (request.method === 'PUT' && before !== undefined) checkOverwrite(before, JSON.parse(text), witness);
  return response;
}

/** A value that replaces another may only replace the one that the person saw, or one that they chose against. */
function checkOverwrite(before: Doc, body: Record<string, unknown>, witness: Witness): void {
  for (const intent of witness.intents.filter(({ kind, fieldname }) => kind === 'field' && fieldname !== undefined)) {
    const { fieldname = '', token, seen } = intent;
    if (body[fieldname] !== token) continue;
    const was = before[fieldname] ?? null;
    const own = witness.intents.some((other) => other.token === was && other.device === intent.device);
    if (!seenBefore(intent, witness).includes(was ?? '') && was !== token && !own) {
      witness.violate(
        `overwritten unseen: ${before.doctype}.${fieldname} was ${JSON.stringify(was)}, the person saw ${JSON.stringify(seen)}, and ${token} replaced it`,
      );
    }
  }
}

/** What stood there when the person first typed: their own unsent words are theirs to replace. */
function seenBefore(intent: Intent, witness: Witness): unknown[] {
  const seen = intent.seen ?? '';
  const earlier = witness.intents.find((other) => other.token === seen && other.device === intent.device && other !== intent);
  return earlier === undefined ? [seen] : [seen, ...seenBefore(earlier, witness)];
}
