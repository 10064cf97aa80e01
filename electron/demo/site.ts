import type { DocPerm } from '@shared/erp/doctype';
import type { Doc, DocumentValues } from '@shared/erp/document';
import { createHash } from 'node:crypto';
import { failure } from './rest/answers';
import { createChangeFeed } from './engine/change-feed';
import { createClock } from './engine/clock';
import { basics, generateCompany, sizeFor } from './company/generate';
import { insert, remove, transition, update } from './engine/documents';
import { setSilently, type Context, type Engine } from './engine/engine';
import { FrappeError } from './engine/errors';
import { rename } from './engine/links';
import { createMetadata } from './engine/metadata';
import { demoPeople, rolesOf, type Person, type SecondFactor } from './company/people';
import { mayDocument, scope } from './engine/permissions';
import { createRandom } from './engine/random';
import { answer, refuseEarly } from './rest/routes';
import { rules } from './rules/doctypes';
import { markOverdue } from './rules/status';
import { oauthAnswer, openOAuth } from './rest/oauth';
import { sayDead, setCookies, whoAsks, type SignedIn } from './rest/sessions';
import { signInAnswer } from './rest/sign-in';
import { createStore } from './engine/store';

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

export function createDemoSite(options: DemoOptions = {}) {
  const clock = createClock(options.now ?? (() => Date.now()), options.timeZone ?? 'Europe/Berlin');
  const metadata = createMetadata();
  const people = new Map((options.people ?? demoPeople).map((person) => [person.name, { ...person }]));
  const [store, random] = [createStore(metadata), createRandom(options.seed ?? 1)];
  const engine: Engine = {
    metadata,
    store,
    clock,
    random,
    people,
    rules,
    disk: new Map(),
    passwords: new Map(),
    changes: createChangeFeed(),
    socketPort: 9000,
  };
  const setPermission = (doctype: string, permission: DocPerm): void =>
    metadata.change(doctype, (meta) => {
      const replaced = ({ role, permlevel = 0 }: DocPerm) => role === permission.role && permlevel === (permission.permlevel ?? 0);
      return { ...meta, permissions: [...meta.permissions.filter((one) => !replaced(one)), permission] };
    });
  const generated = options.company !== 'none';
  // A role of the demo's own, for whoever may look at everything and change nothing.
  for (const { name, istable } of generated ? metadata.all() : [])
    if (!istable) setPermission(name, { role: 'Reader', read: 1, report: 1, print: 1, email: 1 });
  basics(engine);
  if (generated) generateCompany(engine, sizeFor(options.scale ?? 400));
  const signedIn: SignedIn = { sessions: new Map(), waiting: new Map(), oauth: openOAuth() };
  let limit: (RateLimit & { used: number; ends: number }) | undefined;
  let maintenance = false;
  let day = clock.date();

  const contextOf = (user: string): Context => {
    const person = people.get(user);
    const own = user === 'Administrator' ? [user, ...store.all('Role').map(({ name }) => name)] : [];
    return { ...engine, user, roles: new Set(person === undefined ? ['Guest'] : [...own, ...rolesOf(person)]), messages: [] };
  };
  const opened = (rate: RateLimit) => ({ ...rate, used: 0, ends: clock.now() + rate.windowSeconds * 1000 });

  const respond = async (request: Request): Promise<Response> => {
    const early = refuseEarly(request);
    if (early !== undefined) return early;
    // Where nobody listens for sockets, the web server has no such page, and counts no request.
    if (new URL(request.url).pathname.startsWith('/socket.io')) return new Response('Not Found', { status: 404 });
    if (maintenance) throw new FrappeError('SessionStopped', '', { exception: 'frappe.exceptions.SessionStopped: Session Stopped' });
    if (limit !== undefined) {
      if (clock.now() >= limit.ends) limit = opened(limit);
      if (limit.used >= limit.limit) throw new FrappeError('TooManyRequestsError');
      limit.used += 1;
    }
    const today = clock.date();
    if (today !== day) markOverdue(engine, (day = today));
    const signing = (await signInAnswer(engine, signedIn, request)) ?? (await oauthAnswer(engine, signedIn, request));
    if (signing !== undefined) return signing;
    const { user, dead } = whoAsks(engine, signedIn, request);
    const response = await answer(contextOf(user), request);
    if (dead) return sayDead(response);
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
      const { headers, status } = response;
      if (limit !== undefined) {
        const reset = String(Math.max(0, Math.ceil((limit.ends - clock.now()) / 1000)));
        headers.set('X-RateLimit-Limit', String(limit.limit));
        headers.set('X-RateLimit-Remaining', String(Math.max(0, limit.limit - limit.used)));
        headers.set('X-RateLimit-Reset', reset);
        if (status === 429) headers.set('Retry-After', reset);
      }
      headers.set('date', new Date(clock.now()).toUTCString());
      return response;
    },
    /** Whole documents, child tables included, in the order of `modified`. */
    documents: (doctype: string): Doc[] => [...store.all(doctype)],
    document: store.get,
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
      const within =
        <Args extends unknown[], T>(work: (context: Context, ...args: Args) => T) =>
        (...args: Args): T =>
          store.transaction(() => work(contextOf(user), ...args));
      return {
        insert: within(insert),
        /** Overwrites unless the values hold a `modified`. */
        update: within(update),
        submit: within((context, doctype: string, name: string) => transition(context, doctype, name, 1)),
        cancel: within((context, doctype: string, name: string) => transition(context, doctype, name, 2)),
        delete: within(remove),
        rename: within(rename),
      };
    },
    get people(): readonly Person[] {
      return [...people.values()];
    },
    setRoles: (user: string, roles: string[]): void => void Object.assign(people.get(user) ?? {}, { roles }),
    /** Replaces what a role may do with a DocType; a right left out is taken away. */
    setPermission,
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
    /** Hears each change that somebody makes, once it is committed; answers what ends it. */
    onChange: engine.changes.on,
    /** Whose request headers these are, as REST takes them. Throws `FrappeError`. */
    whoAsks: (headers: Headers): string => whoAsks(engine, signedIn, new Request('http://demo/', { headers })).user,
    /** May this user read the DocType, or the document? */
    mayRead(user: string, doctype: string, name?: string): boolean {
      const context = contextOf(user);
      if (metadata.get(doctype) === undefined) return false;
      if (name === undefined) return scope(context, doctype, 'read') !== 'none';
      const doc = store.get(doctype, name);
      return doc !== undefined && mayDocument(context, doc, 'read');
    },
    endSessions: (): void => signedIn.sessions.clear(),
    /** Who is signed in by what: sessions, codes that are waited for, OAuth clients and tokens. */
    signedIn,
    setSecondFactor: (user: string, secondFactor: SecondFactor): void => void Object.assign(people.get(user) ?? {}, { secondFactor }),
    setRateLimit: (rate: RateLimit | undefined): void => void (limit = rate && opened(rate)),
    setMaintenance: (on: boolean): void => void (maintenance = on),
    clock,
    engine,
  };
}
