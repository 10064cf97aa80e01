import type { Cache } from '../../renderer/cache/open-cache';
import { LookUp } from '../../renderer/search/look-up';
import type { SearchHandle } from '../../renderer/search/start-search';

/** The search without its worker. Each question waits until the index knows what was stored before. */
export function searchOf(cache: Cache): SearchHandle {
  const failures: unknown[] = [];
  const lookUp = new LookUp({ cache, timers: { after: () => () => undefined }, report: (error) => failures.push(error) });
  let started: Promise<void> | null = null;
  const ready = async (): Promise<void> => {
    await (started ??= lookUp.start());
    await lookUp.settled();
    if (failures.length > 0) throw failures[0];
  };
  return {
    search: async (question) => ready().then(() => lookUp.search(question)),
    links: async (question) => ready().then(() => lookUp.links(question)),
    connections: async (document) => lookUp.connections(document),
    neighbours: async (asked) => lookUp.neighbours(asked),
    groups: async (asked) => lookUp.groups(asked),
    list: async (asked) => ready().then(() => lookUp.list(asked)),
    alike: async (question) => ready().then(() => lookUp.alike(question)),
    insight: async (asked) => lookUp.insight(asked),
    scan: async (code) => lookUp.scan(code),
    onChange: () => () => undefined,
    stop: () => lookUp.stop(),
  };
}
