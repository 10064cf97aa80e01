import type { Filter } from '@shared/erp/filters';
import type { Scanned, ScannedWarehouse } from '@shared/form/scan';
import { decodeFields } from '../cache/body';
import { rowsHere } from '../cache/documents';
import { countGroups, matchingNames } from '../cache/list';
import type { Group, ListQuery, ListQuestion, ListResult } from '../cache/list';
import { matchesAll } from '../cache/match-filter';
import type { Neighbours } from '../cache/neighbours';
import type { DocumentRow } from '../cache/rows';
import { readVisits, visitsWorth } from '../cache/visits';
import { Barcodes } from './barcodes';
import { connectionsOf } from './connections';
import type { Connection } from './connections';
import { describe } from './describe';
import type { Found } from './describe';
import { findAlike } from './find-alike';
import { insightHere } from './insight';
import type { Insight, InsightAsked } from './insight';
import { SearchIndex } from './search-index';
import type { SearchPorts } from './search-index';
import { Lists } from './lists';

/** `complete`: every document of this device was looked through; it is not while the index is made. */
export type Answer = { found: Found[]; complete: boolean };

export type LinkQuestion = { doctype: string; text: string; filters: Filter[]; limit: number };

export type AlikeQuestion = { doctype: string; text: string; limit: number };

/** Documents that are called alike, the best first, and how many there are in all. `same`: but for how it is written. */
export type AlikeAnswer = { found: (Found & { same: boolean })[]; total: number };

export type NeighboursAsked = { question: ListQuestion; name: string; stamp: number };
export type GroupsAsked = { question: ListQuestion; fieldname: string };
export type ListAsked = { query: ListQuery; stamp: number };

/** What the windows ask of the search. */
export class LookUp {
  private readonly index: SearchIndex;
  private readonly lists: Lists;
  private readonly barcodes: Barcodes;

  constructor(
    private readonly ports: SearchPorts,
    changed?: () => void,
  ) {
    this.index = new SearchIndex(ports, changed);
    this.lists = new Lists(ports.cache);
    this.barcodes = new Barcodes(ports.cache);
  }

  start = (): Promise<void> => this.index.start();
  stop(): void {
    this.index.stop();
    this.barcodes.stop();
  }
  settled = (): Promise<void> => this.index.settled();
  keep = (): Promise<void> => this.index.keep();

  /** Documents of all DocTypes that hold all words of the text, the best first. */
  async search({ text, limit }: { text: string; limit: number }): Promise<Answer> {
    const use = visitsWorth(await readVisits(this.ports.cache));
    const rows = await rowsHere(this.ports.cache, this.index.words.find({ text, limit, use }));
    return { found: await describe(this.ports.cache, rows), complete: this.index.complete };
  }

  /** Documents of one DocType for a Link field, the best first; without a text those that are named and opened most. */
  async links({ doctype, text, filters, limit }: LinkQuestion): Promise<Answer> {
    if (!this.index.complete) return this.linksUnindexed({ doctype, text, filters, limit });
    const use = visitsWorth(await readVisits(this.ports.cache));
    const chosen: DocumentRow[] = [];
    // Most pass; where they do not, all that were found are read.
    for (const most of filters.length === 0 ? [limit] : [limit * 4, Infinity]) {
      const hits = this.index.words.find({ text, limit: most, doctype, use });
      chosen.length = 0;
      for (let start = 0; start < hits.length && chosen.length < limit; start += 200) {
        const rows = await rowsHere(this.ports.cache, hits.slice(start, start + 200));
        chosen.push(...rows.filter((row) => filters.length === 0 || matchesAll(decodeFields(row, row.body), filters)));
      }
      if (chosen.length >= limit || hits.length < most) break;
    }
    return { found: await describe(this.ports.cache, chosen.slice(0, limit)), complete: this.index.complete };
  }

  /** While the index is made: a field never says that there is nothing where there is something. */
  private async linksUnindexed({ doctype, text, filters, limit }: LinkQuestion): Promise<Answer> {
    const question: ListQuestion = { doctype, filters, search: text, sort: { fieldname: 'modified', order: 'desc' } };
    const names = (await matchingNames(this.ports.cache, question)).slice(0, limit);
    const rows = await rowsHere(
      this.ports.cache,
      names.map((name) => ({ doctype, name })),
    );
    return { found: await describe(this.ports.cache, rows), complete: false };
  }

  /** Documents of one DocType whose names are like a text; waits until the index knows those that are here. */
  async alike({ doctype, text, limit }: AlikeQuestion): Promise<AlikeAnswer> {
    await this.index.settled();
    const all = findAlike(this.index.words, doctype, text);
    const same = new Set(all.filter((each) => each.same).map(({ name }) => name));
    const best = all.slice(0, limit).map(({ name }) => ({ doctype, name }));
    const found = await describe(this.ports.cache, await rowsHere(this.ports.cache, best));
    return { found: found.map((each) => ({ ...each, same: same.has(each.name) })), total: all.length };
  }

  /** A page of a list that no index answers; see `Lists` for the stamp. */
  list = ({ query, stamp }: ListAsked): Promise<ListResult> => this.lists.page(query, stamp);

  scan = (code: string): Promise<Scanned | ScannedWarehouse | null> => this.barcodes.find(code);

  /** What stands beside a document in such a list. */
  neighbours = ({ question, name, stamp }: NeighboursAsked): Promise<Neighbours> => this.lists.neighbours(question, name, stamp);

  /** How many of the documents that match hold each value of a field. */
  groups = ({ question, fieldname }: GroupsAsked): Promise<Group[]> => countGroups(this.ports.cache, question, fieldname);

  connections = ({ doctype, name }: { doctype: string; name: string }): Promise<Connection[]> =>
    connectionsOf(this.ports.cache, doctype, name);

  insight = (asked: InsightAsked): Promise<Insight | null> => insightHere(this.ports.cache, asked);
}
