import { serveDemo, type Fetch, type ServedDemo, type ServeOptions } from '../../electron/demo/rest/serve';
import { skewed } from './skewed';

/** One thing that goes wrong with one request. */
export type Fault =
  /** No connection: the request never leaves. */
  | { kind: 'offline' }
  /** The connection breaks before the request arrives. */
  | { kind: 'drop-request' }
  /** The server does it, and its answer is lost. */
  | { kind: 'drop-answer' }
  /** The client gives up at once; the server does it so many milliseconds later. */
  | { kind: 'commit-late'; ms: number }
  /** The answer takes so long. */
  | { kind: 'delay'; ms: number }
  | { kind: 'rate-limited'; retryAfter: number }
  /** A proxy's page, whether the server got the request (`arrived`) or not. */
  | { kind: 'bad-gateway'; status?: 502 | 504; arrived?: boolean }
  | { kind: 'server-error'; excType: string }
  | { kind: 'maintenance' }
  /** A page that asks to sign in, as captive portals and proxies answer: 200, and not Frappe's. */
  | { kind: 'login-page' }
  /** The server does it; half of its answer arrives. */
  | { kind: 'half-json' }
  /** The answer's `Date` is off by so many milliseconds. */
  | { kind: 'clock-skew'; ms: number }
  /** The site knows the credentials no longer. */
  | { kind: 'unauthorized' }
  /** A proxy sends it twice; one of the answers arrives. */
  | { kind: 'twice'; answer: 'first' | 'second' }
  /** It befalls the request so many milliseconds later. */
  | { kind: 'later'; ms: number; fault: Fault }
  /** Something between the two answers as it likes, whether it asks the server or not. */
  | { kind: 'between'; answer: (ask: () => Promise<Response>) => Promise<Response> }
  /** Somebody else acts just before the request is answered, or just after. */
  | { kind: 'meanwhile'; before?: () => void; after?: () => void };

/** Chooses the fault of the request number `index` (from 0). Pure, or seeded: the same run chooses the same. */
export type Schedule = (request: Request, index: number) => Fault | undefined;

export type FaultOptions = {
  /** How to wait; virtual time where the test has it. */
  sleep?: (ms: number) => Promise<void>;
};

export type Faulty = {
  fetch: Fetch;
  /** Every request in order, with what befell it. */
  readonly log: readonly { method: string; url: string; fault: Fault | undefined }[];
  /** Resolves when what was to be committed late has been. */
  settled(): Promise<void>;
};

/** As `fetch` fails: a TypeError whose cause has Node's code. */
function networkError(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

const page = (status: number, title: string): Response =>
  new Response(`<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`, {
    status,
    headers: { 'content-type': 'text/html' },
  });

const refusal = (status: number, excType: string, headers: { [name: string]: string } = {}): Response =>
  new Response(JSON.stringify({ exc_type: excType, exception: `frappe.exceptions.${excType}`, exc: '["Traceback"]' }), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });

async function half(response: Response): Promise<Response> {
  const text = await response.text();
  return new Response(text.slice(0, Math.floor(text.length / 2)), {
    status: response.status,
    headers: { 'content-type': response.headers.get('content-type') ?? '' },
  });
}

/** A request whose body can be read after the client has gone. */
async function detached(request: Request): Promise<Request> {
  const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : await request.arrayBuffer();
  return new Request(request.url, { method: request.method, headers: request.headers, ...(body === undefined ? {} : { body }) });
}

/** Puts faults in front of a server's `fetch`. */
export function withFaults(fetch: Fetch, schedule: Schedule, options: FaultOptions = {}): Faulty {
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const log: { method: string; url: string; fault: Fault | undefined }[] = [];
  const late = new Set<Promise<unknown>>();

  const suffer = async (request: Request, fault: Fault | undefined): Promise<Response> => {
    switch (fault?.kind) {
      case undefined:
        return fetch(request);
      case 'offline':
        throw networkError('ECONNREFUSED');
      case 'drop-request':
        throw networkError('ECONNRESET');
      case 'drop-answer':
        await fetch(request);
        throw networkError('ECONNRESET');
      case 'commit-late': {
        const copy = await detached(request);
        const commit = sleep(fault.ms).then(() => fetch(copy));
        late.add(commit);
        void commit.finally(() => late.delete(commit));
        throw networkError('ETIMEDOUT');
      }
      case 'delay': {
        const response = await fetch(request);
        await sleep(fault.ms);
        return response;
      }
      case 'rate-limited':
        return refusal(429, 'TooManyRequestsError', { 'Retry-After': String(fault.retryAfter) });
      case 'bad-gateway':
        if (fault.arrived) await fetch(request);
        return page(fault.status ?? 502, fault.status === 504 ? '504 Gateway Time-out' : '502 Bad Gateway');
      case 'server-error':
        return refusal(500, fault.excType);
      case 'maintenance':
        return refusal(503, 'SessionStopped');
      case 'login-page':
        return page(200, 'Please sign in');
      case 'half-json':
        return half(await fetch(request));
      case 'clock-skew':
        return skewed(await fetch(request), fault.ms);
      case 'unauthorized':
        return refusal(401, 'AuthenticationError');
      case 'twice': {
        const copy = await detached(request.clone());
        const [first, second] = [await fetch(request), await fetch(copy)];
        return fault.answer === 'first' ? first : second;
      }
      case 'later':
        await sleep(fault.ms);
        return suffer(request, fault.fault);
      case 'between':
        return fault.answer(() => fetch(request));
      case 'meanwhile': {
        fault.before?.();
        const response = await fetch(request);
        fault.after?.();
        return response;
      }
    }
  };

  return {
    log,
    fetch(request) {
      const fault = schedule(request, log.length);
      log.push({ method: request.method, url: request.url, fault });
      return suffer(request, fault);
    },
    async settled() {
      while (late.size > 0) await Promise.allSettled(late);
    },
  };
}

/** The same over HTTP: what `fetch` would throw becomes a broken connection. */
export async function serveWithFaults(
  site: { fetch: Fetch },
  schedule: Schedule,
  options: FaultOptions & ServeOptions = {},
): Promise<ServedDemo & { faulty: Faulty }> {
  const faulty = withFaults((request) => site.fetch(request), schedule, options);
  return { ...(await serveDemo(faulty, options)), faulty };
}
