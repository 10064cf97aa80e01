import { rowsOf, type ChildRow, type Doc } from '@shared/erp/document';
import type { Metadata } from './metadata';
import { fold, text } from './values';

/** A DocType's documents by folded name, in the order of `modified` once somebody asked for that; views hold until the next write. */
type Table = { docs: Map<string, Doc>; sorted?: readonly Doc[]; indexes: Map<string, Map<string, Doc[]>> };

/** Of two texts, NULLs first as the empty text. */
const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
const byModified = (left: Doc, right: Doc): number =>
  compare(text(left, 'modified'), text(right, 'modified')) || compare(fold(left.name), fold(right.name));

function indexOf(docs: Iterable<Doc>, fieldname: string): Map<string, Doc[]> {
  const index = new Map<string, Doc[]>();
  for (const doc of docs) {
    const known = index.get(text(doc, fieldname));
    if (known === undefined) index.set(text(doc, fieldname), [doc]);
    else known.push(doc);
  }
  return index;
}

/**
 * Every document of the site, whole, with its child rows inside. A stored document is never changed in place:
 * a write replaces it, so that a snapshot handed out stays what it was and a transaction is undone by putting back.
 */
export type Store = ReturnType<typeof createStore>;

export function createStore(metadata: Metadata) {
  const tables = new Map<string, Table>();
  const counters = new Map<string, number>();
  let undo: (() => void)[] | undefined;
  /** What follows once everything is committed. */
  let later: (() => void)[] = [];

  const table = (doctype: string): Table => {
    const found = tables.get(doctype) ?? { docs: new Map(), indexes: new Map() };
    tables.set(doctype, found);
    return found;
  };
  const write = (doctype: string, key: string, doc: Doc | undefined): void => {
    const { docs } = table(doctype);
    const before = docs.get(key);
    undo?.push(() => write(doctype, key, before));
    // What was written last comes last: nearly the order of `modified`, so that sorting again costs little.
    docs.delete(key);
    if (doc !== undefined) docs.set(key, doc);
    tables.set(doctype, { docs, indexes: new Map() });
  };
  const get = (doctype: string, name: string): Doc | undefined => tables.get(doctype)?.docs.get(fold(name));
  /** In the order of `modified`, then name: the order in which most lists ask for them. */
  const all = (doctype: string): readonly Doc[] => {
    const from = table(doctype);
    if (from.sorted === undefined) {
      from.sorted = [...from.docs.values()].sort(byModified);
      from.docs = new Map(from.sorted.map((doc) => [fold(doc.name), doc]));
    }
    return from.sorted;
  };
  const seriesAt = (prefix: string): number => counters.get(prefix) ?? 0;
  const setSeries = (prefix: string, value: number): number => {
    const before = seriesAt(prefix);
    undo?.push(() => counters.set(prefix, before));
    counters.set(prefix, value);
    return value;
  };

  const runLater = (): void => {
    const steps = later;
    later = [];
    for (const step of steps) step();
  };

  return {
    get,
    has: (doctype: string, name: string): boolean => get(doctype, name) !== undefined,
    put: (doc: Doc): void => write(doc.doctype, fold(doc.name), doc),
    remove: (doctype: string, name: string): void => write(doctype, fold(name), undefined),
    all,
    /** Documents whose field is exactly this. */
    by(doctype: string, fieldname: string, value: string): readonly Doc[] {
      const { docs, indexes } = table(doctype);
      const index = indexes.get(fieldname) ?? indexOf(docs.values(), fieldname);
      indexes.set(fieldname, index);
      return index.get(value) ?? [];
    },
    /** Rows of a child DocType under these parents, or under all. */
    rows: (child: string, parents?: readonly string[]): ChildRow[] =>
      metadata.all().flatMap((meta) => {
        const fields = meta.tables.filter(({ options }) => options === child);
        const docs = parents === undefined || fields.length === 0 ? all(meta.name) : parents.flatMap((name) => get(meta.name, name) ?? []);
        return fields.flatMap(({ fieldname }) => docs.flatMap((doc) => rowsOf(doc, fieldname)));
      }),
    /** The next number of a naming series. */
    series: (prefix: string): number => setSeries(prefix, seriesAt(prefix) + 1),
    seriesAt,
    setSeries,
    /** All or nothing: what `work` wrote is put back if it throws. */
    transaction<T>(work: () => T): T {
      const outer = undo;
      const log: (() => void)[] = (undo = []);
      const told = later.length;
      try {
        const result = work();
        // Within another one this is a savepoint: what it did is undone with the whole.
        outer?.push(...log);
        return result;
      } catch (error) {
        undo = undefined;
        later.length = told;
        for (const step of log.reverse()) step();
        throw error;
      } finally {
        undo = outer;
        if (outer === undefined) runLater();
      }
    },
    /** Runs `step` when the transaction under way is committed, never if it is undone; at once where there is none. */
    afterCommit(step: () => void): void {
      later.push(step);
      if (undo === undefined) runLater();
    },
  };
}
