import type { ChildRow, Doc } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { fold, text } from './values';
import type { Metadata } from './metadata';

type Table = { docs: Map<string, Doc>; sorted?: Doc[]; indexes: Map<string, Map<string, Doc[]>> };

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
const byModified = (left: Doc, right: Doc): number =>
  compare(text(left, 'modified'), text(right, 'modified')) || compare(fold(left.name), fold(right.name));

/** Where the document is or belongs in the sorted list: tens of thousands are not sorted again for each write. */
const placeOf = (sorted: Doc[], doc: Doc): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = sorted[middle];
    if (at !== undefined && byModified(at, doc) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * Every document of the site, whole, with its child rows inside. A stored document is never changed in place:
 * a write replaces it, so that a snapshot handed out stays what it was and a transaction is undone by putting back.
 */
export type Store = ReturnType<typeof createStore>;

export function createStore(metadata: Metadata) {
  const tables = new Map<string, Table>();
  const counters = new Map<string, number>();
  let undo: (() => void)[] | undefined;

  const table = (doctype: string): Table => {
    const found = tables.get(doctype) ?? { docs: new Map(), indexes: new Map() };
    tables.set(doctype, found);
    return found;
  };
  const enter = (index: Map<string, Doc[]>, value: string, doc: Doc): void => {
    const known = index.get(value);
    if (known === undefined) index.set(value, [doc]);
    else known.push(doc);
  };
  const write = (doctype: string, key: string, doc: Doc | undefined): void => {
    const { docs, sorted, indexes } = table(doctype);
    const before = docs.get(key);
    undo?.push(() => write(doctype, key, before));
    if (before !== undefined) sorted?.splice(placeOf(sorted, before), 1);
    if (doc !== undefined) sorted?.splice(placeOf(sorted, doc), 0, doc);
    for (const [fieldname, index] of indexes) {
      const value = text(before, fieldname);
      if (before !== undefined) index.set(value, index.get(value)?.filter((one) => one !== before) ?? []);
      if (doc !== undefined) enter(index, text(doc, fieldname), doc);
    }
    if (doc === undefined) docs.delete(key);
    else docs.set(key, doc);
  };
  const get = (doctype: string, name: string): Doc | undefined => tables.get(doctype)?.docs.get(fold(name));
  /** In the order of `modified`, then name: the order in which most lists ask for them. */
  const all = (doctype: string): readonly Doc[] => {
    const from = table(doctype);
    return (from.sorted ??= [...from.docs.values()].sort(byModified));
  };
  const seriesAt = (prefix: string): number => counters.get(prefix) ?? 0;
  const setSeries = (prefix: string, value: number): void => {
    const before = seriesAt(prefix);
    undo?.push(() => counters.set(prefix, before));
    counters.set(prefix, value);
  };

  return {
    get,
    has: (doctype: string, name: string): boolean => get(doctype, name) !== undefined,
    put: (doc: Doc): void => write(doc.doctype, fold(doc.name), doc),
    remove: (doctype: string, name: string): void => write(doctype, fold(name), undefined),
    all,
    /** Documents whose field is exactly this, from an index made at the first question and kept. */
    by(doctype: string, fieldname: string, value: string): readonly Doc[] {
      const { docs, indexes } = table(doctype);
      let index = indexes.get(fieldname);
      if (index === undefined) {
        index = new Map<string, Doc[]>();
        indexes.set(fieldname, index);
        for (const doc of docs.values()) enter(index, text(doc, fieldname), doc);
      }
      return index.get(value) ?? [];
    },
    /** Rows of a child DocType under these parents, or under all. */
    rows: (child: string, parents?: readonly string[]): ChildRow[] =>
      metadata.all().flatMap((meta) => {
        const fields = meta.tables.filter(({ options }) => options === child);
        if (fields.length === 0) return [];
        const docs = parents === undefined ? all(meta.name) : parents.flatMap((name) => get(meta.name, name) ?? []);
        return fields.flatMap(({ fieldname }) => docs.flatMap((doc) => rowsOf(doc, fieldname)));
      }),
    /** The next number of a naming series. */
    series(prefix: string): number {
      setSeries(prefix, seriesAt(prefix) + 1);
      return seriesAt(prefix);
    },
    seriesAt,
    setSeries,
    /** All or nothing: what `work` wrote is put back if it throws. */
    transaction<T>(work: () => T): T {
      const outer = undo;
      const log: (() => void)[] = (undo = []);
      try {
        const result = work();
        // Within another one this is a savepoint: what it did is undone with the whole.
        outer?.push(...log);
        return result;
      } catch (error) {
        undo = undefined;
        for (const step of log.reverse()) step();
        throw error;
      } finally {
        undo = outer;
      }
    },
  };
}
