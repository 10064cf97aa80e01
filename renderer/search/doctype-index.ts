import type { Collection } from 'dexie';
import { namesOf, rangeOf } from '../cache/documents';
import type { Cache } from '../cache/open-cache';
import type { DocumentRow } from '../cache/rows';
import { entryOf } from './entry';
import type { SearchedFields } from './entry';
import { KeptEntries } from './kept-entries';
import type { WordIndex } from './word-index';

/** Rows that are read at once: each may be of some megabytes, most are of some kilobytes. */
const atOnce = 200;

/** Versions that are compared by one count. */
const comparedAtOnce = 500;

/** What the search knows of the documents of one DocType, and how it is brought up to the cache. */
export class DocTypeIndex {
  private readonly kept: KeptEntries;
  /** Its documents were compared with the cache since the start. */
  private compared = false;

  constructor(
    private readonly cache: Cache,
    private readonly index: WordIndex,
    readonly doctype: string,
    private readonly searched: SearchedFields,
  ) {
    this.kept = new KeptEntries(cache, doctype, DocTypeIndex.sign(searched));
  }

  /** Two of the same signature look through the same fields. */
  static sign = (searched: SearchedFields): string => JSON.stringify(searched);

  get signature(): string {
    return DocTypeIndex.sign(this.searched);
  }

  get unwritten(): boolean {
    return this.kept.unwritten;
  }

  async load(): Promise<void> {
    for (const entry of await this.kept.read()) this.index.set(this.doctype, entry);
  }

  /** Reads these documents again; one that is no longer there is forgotten. */
  async reread(names: readonly string[]): Promise<void> {
    for (let start = 0; start < names.length; start += atOnce) {
      const some = names.slice(start, start + atOnce);
      const rows = await this.cache.documents.bulkGet(some.map((name): [string, string] => [this.doctype, name]));
      some.forEach((name, position) => this.take(name, rows[position]));
    }
  }

  /**
   * Finds by keys alone which documents came, went, or are of another version, and reads those. A cursor over the versions
   * would take ten times as long; so they are counted, some hundreds at once: a document that changed has left the place
   * that its old version had.
   */
  async compare(): Promise<void> {
    const known = this.index.entriesOf(this.doctype);
    const versions = known.map(({ version }) => version).filter((version) => version !== '');
    versions.sort();
    const newest = versions.at(-1) ?? '';
    if (this.compared && (await this.count('', newest)) === known.length && (await this.namesAfter(newest)).length === 0) return;
    const names = new Set(await this.names());
    const stale = new Set(await this.namesAfter(newest));
    for (const { name, version } of known) if (version === '' || !names.has(name)) stale.add(name);
    for (const name of names) if (this.index.entry(this.doctype, name) === undefined) stale.add(name);
    for (const [first, last, count] of runsOf(versions)) {
      if ((await this.count(first, last)) === count) continue;
      for (const name of await this.namesBetween(first, last)) stale.add(name);
    }
    await this.reread([...stale]);
    this.compared = true;
  }

  write(): Promise<void> {
    return this.kept.write((name) => this.index.entry(this.doctype, name));
  }

  /** Nothing of it is known any more, neither here nor on disk. */
  async drop(): Promise<void> {
    for (const { name } of this.index.entriesOf(this.doctype)) this.take(name, undefined);
    await this.write();
  }

  private take(name: string, row: DocumentRow | undefined): void {
    const entry = row === undefined ? null : entryOf(row, this.searched);
    if (entry === null) {
      this.index.remove(this.doctype, name);
      this.kept.forget(name);
      return;
    }
    this.index.set(this.doctype, entry);
    this.kept.note(name);
  }

  private names(): Promise<string[]> {
    return namesOf(this.cache.documents.where('[doctype+name]').between(...rangeOf(this.doctype)));
  }

  private namesAfter(version: string): Promise<string[]> {
    return namesOf(this.versions(version, [], version === ''));
  }

  private namesBetween(first: string, last: string): Promise<string[]> {
    return namesOf(this.versions(first, last));
  }

  private count(first: string, last: string): Promise<number> {
    return this.versions(first, last).count();
  }

  /** Its documents by version; an array is greater than any version. */
  private versions(first: string, last: string | [], includeFirst = true): Collection<DocumentRow, [string, string]> {
    return this.cache.documents.where('[doctype+modified]').between([this.doctype, first], [this.doctype, last], includeFirst, true);
  }
}

/** Sorted versions in runs of some hundreds: the first, the last and how many. Equal ones are in one run. */
function runsOf(versions: readonly string[]): [first: string, last: string, count: number][] {
  const runs: [string, string, number][] = [];
  for (const version of versions) {
    const run = runs.at(-1);
    if (run === undefined || (run[2] >= comparedAtOnce && run[1] !== version)) runs.push([version, version, 1]);
    else {
      run[1] = version;
      run[2] += 1;
    }
  }
  return runs;
}
