import type { Doc } from '@shared/erp/document';
import { isRecord } from '@shared/erp/envelope';
import type { DemoSite } from '../../electron/demo/site';
import type { Random } from '../../electron/demo/engine/random';
import type { Schedule } from '../support/faults';
import { withFaults } from '../support/faults';
import type { VirtualTime } from '../support/virtual-time';
import type { Conditions } from './conditions';
import { afterAnswer } from './habits';
import { checkAtDoor, checkUpload } from './door';
import { pickFault } from './line';
import { tokenIn } from './witness';
import type { Intent, Witness } from './witness';

export type Network = {
  fetch: (request: Request) => Promise<Response>;
  /** No more faults. */
  heal(): void;
  faults(): number;
  settled(): Promise<void>;
};

/** A bad line in front of the site, and a witness right at the server's door. */
export function badNetwork(world: {
  site: DemoSite;
  time: VirtualTime;
  random: Random;
  witness: Witness;
  conditions: Conditions;
  /** Somebody in the office acts. */
  office: () => void;
  tell: (line: string) => void;
}): Network {
  const { site, time, random, witness, conditions, tell } = world;
  let bad = true;
  const schedule: Schedule = (request) => {
    const fault = bad && random.chance(conditions.badness) ? pickFault(request, world) : undefined;
    const { method, url } = request;
    tell(`${method} ${decodeURIComponent(url).replace('https://demo.test', '')}${fault ? ` (${JSON.stringify(fault)})` : ''}`);
    return fault;
  };
  const answered = afterAnswer(site, time, random, conditions);
  const faulty = withFaults((request) => witnessed(site, request, witness, answered), schedule, { sleep: time.sleep });
  return {
    async fetch(request) {
      if (conditions.latencyMs > 0) await time.sleep(conditions.latencyMs);
      const answer = await faulty.fetch(request);
      const date = answer.headers.get('date');
      if (date !== null && conditions.dateSkewMs !== 0)
        answer.headers.set('date', new Date(Date.parse(date) + conditions.dateSkewMs).toUTCString());
      return answer;
    },
    heal: () => void (bad = false),
    faults: () => faulty.log.filter(({ fault }) => fault !== undefined).length,
    settled: () => faulty.settled(),
  };
}

/** Lets the request through to the site, and notes what it took, or overwrote. */
async function witnessed(site: DemoSite, request: Request, witness: Witness, answered: (saved: Doc) => void): Promise<Response> {
  if (request.method === 'GET') return site.fetch(request);
  const [, , , doctype, name] = new URL(request.url).pathname.split('/').map(decodeURIComponent);
  const text = await request.clone().text();
  const before = doctype === undefined || name === undefined ? undefined : structuredClone(site.document(doctype, name));
  if (request.url.includes('/upload_file')) checkUpload(site, text, witness);
  const response = await site.fetch(request);
  if (response.status >= 300) return response;
  const json = request.headers.get('content-type')?.includes('json') === true;
  checkAtDoor(site, request, before, json && text !== '' ? JSON.parse(text) : {}, witness);
  for (const token of new Set(text.match(/[a-z]+-t\d+x/g) ?? [])) {
    witness.arrived.add(token);
    const isCreate = request.method === 'POST' && request.url.includes('/api/resource/') && /^(customer|order)-/.test(token);
    if (isCreate && text.includes(`"${doctype === 'Customer' ? 'customer_name' : 'po_no'}":"${token}"`))
      witness.made(token, await nameIn(response.clone()));
  }
  if (request.method === 'DELETE' && before !== undefined) {
    witness.removed(before);
    witness.goes(before, site.clock.now());
  }
  if (/fb-new-/.test(text)) witness.violate(`a temporary name left the device: ${request.method} ${request.url}`);
  if (request.method === 'PUT' && before !== undefined) checkOverwrite(before, JSON.parse(text), witness);
  const saved = doctype === undefined ? undefined : site.document(doctype, name ?? (await nameIn(response.clone())));
  if (saved !== undefined) answered(saved);
  return response;
}

async function nameIn(response: Response): Promise<string> {
  const answer: unknown = await response.json();
  return isRecord(answer) && isRecord(answer['data']) ? String(answer['data']['name']) : '';
}

/** A value that replaces another may only replace the one that the person saw, or one that they chose against. */
function checkOverwrite(before: Doc, body: Record<string, unknown>, witness: Witness): void {
  for (const intent of witness.intents.filter(({ kind, fieldname }) => kind === 'field' && fieldname !== undefined)) {
    const { fieldname = '', token, seen } = intent;
    if (tokenIn(body[fieldname]) !== token) continue;
    const was = before[fieldname] ?? null;
    const now = tokenIn(was);
    const own = witness.intents.some((other) => other.token === now && other.device === intent.device);
    const seenThere = seenBefore(intent, witness).map(tokenIn).includes(now) || witness.decided.get(intent.device)?.has(now) === true;
    if (!seenThere && now !== token && !own) {
      witness.violate(
        `overwritten unseen: ${before.doctype}.${fieldname} was ${JSON.stringify(was)}, the person saw ${JSON.stringify(seen)}, and ${token} replaced it`,
      );
    }
  }
}

/** What stood there when the person first typed: their own unsent words are theirs to replace. */
function seenBefore(intent: Intent, witness: Witness): unknown[] {
  const seen = intent.seen ?? '';
  const earlier = witness.intents.find((other) => other.token === tokenIn(seen) && other.device === intent.device && other !== intent);
  return earlier === undefined ? [seen] : [seen, ...seenBefore(earlier, witness)];
}
