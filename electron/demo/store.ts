import type { ChildRow, Doc } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { fold, text } from './values';
import type { Metadata } from './metadata';

/**
 * Every document of the site, whole, with its child rows inside. A stored document is never changed in place:
 * a write replaces it, so that a snapshot handed out stays what it was and a transaction is undone by putting back.
 */
export type Store = {
  get(doctype: string, name: string): Doc | undefined;
  has(doctype: string, name: string): boolean;
  put(doc: Doc): void;
  remove(doctype: string, name: string): void;
  /** In the order of `modified`, then name: the order in which most lists ask for them. */
  all(doctype: string): readonly Doc[];
  /** Documents whose field is exactly this, from an index made at the first question and kept. */
  by(doctype: string, fieldname: string, value: string): readonly Doc[];
  count(doctype: string): number;
  /** Rows of a child DocType under these parents, or under all. */
  rows(child: string, parents?: ReadonlySet<string>): ChildRow[];
  /** The next number of a naming series. */
  series(prefix: string): number;
  seriesAt(prefix: string): number;
  setSeries(prefix: string, value: number): void;
  /** All or nothing: what `work` wrote is put back if it throws. */
  transaction<T>(work: () => T): T;
};

type Index = Map<string, Doc[]>;
type Table = { docs: Map<string, Doc>; sorted: Doc[] | undefined; indexes: Map<string, Index> };

const byModified = (left: Doc, right: Doc): number => {
  const [a, b] = [text(left, 'modified'), text(right, 'modified')];
  if (a !== b) return a < b ? -1 : 1;
  const [c, d] = [fold(left.name), fold(right.name)];
  return c < d ? -1 : c > d ? 1 : 0;
};

const indexOf = (sorted: Doc[], doc: Doc): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = sorted[middle];
    if (at !== undefined && byModified(at, doc) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Keeps the sorted list right without sorting tens of thousands again for each write. */
function replaceSorted(sorted: Doc[], before: Doc | undefined, after: Doc | undefined): void {
  if (before !== undefined) {
    sorted.splice(indexOf(sorted, before), 1);
  }
  if (after !== undefined) sorted.splice(indexOf(sorted, after), 0, after);
}

function enter(index: Index, fieldname: string, doc: Doc): void {
  const value = text(doc, fieldname);
  const found = index.get(value);
  if (found === undefined) index.set(value, [doc]);
  else found.push(doc);
}

export function createStore(metadata: Metadata): Store {
  const tables = new Map<string, Table>();
  const counters = new Map<string, number>();
  let undo: (() => void)[] | undefined;

  const table = (doctype: string): Table => {
    const known = tables.get(doctype);
    if (known !== undefined) return known;
    const fresh: Table = { docs: new Map(), sorted: undefined, indexes: new Map() };
    tables.set(doctype, fresh);
    return fresh;
  };
  const write = (doctype: string, key: string, doc: Doc | undefined): void => {
    const into = table(doctype);
    const before = into.docs.get(key);
    undo?.push(() => write(doctype, key, before));
    if (into.sorted !== undefined) replaceSorted(into.sorted, before, doc);
    for (const [fieldname, index] of into.indexes) {
      if (before !== undefined) {
        const value = text(before, fieldname);
        index.set(
          value,
          (index.get(value) ?? []).filter((one) => one !== before),
        );
      }
      if (doc !== undefined) enter(index, fieldname, doc);
    }
    if (doc === undefined) into.docs.delete(key);
    else into.docs.set(key, doc);
  };

  const store: Store = {
    get: (doctype, name) => tables.get(doctype)?.docs.get(fold(name)),
    has: (doctype, name) => tables.get(doctype)?.docs.has(fold(name)) ?? false,
    put: (doc) => write(doc.doctype, fold(doc.name), doc),
    remove: (doctype, name) => write(doctype, fold(name), undefined),
    all(doctype) {
      const from = table(doctype);
      from.sorted ??= [...from.docs.values()].sort(byModified);
      return from.sorted;
    },
    by(doctype, fieldname, value) {
      const from = table(doctype);
      let index = from.indexes.get(fieldname);
      if (index === undefined) {
        index = new Map();
        for (const doc of from.docs.values()) enter(index, fieldname, doc);
        from.indexes.set(fieldname, index);
      }
      return index.get(value) ?? [];
    },
    count: (doctype) => tables.get(doctype)?.docs.size ?? 0,
    rows(child, parents) {
      const found: ChildRow[] = [];
      for (const { meta, field } of metadata.parentsOf(child)) {
        if (parents === undefined) for (const doc of store.all(meta.name)) found.push(...rowsOf(doc, field.fieldname));
        else
          for (const parent of parents) {
            const doc = store.get(meta.name, parent);
            if (doc !== undefined) found.push(...rowsOf(doc, field.fieldname));
          }
      }
      return found;
    },
    series(prefix) {
      const value = (counters.get(prefix) ?? 0) + 1;
      store.setSeries(prefix, value);
      return value;
    },
    seriesAt: (prefix) => counters.get(prefix) ?? 0,
    setSeries(prefix, value) {
      const before = counters.get(prefix) ?? 0;
      undo?.push(() => counters.set(prefix, before));
      counters.set(prefix, value);
    },
    transaction(work) {
      const outer = undo;
      const log: (() => void)[] = [];
      undo = log;
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
  return store;
}
