import { createHash } from 'node:crypto';
import type { ServedDemo, ServeOptions } from '../../electron/demo/rest/serve';
import type { DemoSite } from '../../electron/demo/site';
import type { Person } from '../../electron/demo/company/people';
import { loadDemo } from '../support/demo-server';
import type { Held, HeldFile } from './verdict';

/** The company's server, seen from behind: what it holds is read here without going through HTTP or the app. */
export class Office {
  readonly site: DemoSite;
  readonly url: string;
  #served: ServedDemo | null;
  readonly #serve: (port: number) => Promise<ServedDemo>;

  private constructor(site: DemoSite, served: ServedDemo, serve: (port: number) => Promise<ServedDemo>) {
    this.site = site;
    this.url = served.url;
    this.#served = served;
    this.#serve = serve;
  }

  static async open(
    /** `push`: it tells of changes by itself: by webhooks, and by socket.io where that says. */
    options: { scale?: number | undefined; fetch?: (site: DemoSite) => DemoSite['fetch']; push?: ServeOptions['socket'] } = {},
  ): Promise<Office> {
    const { createDemoSite, serveDemo } = loadDemo();
    const site = createDemoSite({ seed: 7, ...(options.scale === undefined ? {} : { scale: options.scale }) });
    const answer = { fetch: options.fetch?.(site) ?? site.fetch };
    const pushing = options.push === undefined ? {} : { push: site, socket: options.push };
    const serve = (port: number): Promise<ServedDemo> => serveDemo(answer, { port, ...pushing });
    return new Office(site, await serve(0), serve);
  }

  person(name: string): Person {
    const person = this.site.people.find((each) => each.name === name);
    if (!person) throw new Error(`Nobody is called ${name} at the demo site.`);
    return person;
  }

  /** Realtime connections of devices that stand. */
  get sockets(): number {
    return this.#served?.sockets() ?? 0;
  }

  /** Nobody listens at the address any more: the network is gone. */
  async cut(): Promise<void> {
    await this.#served?.close();
    this.#served = null;
  }

  /** The same address answers again. */
  async restore(): Promise<void> {
    this.#served ??= await this.#serve(Number(new URL(this.url).port));
  }

  close(): Promise<void> {
    return this.cut();
  }

  /** Everything that the server holds now, but for the logs that it writes by itself. */
  hold(): Held {
    const { site } = this;
    const doctypes = site.engine.metadata.all().filter(({ name, istable }) => !istable && name !== 'File' && name !== 'Version');
    const documents = doctypes.flatMap(({ name }) => site.documents(name));
    return {
      documents: documents.filter(({ doctype, comment_type: type }) => doctype !== 'Comment' || type === 'Comment'),
      files: this.#files(),
    };
  }

  /** Does the server itself set this field in a save? `path` is a field, or one of a row as `items.0.amount`. */
  computed(doctype: string, path: string): boolean {
    const { metadata } = this.site.engine;
    const [table = '', , cell] = path.split('.');
    const meta = metadata.get(doctype);
    const own = cell === undefined ? meta : metadata.get(meta?.byName.get(table)?.options ?? '');
    const fieldname = cell ?? table;
    // What is paid when follows from the total, though people may change it.
    return ['modified', 'modified_by'].includes(fieldname) || table === 'payment_schedule' || own?.byName.get(fieldname)?.read_only === 1;
  }

  /** Files on a document, by the server's own list. */
  filesOn(doctype: string, name: string): HeldFile[] {
    return this.#files().filter((file) => file.doctype === doctype && file.on === name);
  }

  #files(): HeldFile[] {
    return this.site.files().map(({ doc, sha256 }) => ({
      doctype: String(doc['attached_to_doctype']),
      on: String(doc['attached_to_name']),
      fileName: String(doc['file_name']),
      sha256,
      isPrivate: doc['is_private'] === 1,
    }));
  }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
