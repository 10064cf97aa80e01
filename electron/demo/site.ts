import type { DocPerm } from '@shared/erp/doctype';
import type { Doc, DocumentValues } from '@shared/erp/document';
import { createHash } from 'node:crypto';
import { failure, json } from './answers';
import { readBody, string, type Body } from './carried';
import { createClock } from './clock';
import { basics, generateCompany, sizeFor } from './company/generate';
import { insert, remove, transition, update } from './documents';
import { setSilently, type Context, type Engine } from './engine';
import { FrappeError } from './errors';
import { rename } from './links';
import { createMetadata } from './metadata';
import { demoPeople, rolesOf, type Person } from './people';
import { createRandom } from './random';
import { answer, refuseEarly } from './routes';
import { rules } from './rules/doctypes';
import { statusOf } from './rules/status';
import { setCookies, signIn, whoAsks, type Sessions } from './sessions';
import { createStore } from './store';

export type DemoOptions = {
  /** Milliseconds since the epoch; the site has no other clock. */
  now?: () => number;
  /** The same seed gives the same company, names and keys. */
  seed?: number;
  /** How many Sales Orders to make, the rest of the company in proportion. */
  scale?: number;
  company?: 'generated' | 'none';
  /** An IANA name. */
  timeZone?: string;
  people?: Person[];
};

/** A file on the site's disk. */
export type StoredFile = { doc: Doc; bytes: Uint8Array; sha256: string };

export type RateLimit = { limit: number; windowSeconds: number };

/** An ERPNext in memory. `fetch` is all that a client sees; the rest is for tests, which look behind it. */
export type DemoSite = ReturnType<typeof createDemoSite>;

/** Once a day the server marks what fell due, without touching `modified`. */
function markOverdue(engine: Engine, today: string): void {
  for (const doc of [...engine.store.all('Sales Invoice'), ...engine.store.all('Purchase Invoice')])
    if (doc.docstatus === 1 && ['Unpaid', 'Partly Paid'].includes(String(doc['status'])) && statusOf(doc, today) === 'Overdue')
      setSilently(engine, doc, { status: 'Overdue' });
}

