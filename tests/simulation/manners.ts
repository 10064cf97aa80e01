import type { Bridge } from '@shared/bridge';
import { AppError } from '@shared/errors';
import type { VirtualTime } from '../support/virtual-time';
import type { Witness } from './witness';

type Fetch = (request: Request) => Promise<Response>;

/** The requests that a device may have under way at once. */
const atOnce = 4;

/** So many without any time passing are asked by an engine that runs in circles. */
const inOneMoment = 500;

/**
 * Watches what one device sends: no more at once than is polite, and creates of one DocType one after another. One that
 * does not stop asking is not answered any more.
 */
export function watchTraffic(fetch: Fetch, { time, witness }: { time: VirtualTime; witness: Witness }): Fetch {
  let underWay = 0;
  let moment = { at: 0, requests: 0 };
  const creating = new Set<string>();
  return async (request) => {
    const path = new URL(request.url).pathname;
    if (moment.requests > inOneMoment) throw new TypeError('fetch failed');
    moment = { at: time.now(), requests: time.now() === moment.at ? moment.requests + 1 : 1 };
    if (moment.requests > inOneMoment) witness.violate(`in circles: ${moment.requests} requests without a pause, the last for ${path}`);
    const creates = request.method === 'POST' && path.startsWith('/api/resource/');
    if (creates && creating.has(path)) witness.violate(`two creates at once: ${path}`);
    if (creates) creating.add(path);
    underWay += 1;
    if (underWay > atOnce) witness.violate(`${underWay} requests at once`);
    try {
      return await fetch(request);
    } finally {
      underWay -= 1;
      if (creates) creating.delete(path);
    }
  };
}

/** Watches when an engine asks: never while its person works offline, nor while the server wants a pause. */
export function watchPauses(bridge: Bridge, asked: { time: VirtualTime; offline: () => boolean; witness: Witness }): Bridge {
  const { time, offline, witness } = asked;
  let pause = { from: 0, until: 0 };
  const watched =
    <P extends unknown[], R>(name: string, call: (...params: P) => Promise<R>) =>
    async (...params: P): Promise<R> => {
      if (offline()) witness.violate(`asked while offline: ${name}`);
      // In the moment of the answer itself another one may be acted upon.
      const now = time.now();
      if (now > pause.from && now < pause.until) witness.violate(`asked ${name} ${pause.until - now} ms before the pause was over`);
      try {
        return await call(...params);
      } catch (thrown) {
        const { code, details } = AppError.from(thrown);
        if ((code === 'rate-limited' || code === 'busy') && details.retryAfter !== undefined)
          pause = { from: time.now(), until: time.now() + details.retryAfter * 1000 };
        throw thrown;
      }
    };
  const { erp, files } = bridge;
  // The same methods, each behind a watch: the types are those of the bridge.
  const all = Object.entries(erp).map(([name, call]) => [name, watched(name, call as (...params: unknown[]) => Promise<unknown>)]);
  return { ...bridge, erp: Object.fromEntries(all) as Bridge['erp'], files: { ...files, upload: watched('upload', files.upload) } };
}
