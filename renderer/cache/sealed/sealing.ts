import type { DBCore, DBCoreCursor, DBCoreTable, Middleware } from 'dexie';
import type { SealedTable, Row } from './sealed-table';

/** Which rows of a table are sealed, and how; null: as they are. */
export type SealedTables = (table: string) => SealedTable | null;

/**
 * Between Dexie and the database: rows are sealed as they are written and opened as they are read, in the transaction that
 * asks, without awaiting anything. What the rest of the app sees is the row. Damaged rows are not there, so that none keeps
 * others from being read.
 */
export function sealing(sealed: SealedTables): Middleware<DBCore> {
  return {
    stack: 'dbcore',
    name: 'sealing',
    create: (core) => ({
      ...core,
      table(name) {
        const table = core.table(name);
        const rows = sealed(name);
        return rows === null ? table : sealedTable(table, rows);
      },
    }),
  };
}

function sealedTable(table: DBCoreTable, rows: SealedTable): DBCoreTable {
  // Dexie's own types say `any`: what comes is what was stored, and no row at all where none is.
  const open = (stored: Row | undefined): Row | undefined => (stored === undefined ? undefined : (rows.open(stored) ?? undefined));
  return {
    ...table,
    mutate(request) {
      if (request.type !== 'add' && request.type !== 'put') return table.mutate(request);
      return table.mutate({ ...request, values: request.values.map((row: Row) => rows.seal(row)) });
    },
    get: (request) => table.get(request).then(open),
    getMany: (request) => table.getMany(request).then((found: (Row | undefined)[]) => found.map(open)),
    query(request) {
      const answered = table.query(request);
      if (request.values !== true) return answered;
      return answered.then(({ result }) => ({ result: result.map(open).filter((row) => row !== undefined) }));
    },
    openCursor(request) {
      const opened = table.openCursor(request);
      if (request.values !== true) return opened;
      return opened.then((cursor) => (cursor === null ? null : openedCursor(cursor, open)));
    },
  };
}

function openedCursor(cursor: DBCoreCursor, open: (stored: Row | undefined) => Row | undefined): DBCoreCursor {
  // Of the row that the cursor stands on, once.
  let [stored, row]: [Row | undefined, Row | undefined] = [undefined, undefined];
  const here = (): Row | undefined => {
    // A row, as above.
    const value = cursor.value as Row | undefined;
    if (value !== stored) [stored, row] = [value, open(value)];
    return row;
  };
  const passing: DBCoreCursor = Object.create(cursor, {
    // The getters of the database's own cursor know no other object than it.
    key: { get: () => cursor.key as unknown },
    primaryKey: { get: () => cursor.primaryKey as unknown },
    value: { get: here },
    start: {
      value: (onNext: () => void) => cursor.start(() => (here() === undefined ? passing.continue() : onNext())),
    },
  }) as DBCoreCursor; // what it inherits it has
  return passing;
}
