import type { Server as HttpServer } from 'node:http';
import { Server, type Namespace, type Socket } from 'socket.io';
import type { SiteChange } from '../engine/change-feed';
import { FrappeError } from '../engine/errors';
import { text } from '../engine/values';
import type { PushSite } from './push-site';

/** Rooms as Frappe's realtime service calls them (read in its `realtime/handlers`). */
const doctypeRoom = (doctype: string): string => `doctype:${doctype}`;
const docRoom = (doctype: string, name: string): string => `doc:${doctype}/${name}`;
const openRoom = (doctype: string, name: string): string => `open_doc:${doctype}/${name}`;

/** A person's connection: who it is, and the documents that they have open. */
type Person = { user: string; open: Set<string> };

/** `count`: connections that stand. */
export type DemoSocket = { count(): number; close(): Promise<void> };

/** The site's realtime service on an HTTP server: a hint for each change, and who has a document open. */
export function pushBySocket(server: HttpServer, site: PushSite): DemoSocket {
  const io = new Server(server, { cors: { origin: true, credentials: true }, cleanupEmptyChildNamespaces: true, serveClient: false });
  const sites = io.of(/^\/.*$/);
  const people = new WeakMap<Socket, Person>();
  const namespaces = new Map<string, Namespace>();

  sites.use((socket, next) => {
    const refused = refusal(socket);
    if (refused !== null) return next(new Error(refused));
    try {
      people.set(socket, { user: whoConnects(site, socket), open: new Set() });
      next();
    } catch (error) {
      next(new Error(`Unauthorized: ${error instanceof FrappeError ? error.excType : String(error)}`));
    }
  });
  sites.on('connection', (socket: Socket) => {
    const person = people.get(socket);
    namespaces.set(socket.nsp.name, socket.nsp);
    if (person !== undefined) serve(site, socket, person);
  });
  const stop = site.onChange((change) => {
    // Every namespace is the same site: it is asked for by the name that the site is reached at.
    for (const namespace of namespaces.values()) publish(namespace, change);
  });
  return {
    count: () => [...namespaces.values()].reduce((sum, { sockets }) => sum + sockets.size, 0),
    async close() {
      stop();
      await io.close();
    },
  };
}

/** Why a handshake is refused; null for one that is not. */
function refusal(socket: Socket): string | null {
  const { host, origin, cookie, authorization } = socket.request.headers;
  if (socket.nsp.name.slice(1) !== hostname(origin ?? host)) return 'Invalid namespace';
  if (hostname(host) !== hostname(origin)) return 'Invalid origin';
  if (!cookie) return 'No cookie transmitted.';
  if (!/(?:^|;\s*)sid=/.test(cookie) && !authorization) return 'No authentication method used. Use cookie or authorization header.';
  return null;
}

const hostname = (url: string | undefined): string | undefined => url?.replace(/^\w+:\/\//, '').replace(/[:/].*$/, '');

function whoConnects(site: PushSite, socket: Socket): string {
  const { authorization, cookie } = socket.request.headers;
  const headers = new Headers(authorization === undefined ? { cookie: cookie ?? '' } : { authorization });
  const user = site.whoAsks(headers);
  if (user === 'Guest') throw new FrappeError('AuthenticationError');
  return user;
}

/** Answers the subscriptions of one connection; without the permission to read nothing is said. */
function serve(site: PushSite, socket: Socket, person: Person): void {
  const on = (event: string, needsName: boolean, act: (doctype: string, name: string) => void): void => {
    socket.on(event, (doctype: unknown, name: unknown) => {
      if (typeof doctype !== 'string' || (needsName && typeof name !== 'string')) return;
      act(doctype, typeof name === 'string' ? name : '');
    });
  };
  const permitted = (room: (doctype: string, name: string) => string, whole: boolean) => (doctype: string, name: string) => {
    if (site.mayRead(person.user, doctype, whole ? undefined : name)) void socket.join(room(doctype, name));
  };
  on('doctype_subscribe', false, permitted(doctypeRoom, true));
  on('doctype_unsubscribe', false, (doctype) => void socket.leave(doctypeRoom(doctype)));
  on('doc_subscribe', true, permitted(docRoom, false));
  on('doc_unsubscribe', true, (doctype, name) => void socket.leave(docRoom(doctype, name)));
  on('doc_open', true, (doctype, name) => {
    if (!site.mayRead(person.user, doctype, name)) return;
    void socket.join(openRoom(doctype, name));
    person.open.add(JSON.stringify([doctype, name]));
    tellViewers(socket, person, doctype, name);
  });
  on('doc_close', true, (doctype, name) => {
    void socket.leave(openRoom(doctype, name));
    person.open.delete(JSON.stringify([doctype, name]));
    tellViewers(socket, person, doctype, name);
  });
  socket.data = person;
  socket.on('disconnect', () => {
    for (const document of person.open) {
      // Written just above.
      const [doctype, name] = JSON.parse(document) as [string, string];
      tellViewers(socket, person, doctype, name);
    }
  });
}

/** Who has the document open, told to all who have; not to somebody who is alone with it. */
function tellViewers(socket: Socket, person: Person, doctype: string, name: string): void {
  const room = socket.nsp.adapter.rooms.get(openRoom(doctype, name)) ?? new Set();
  const users = [...socket.nsp.sockets.values()].filter(({ id }) => room.has(id)).map(({ data }) => userOf(data));
  if (users.length === 1 && users[0] === person.user) return;
  socket.nsp.to(openRoom(doctype, name)).emit('doc_viewers', { doctype, docname: name, users: [...new Set(users)] });
}

/** `data` is the `Person` that the connection was made with. */
const userOf = (data: unknown): string => (data as Person).user;

function publish(namespace: Namespace, { doc, user }: SiteChange): void {
  const { doctype, name } = doc;
  namespace.to(docRoom(doctype, name)).emit('doc_update', { doctype, name, modified: text(doc, 'modified') });
  namespace.to(doctypeRoom(doctype)).emit('list_update', { doctype, name, user });
}
