import { tableTypes } from '@shared/erp/docfield';
import type { Doc } from '@shared/erp/document';
import type { Engine } from '../engine/engine';

const dayMs = 86_400_000;

/** Puts documents of the past in directly: sparse, as rows of a database would hold them, without a save each. */
export type Maker = {
  /** `daysAgo` with a fraction; the time of day falls in working hours. */
  make(
    doctype: string,
    name: string,
    values: { [fieldname: string]: Doc[string] },
    at?: { daysAgo: number; owner?: string; docstatus?: number; touched?: number },
  ): Doc;
  numbered(series: string, year: string): string;
  date(daysAgo: number): string;
};

export function createMaker(engine: Engine): Maker {
  const { clock, random, store, metadata } = engine;
  const now = clock.now();
  const stampOf = (daysAgo: number): string => clock.stampAt(now - Math.max(daysAgo, 0.001) * dayMs - random.next() * 60_000);
  const tables = new Map<string, [fieldname: string, child: string][]>();
  const tablesOf = (doctype: string): [string, string][] => {
    const known = tables.get(doctype);
    if (known !== undefined) return known;
    const found = (metadata.get(doctype)?.fields ?? [])
      .filter(({ fieldtype }) => tableTypes.has(fieldtype))
      .map(({ fieldname, options }): [string, string] => [fieldname, options ?? '']);
    tables.set(doctype, found);
    return found;
  };
  const counters = new Map<string, number>();
  return {
    make(doctype, name, values, at = { daysAgo: 700 }) {
      const owner = at.owner ?? 'Administrator';
      const creation = stampOf(at.daysAgo);
      const modified = at.touched === undefined ? creation : stampOf(at.touched);
      const docstatus = at.docstatus ?? 0;
      const doc: Doc = { doctype, name, owner, creation, modified, modified_by: owner, docstatus, idx: 0, ...values };
      for (const [fieldname] of tablesOf(doctype)) {
        const rows = doc[fieldname];
        if (!Array.isArray(rows)) continue;
        rows.forEach((row, index) =>
          Object.assign(row, {
            owner,
            creation,
            modified,
            modified_by: owner,
            docstatus,
            idx: index + 1,
            parent: name,
            parentfield: fieldname,
            parenttype: doctype,
          }),
        );
      }
      store.put(doc);
      return doc;
    },
    numbered(series, year) {
      const prefix = `${series}-${year}-`;
      const next = (counters.get(prefix) ?? 0) + 1;
      counters.set(prefix, next);
      store.setSeries(prefix, next);
      return prefix + String(next).padStart(5, '0');
    },
    date: (daysAgo) => clock.stampAt(now - daysAgo * dayMs).slice(0, 10),
  };
}

/** Net, tax and grand total of rows, as the rules would work them out. */
export const totals = (rows: { amount: number }[], taxRate: number): { net: number; tax: number; grand: number } => {
  const net = Math.round(rows.reduce((sum, row) => sum + row.amount, 0) * 100) / 100;
  const tax = Math.round(net * taxRate) / 100;
  return { net, tax, grand: Math.round((net + tax) * 100) / 100 };
};
