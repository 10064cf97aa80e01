import type { DocPerm } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { createHash } from 'node:crypto';
import { basics, generateCompany, sizeFor } from './company/generate';
import { failure, json } from './answers';
import { record, string } from './arguments';
import { createClock } from './clock';
import { insert, remove, transition, update, type Body } from './documents';
import { setSilently, type Context, type Engine } from './engine';
import { FrappeError } from './errors';
import { rename } from './links';
import { createMetadata } from './metadata';
import { demoPeople, rolesOf, type Person } from './people';
import { createRandom } from './random';
import { answer, refuseEarly } from './routes';
import { rules } from './rules/doctypes';
import { statusOf } from './rules/status';
import { cookies, signIn, whoAsks, type Sessions } from './sessions';
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

/** Acts as one user without HTTP; refusals are thrown as `FrappeError`. */
export type Actor = {
  insert(doctype: string, values: Body): Doc;
  /** Overwrites unless the values hold a `modified`. */
  update(doctype: string, name: string, values: Body): Doc;
  submit(doctype: string, name: string): Doc;
  cancel(doctype: string, name: string): Doc;
  delete(doctype: string, name: string): void;
  rename(doctype: string, from: string, to: string): string;
};

export type RateLimit = { limit: number; windowSeconds: number };

/** An ERPNext in memory. `fetch` is all that a client sees; the rest is for tests, which look behind it. */
export type DemoSite = {
  fetch(request: Request): Promise<Response>;
  /** Whole documents, child tables included, in the order of `modified`. */
  documents(doctype: string): Doc[];
  document(doctype: string, name: string): Doc | undefined;
  files(): StoredFile[];
  /** Comments that people wrote on a document, oldest first. */
  comments(doctype: string, name: string): Doc[];
  as(user: string): Actor;
  people: readonly Person[];
  addUser(person: Partial<Person> & { name: string }): Person;
  setRoles(user: string, roles: string[]): void;
  /** Replaces what a role may do with a DocType; a right left out is taken away. */
  setPermission(doctype: string, permission: DocPerm): void;
  /** Writes values without touching `modified`, as some server code does. */
  setSilently(doctype: string, name: string, values: Doc): void;
  /** Puts whole documents in as they are, numbering series on from them. */
  load(docs: Doc[]): void;
  /** Ends every password session. */
  endSessions(): void;
  setRateLimit(limit: RateLimit | undefined): void;
  setMaintenance(on: boolean): void;
  readonly clock: Engine['clock'];
  readonly engine: Engine;
};

const administrator = 'Administrator';

