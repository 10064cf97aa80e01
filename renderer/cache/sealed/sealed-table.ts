import { SealedBody, sealBody } from './sealed-body';
import type { Sealer } from './sealer';

export type Row = Record<string, unknown>;

/** The columns of a table, as its indexes and its key name them. */
export type TableColumns = { name: string; key: string | readonly string[]; indexes: readonly (string | readonly string[])[] };

/** What a row is read as of which only the columns of indexes can be told; null: as if it were not there. */
export type Remains = (plain: Row) => Row | null;

/**
 * How the rows of one table lie in the database: what an index or the key needs as it is, everything else sealed in one
 * column, and bodies of documents each in its own, unopened until somebody reads them. So a new column is sealed unless an
 * index is made of it.
 */
export class SealedTable {
  readonly #sealer: Sealer;
  readonly #name: string;
  readonly #key: readonly string[];
  readonly #plain: ReadonlySet<string>;
  /** Indexes of a value within a column, e.g. `state.at`: the column is sealed whole, and that value stands beside it. */
  readonly #within: readonly [column: string, value: string][];
  readonly #remains: Remains;
  readonly #open = (sealed: Uint8Array, about: string): string => this.#sealer.open(sealed, about);

  constructor(sealer: Sealer, { name, key, indexes }: TableColumns, remains: Remains) {
    const paths = [key, ...indexes].flat();
    this.#sealer = sealer;
    this.#name = name;
    this.#key = [key].flat();
    this.#plain = new Set(paths.filter((path) => !path.includes('.')));
    this.#within = paths.flatMap((path) => {
      const [column = '', value] = path.split('.');
      return value === undefined ? [] : [[column, value] as [string, string]];
    });
    this.#remains = remains;
  }

  seal(row: Row): Row {
    const about = this.#about(row);
    const stored: Row = {};
    const rest: Row = {};
    for (const column in row) {
      const value = row[column];
      if (value === undefined) continue;
      if (this.#plain.has(column)) stored[column] = value;
      else if (bodies.has(column) && this.#name === 'documents') stored[column] = this.#sealedBody(value, about);
      else rest[column] = value;
    }
    for (const [column, value] of this.#within) {
      const beside = stored[column];
      stored[column] = { ...(typeof beside === 'object' ? beside : {}), [value]: within(row[column], value) };
    }
    stored[sealedColumn] = this.#sealer.seal(JSON.stringify(rest), about);
    return stored;
  }

  /** The row as it was sealed; one that an earlier version stored is as it is; null for one that is damaged. */
  open(stored: Row): Row | null {
    if (!isSealed(stored)) return stored;
    const { [sealedColumn]: sealed, ...plain } = stored;
    const about = this.#about(stored);
    for (const column in plain) {
      const value = plain[column];
      if (value instanceof Uint8Array) plain[column] = new SealedBody(value, about, this.#open);
    }
    try {
      // What was sealed was a row's own columns, and is whole: it opened.
      return Object.assign(plain, JSON.parse(this.#open(sealed, about)) as Row);
    } catch {
      return this.#remains(plain);
    }
  }

  #sealedBody(body: unknown, about: string): Uint8Array {
    if (typeof body === 'string') return sealBody(this.#sealer, body, about);
    if (!(body instanceof SealedBody)) throw new TypeError('this is no body');
    // It goes with its row to another name: sealed anew, or it would not open there.
    return body.about === about ? body.sealed : sealBody(this.#sealer, `${body.fields}\n${body.tables}`, about);
  }

  #about(row: Row): string {
    return JSON.stringify([this.#name, ...this.#key.map((column) => row[column])]);
  }
}

const sealedColumn = 'sealed';
const bodies: ReadonlySet<string> = new Set(['body', 'base']);

export const isSealed = (row: Row): row is Row & { sealed: Uint8Array } => row[sealedColumn] instanceof Uint8Array;

const within = (column: unknown, value: string): unknown =>
  typeof column === 'object' && column !== null ? Reflect.get(column, value) : undefined;