export function createDemoSite(options: DemoOptions = {}) {
  const clock = createClock(options.now ?? (() => Date.now()), options.timeZone ?? 'Europe/Berlin');
  const metadata = createMetadata();
  const people = new Map((options.people ?? demoPeople).map((person) => [person.name, { ...person }]));
  const [store, random] = [createStore(metadata), createRandom(options.seed ?? 1)];
  const engine: Engine = { metadata, store, clock, random, people, rules, disk: new Map() };
  const allow = (doctype: string, permission: DocPerm): void =>
    metadata.change(doctype, (meta) => {
      const others = meta.permissions.filter(
        ({ role, permlevel = 0 }) => role !== permission.role || permlevel !== (permission.permlevel ?? 0),
      );
      return { ...meta, permissions: [...others, permission] };
    });
  // A role of the demo's own, for whoever may look at everything and change nothing.
  if (options.company !== 'none')
    for (const { name, istable } of metadata.all()) if (!istable) allow(name, { role: 'Reader', read: 1, report: 1, print: 1, email: 1 });
  basics(engine);
  if (options.company !== 'none') generateCompany(engine, sizeFor(options.scale ?? 400));
  const sessions: Sessions = new Map();
  let limit: (RateLimit & { used: number; ends: number }) | undefined;
  let maintenance = false;
  let day = clock.date();

  const contextOf = (user: string): Context => {
    const person = people.get(user);
    const own = user === 'Administrator' ? [user, ...store.all('Role').map(({ name }) => name)] : [];
    const roles = new Set(person === undefined ? ['Guest'] : [...own, ...rolesOf(person)]);
    return { ...engine, user, roles, messages: [] };
  };
  const opened = (rate: RateLimit) => ({ ...rate, used: 0, ends: clock.now() + rate.windowSeconds * 1000 });

  const respond = async (request: Request): Promise<Response> => {
    const early = refuseEarly(request);
    if (early !== undefined) return early;
    if (maintenance) throw new FrappeError('SessionStopped', '', { exception: 'frappe.exceptions.SessionStopped: Session Stopped' });
    if (limit !== undefined) {
      if (clock.now() >= limit.ends) limit = opened(limit);
      if (limit.used >= limit.limit) throw new FrappeError('TooManyRequestsError');
      limit.used += 1;
    }
    const today = clock.date();
    if (today !== day) markOverdue(engine, (day = today));
    const path = new URL(request.url).pathname;
    if (path === '/api/method/login') {
      const carried = await readBody(request);
      const { usr, pwd } = carried === 'too large' ? {} : carried.values;
      const person = signIn(engine, string(usr), string(pwd));
      const sid = random.hash(40);
      sessions.set(sid, person.name);
      const response = json(200, { message: 'Logged In', home_page: '/app/home', full_name: person.fullName });
      setCookies(response, sid, person);
      return response;
    }
    const user = whoAsks(engine, sessions, request);
    const response = await answer(contextOf(user), request);
    // An answer to a token signs the browser out of whatever session it had: its cookies say Guest.
    if (request.headers.has('authorization')) setCookies(response, 'Guest', undefined);
    return response;
  };

  return {
    async fetch(request: Request): Promise<Response> {
      const response = await respond(request).catch((error: unknown) => {
        if (error instanceof FrappeError) return failure(error, []);
        throw error;
      });
      if (limit !== undefined) {
        const reset = String(Math.max(0, Math.ceil((limit.ends - clock.now()) / 1000)));
        response.headers.set('X-RateLimit-Limit', String(limit.limit));
        response.headers.set('X-RateLimit-Remaining', String(Math.max(0, limit.limit - limit.used)));
        response.headers.set('X-RateLimit-Reset', reset);
        if (response.status === 429) response.headers.set('Retry-After', reset);
      }
      response.headers.set('date', new Date(clock.now()).toUTCString());
      return response;
    },
    /** Whole documents, child tables included, in the order of `modified`. */
    documents: (doctype: string): Doc[] => [...store.all(doctype)],
    document: (doctype: string, name: string): Doc | undefined => store.get(doctype, name),
    files: (): StoredFile[] =>
      store.all('File').map((doc) => {
        const bytes = engine.disk.get(String(doc['file_url'])) ?? new Uint8Array();
        return { doc, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
      }),
    /** Comments that people wrote on a document, oldest first. */
    comments: (doctype: string, name: string): Doc[] =>
      store
        .by('Comment', 'reference_name', name)
        .filter((comment) => comment['reference_doctype'] === doctype && comment['comment_type'] === 'Comment'),
    /** Acts as one user without HTTP; refusals are thrown as `FrappeError`. */
    as(user: string) {
      const within = <T>(work: (context: Context) => T): T => store.transaction(() => work(contextOf(user)));
      return {
        insert: (doctype: string, values: Body): Doc => within((context) => insert(context, doctype, values)),
        /** Overwrites unless the values hold a `modified`. */
        update: (doctype: string, name: string, values: Body): Doc => within((context) => update(context, doctype, name, values)),
        submit: (doctype: string, name: string): Doc => within((context) => transition(context, doctype, name, 1)),
        cancel: (doctype: string, name: string): Doc => within((context) => transition(context, doctype, name, 2)),
        delete: (doctype: string, name: string) => within((context) => remove(context, doctype, name)),
        rename: (doctype: string, from: string, to: string): string => within((context) => rename(context, doctype, from, to)),
      };
    },
    get people(): readonly Person[] {
      return [...people.values()];
    },
    setRoles(user: string, roles: string[]): void {
      const person = people.get(user);
      if (person !== undefined) person.roles = roles;
    },
    /** Replaces what a role may do with a DocType; a right left out is taken away. */
    setPermission: allow,
    /** Writes values without touching `modified`, as some server code does. */
    setSilently(doctype: string, name: string, values: DocumentValues): void {
      const doc = store.get(doctype, name);
      if (doc !== undefined) setSilently(engine, doc, values);
    },
    /** Puts whole documents in as they are, numbering series on from them. */
    load(docs: Doc[]): void {
      for (const doc of docs) {
        store.put(doc);
        const [, prefix, digits] = /^(.+?)(\d{5,})$/.exec(doc.name) ?? [];
        if (prefix !== undefined) store.setSeries(prefix, Math.max(Number(digits), store.seriesAt(prefix)));
      }
    },
    /** Ends every password session. */
    endSessions: (): void => sessions.clear(),
    setRateLimit: (rate: RateLimit | undefined): void => void (limit = rate && opened(rate)),
    setMaintenance: (on: boolean): void => void (maintenance = on),
    clock,
    engine,
  };
}
