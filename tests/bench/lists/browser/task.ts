import type { Doc } from '@shared/erp/document';

export type Contender = 'fieldbook' | 'rxdb' | 'pouchdb';

export type Task = { kind: 'measure'; contender: Contender; count: number };

/** Milliseconds of each time that it was done. */
export type Taken = Record<string, number[]>;

/** What each contender is asked, once all documents are in its database on disk. Each answers how many it found. */
export type Store = {
  /** Parts of 500 documents. */
  fill(parts: Iterable<Doc[]>): Promise<void>;
  /** The newest of the largest DocType; never asked twice for as many, since some remember their answers. */
  newest(limit: number): Promise<number>;
  /** The newest of it that have this status, which no index knows. */
  withStatus(status: string, limit: number): Promise<number>;
  /** Those of it with the greatest total, which no index knows. */
  greatest(limit: number): Promise<number>;
  /** One document, with its rows: how many these are. */
  open(doctype: string, name: string): Promise<number>;
  /** Up to twenty documents of any DocType for a text as it is typed. */
  search(text: string): Promise<number>;
  /** What only this contender does, by name. */
  extra?(): Promise<Taken>;
  end(): Promise<void>;
};
