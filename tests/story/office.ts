import { createHash } from 'node:crypto';
import type { ServedDemo } from '../../electron/demo/rest/serve';
import type { DemoSite } from '../../electron/demo/site';
import type { Person } from '../../electron/demo/company/people';
import { loadDemo } from '../support/demo-server';

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

  static async open(options: { scale?: number | undefined; fetch?: (site: DemoSite) => DemoSite['fetch'] } = {}): Promise<Office> {
    const { createDemoSite, serveDemo } = loadDemo();
    const site = createDemoSite({ seed: 7, ...(options.scale === undefined ? {} : { scale: options.scale }) });
    const answer = { fetch: options.fetch?.(site) ?? site.fetch };
    const serve = (port: number): Promise<ServedDemo> => serveDemo(answer, { port });
    return new Office(site, await serve(0), serve);
  }

  person(name: string): Person {
    const person = this.site.people.find((each) => each.name === name);
    if (!person) throw new Error(`Nobody is called ${name} at the demo site.`);
    return person;
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

  /** Files on a document, by the server's own list. */
  filesOn(doctype: string, name: string): { fileName: string; sha256: string; isPrivate: boolean }[] {
    return this.site
      .files()
      .filter(({ doc }) => doc['attached_to_doctype'] === doctype && doc['attached_to_name'] === name)
      .map(({ doc, sha256 }) => ({ fileName: String(doc['file_name']), sha256, isPrivate: doc['is_private'] === 1 }));
  }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