export function createDemoSite(options: DemoOptions = {}): DemoSite {
  const clock = createClock(options.now ?? (() => Date.now()), options.timeZone ?? 'Europe/Berlin');
  const metadata = createMetadata();
  const people = new Map((options.people ?? demoPeople).map((person) => [person.name, { ...person }]));
  const [store, random] = [createStore(metadata), createRandom(options.seed ?? 1)];
  const engine: Engine = { metadata, store, clock, random, people, rules, disk: new Map() };
  // A role of the demo's own, for whoever may look at everything and change nothing.
  if (options.company !== 'none')
    for (const { name, istable } of [...metadata.all()])
      if (!istable) metadata.addPermission(name, { role: 'Reader', read: 1, report: 1, print: 1, email: 1 });
  basics(engine);
  if (options.company !== 'none') generateCompany(engine, sizeFor(options.scale ?? 400));
  const sessions: Sessions = new Map();
  let limit: (RateLimit & { used: number; ends: number }) | undefined;
  let maintenance = false;
  let day = clock.date();

  const rolesFor = (user: string): Set<string> => {
    const person = people.get(user);
    if (user === administrator)
      return new Set(['Administrator', 'All', 'Guest', 'Desk User', ...engine.store.all('Role').map(({ name }) => name)]);
    return new Set(person === undefined ? ['Guest'] : rolesOf(person));
  };
  const contextOf = (user: string): Context => ({ ...engine, user, roles: rolesFor(user), messages: [] });

  /** Once a day the server marks what fell due, without touching `modified`. */
  const daily = (): void => {
    const today = clock.date();
    if (today === day) return;
    day = today;
    for (const doctype of ['Sales Invoice', 'Purchase Invoice'])
      for (const doc of [...engine.store.all(doctype)])
        if (doc.docstatus === 1 && (doc['status'] === 'Unpaid' || doc['status'] === 'Partly Paid') && statusOf(doc, today) === 'Overdue')
          setSilently(engine, doc, { status: 'Overdue' });
  };

  const limitHeaders = (): [string, string][] => {
    if (limit === undefined) return [];
    const reset = String(Math.max(0, Math.ceil((limit.ends - clock.now()) / 1000)));
    return [
      ['X-RateLimit-Limit', String(limit.limit)],
      ['X-RateLimit-Remaining', String(Math.max(0, limit.limit - limit.used))],
      ['X-RateLimit-Reset', reset],
    ];
  };

  const signInAnswer = async (request: Request): Promise<Response> => {
    const source = await request.text();
    const isJson = source.trimStart().startsWith('{');
    const given = isJson ? record(source) : Object.fromEntries(new URLSearchParams(source));
    const person = signIn(engine, string(given['usr']), string(given['pwd']));
    const sid = engine.random.hash(40);
    sessions.set(sid, person.name);
    const response = json(200, { message: 'Logged In', home_page: '/app/home', full_name: person.fullName });
    for (const cookie of cookies(sid, person)) response.headers.append('set-cookie', cookie);
    return response;
  };

  const respond = async (request: Request): Promise<Response> => {
    const early = refuseEarly(request);
    if (early !== undefined) return early;
    if (maintenance) throw new FrappeError(503, 'SessionStopped', { exception: 'frappe.exceptions.SessionStopped: Session Stopped' });
    if (limit !== undefined) {
      if (clock.now() >= limit.ends) limit = { ...limit, used: 0, ends: clock.now() + limit.windowSeconds * 1000 };
      if (limit.used >= limit.limit)
        throw new FrappeError(429, 'TooManyRequestsError', { exception: 'frappe.exceptions.TooManyRequestsError' });
      limit.used += 1;
    }
    daily();
    const path = new URL(request.url).pathname;
    if (path === '/api/method/login') return signInAnswer(request);
    const user = whoAsks(engine, sessions, request);
    if (path === '/api/method/logout') {
      for (const [sid] of [...sessions].filter(([sid]) => (request.headers.get('cookie') ?? '').includes(sid))) sessions.delete(sid);
      return json(200, {});
    }
    const response = await answer(contextOf(user), request);
    // An answer to a token signs the browser out of whatever session it had: its cookies say Guest.
    if (request.headers.has('authorization'))
      for (const cookie of cookies('Guest', undefined)) response.headers.append('set-cookie', cookie);
    return response;
  };

  const actor = (user: string): Actor => {
    const within = <T>(work: (context: Context) => T): T => engine.store.transaction(() => work(contextOf(user)));
    return {
      insert: (doctype, values) => within((context) => insert(context, doctype, values)),
      update: (doctype, name, values) => within((context) => update(context, doctype, name, values)),
      submit: (doctype, name) => within((context) => transition(context, doctype, name, 1)),
      cancel: (doctype, name) => within((context) => transition(context, doctype, name, 2)),
      delete: (doctype, name) => within((context) => remove(context, doctype, name)),
      rename: (doctype, from, to) => within((context) => rename(context, doctype, from, to)),
    };
  };

  const site: DemoSite = {
    async fetch(request) {
      let response: Response;
      try {
        response = await respond(request);
      } catch (error) {
        if (!(error instanceof FrappeError)) throw error;
        response = failure(error, []);
      }
      for (const [name, value] of limitHeaders()) response.headers.set(name, value);
      if (response.status === 429) response.headers.set('Retry-After', response.headers.get('X-RateLimit-Reset') ?? '60');
      response.headers.set('date', new Date(clock.now()).toUTCString());
      return response;
    },
    documents: (doctype) => [...engine.store.all(doctype)],
    document: (doctype, name) => engine.store.get(doctype, name),
    files: () =>
      engine.store.all('File').map((doc) => {
        const bytes = engine.disk.get(String(doc['file_url'])) ?? new Uint8Array();
        return { doc, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
      }),
    comments: (doctype, name) =>
      engine.store
        .by('Comment', 'reference_name', name)
        .filter((comment) => comment['reference_doctype'] === doctype && comment['comment_type'] === 'Comment'),
    as: actor,
    get people() {
      return [...people.values()];
    },
    addUser(person) {
      const key = engine.random.hash(15);
      const full: Person = { fullName: person.name, password: key, apiKey: key, apiSecret: engine.random.hash(15), roles: [], ...person };
      people.set(full.name, full);
      site.load([{ doctype: 'User', name: full.name, email: full.name, full_name: full.fullName, enabled: 1, modified: clock.stamp() }]);
      return full;
    },
    setRoles(user, roles) {
      const person = people.get(user);
      if (person !== undefined) person.roles = roles;
    },
    setPermission: (doctype, permission) => metadata.addPermission(doctype, permission),
    setSilently(doctype, name, values) {
      const doc = engine.store.get(doctype, name);
      if (doc !== undefined) setSilently(engine, doc, values);
    },
    load(docs) {
      for (const doc of docs) {
        engine.store.put(doc);
        const numbered = /^(.+?)(\d{5,})$/.exec(doc.name);
        const [, prefix = '', digits = ''] = numbered ?? [];
        if (numbered !== null) engine.store.setSeries(prefix, Math.max(Number(digits), engine.store.seriesAt(prefix)));
      }
    },
    endSessions: () => sessions.clear(),
    setRateLimit: (rate) =>
      void (limit = rate === undefined ? undefined : { ...rate, used: 0, ends: clock.now() + rate.windowSeconds * 1000 }),
    setMaintenance: (on) => void (maintenance = on),
    clock,
    engine,
  };
  return site;
}
