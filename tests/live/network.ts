import type { Fetch } from '../../electron/erp/transport';

export type Asked = { method: string; path: string };
type Match = (asked: Asked) => boolean;

/** The way to the server, watched, and cut where a case says so. */
export type Network = {
  fetch: Fetch;
  /** Everything that was asked, in order. */
  readonly asked: readonly Asked[];
  /** The next request that fits is sent whole and done by the server; its answer is thrown away. */
  loseAnswer(of: Match): void;
  /** The same with each `every`th one from now on. */
  loseAnswers(of: Match, every: number): void;
  /** How many answers were thrown away. */
  readonly lost: number;
};

/** As `fetch` fails when the connection breaks after the request left. */
const broken = (): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) });

export function openNetwork(): Network {
  const asked: Asked[] = [];
  let toLose: Match | null = null;
  let losing: { of: Match; every: number; seen: number } | null = null;
  let lost = 0;
  function loses(one: Asked): boolean {
    if (toLose?.(one) === true) {
      toLose = null;
      return true;
    }
    if (losing?.of(one) !== true) return false;
    losing.seen += 1;
    return losing.seen % losing.every === 0;
  }
  return {
    asked,
    get lost() {
      return lost;
    },
    loseAnswer(of) {
      toLose = of;
    },
    loseAnswers(of, every) {
      losing = { of, every, seen: 0 };
    },
    async fetch(input, init) {
      const url = new URL(input instanceof Request ? input.url : input);
      const one = { method: init?.method ?? (input instanceof Request ? input.method : 'GET'), path: decodeURIComponent(url.pathname) };
      asked.push(one);
      const lose = loses(one);
      const response = await fetch(input, init);
      if (!lose) return response;
      // Read to its end, so that the server is done with it whatever the client believes.
      await response.arrayBuffer();
      lost += 1;
      throw broken();
    },
  };
}
