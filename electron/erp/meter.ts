import type { Room } from '@shared/bridge/api-use';
import { endpointKey, endpointOf } from '@shared/api-use/endpoint';
import type { Change } from '@shared/api-use/ring';

/** Where an account's requests are counted, and background work is told whether it may ask. */
export type Meter = {
  /** Monotonic ms. */
  clock(): number;
  count(endpoint: string, change: Change): void;
  room(room: Omit<Room, 'at'>): void;
  /** @throws AppError `budget` while the requests of the hour are used up. */
  admitBackground(): void;
};

/** For a client that no account belongs to yet. */
export const unmetered: Meter = {
  clock: () => 0,
  count: () => undefined,
  room: () => undefined,
  admitBackground: () => undefined,
};

/** One request as it goes on. */
export type MeteredRequest = {
  /** So many bytes of its body left. */
  sent(bytes: number): void;
  /** Its answer began. */
  answered(headers: Pick<Headers, 'get'>): void;
  /** So many bytes of the answer's body came. */
  received(bytes: number): void;
  ended(how: 'answered' | 'failed' | 'cancelled'): void;
};

/** Counts a request from now on, under what its label says that it is about. */
export function meterRequest(meter: Meter, label: string, retried: boolean): MeteredRequest {
  const key = endpointKey(endpointOf(label));
  const began = meter.clock();
  let [sent, received] = [0, 0];
  let ms: number | null = null;
  // At once: others that are under way are to know of it.
  meter.count(key, { requests: 1, ...(retried ? { retried: 1 } : {}) });
  return {
    sent: (bytes) => void (sent += bytes),
    answered(headers) {
      ms = meter.clock() - began;
      const room = roomOf(headers);
      if (room !== null) meter.room(room);
    },
    received: (bytes) => void (received += bytes),
    ended: (how) => meter.count(key, { sent, received, ...(how === 'failed' ? { failed: 1 } : {}), ...(ms === null ? {} : { ms }) }),
  };
}

/** What the server says of its rate limit: only where the site has one (recording rate-limited). */
function roomOf(headers: Pick<Headers, 'get'>): Omit<Room, 'at'> | null {
  const number = (name: string): number | null => {
    const text = headers.get(name);
    return text !== null && /^\d{1,12}$/.test(text.trim()) ? Number(text) : null;
  };
  const [limit, remaining] = [number('x-ratelimit-limit'), number('x-ratelimit-remaining')];
  return limit === null || remaining === null ? null : { limit, remaining, resetSeconds: number('x-ratelimit-reset') };
}
