import { isRecord } from '@shared/erp/envelope';
import type { Fetch } from '../../electron/demo/rest/serve';

type Asked = { path: string; doctype: string; parent: string; fields: string };

/**
 * `doctype`: what a list, a document or metadata was asked of; `parent`: whose rows are listed, if rows are;
 * `bytes`: of the answer's body.
 */
export type SeenRequest = Asked & { method: string; bytes: number };

/** Stands in front of a server and counts what arrives there and what it answers. */
export class CountedServer {
  /** Since the last `reset`, in the order of arrival. */
  seen: SeenRequest[] = [];
  /** The most requests that were in work at one moment. */
  mostAtOnce = 0;
  #open = 0;
  readonly #answer: Fetch;

  constructor(answer: Fetch) {
    this.#answer = answer;
  }

  readonly fetch: Fetch = async (request) => {
    const seen: SeenRequest = { ...(await askedOf(request.clone())), method: request.method, bytes: 0 };
    this.seen.push(seen);
    this.#open += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#open);
    try {
      const response = await this.#answer(request);
      const body = await response.arrayBuffer();
      seen.bytes = body.byteLength;
      return new Response(body, response);
    } finally {
      this.#open -= 1;
    }
  };

  /** The requests about documents of these DocTypes and about rows of theirs. */
  about(...doctypes: string[]): SeenRequest[] {
    return this.seen.filter(({ doctype, parent }) => doctypes.includes(parent === '' ? doctype : parent));
  }

  reset(): void {
    this.seen = [];
    this.mostAtOnce = 0;
  }
}

export const bytesOf = (requests: readonly SeenRequest[]): number => requests.reduce((sum, { bytes }) => sum + bytes, 0);

async function askedOf(request: Request): Promise<Asked> {
  const { pathname, searchParams } = new URL(request.url);
  const path = decodeURIComponent(pathname);
  const body: unknown = request.method === 'POST' ? await request.json().catch(() => null) : null;
  const args: Record<string, unknown> = isRecord(body) ? body : Object.fromEntries(searchParams);
  const text = (name: string): string =>
    typeof args[name] === 'string' ? args[name] : args[name] === undefined ? '' : JSON.stringify(args[name]);
  return { path, doctype: /^\/api\/resource\/([^/]+)/.exec(path)?.[1] ?? text('doctype'), parent: text('parent'), fields: text('fields') };
}
