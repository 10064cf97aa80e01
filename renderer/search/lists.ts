import { matchingNames, pageOf } from '../cache/list';
import type { ListQuery, ListQuestion, ListResult } from '../cache/list';
import { neighboursAmong } from '../cache/neighbours';
import type { Neighbours } from '../cache/neighbours';
import type { Cache } from '../cache/open-cache';

/** So many questions are remembered: a window scrolls through one list at a time. */
const most = 3;

/**
 * Lists that no index answers. What matches is worked out once for a question, so that scrolling reads only the page;
 * `stamp` is another one whenever the cache changed, for the window knows that first.
 */
export class Lists {
  private readonly known = new Map<string, Promise<string[]>>();

  constructor(private readonly cache: Cache) {}

  async page(query: ListQuery, stamp: number): Promise<ListResult> {
    const { limit: _limit, offset: _offset, ...question } = query;
    return pageOf(this.cache, query, await this.names(question, stamp));
  }

  async neighbours(question: ListQuestion, name: string, stamp: number): Promise<Neighbours> {
    return neighboursAmong(await this.names(question, stamp), name);
  }

  private names(question: ListQuestion, stamp: number): Promise<string[]> {
    const key = JSON.stringify([question, stamp]);
    const names = this.known.get(key) ?? matchingNames(this.cache, question);
    this.known.delete(key);
    this.known.set(key, names);
    // What failed is asked anew.
    names.catch(() => this.known.delete(key));
    for (const old of this.known.keys()) {
      if (this.known.size <= most) break;
      this.known.delete(old);
    }
    return names;
  }
}
