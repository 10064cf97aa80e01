import type { FieldValue } from '../erp/document';
import { frappeEqual } from './frappe-equal';

/** What a sweep knows of a document: never its whole body. */
export type Listed = { name: string; modified: string; creation: string; owner: string; silent: Record<string, FieldValue> };

export type SweepFindings = {
  /** There, and not here, or with another `modified` (either direction). */
  fetch: string[];
  /** The same `modified`, but a column that the server writes without touching it differs. */
  silent: Listed[];
  /** Here, and not there: deleted, renamed, hidden, or out of the filter. */
  missing: string[];
  /** Missing under the old name and there under a new one, with the same `creation` and `owner`, unique on both sides. */
  renamed: { from: string; to: string }[];
};

/** Compares what the server lists with what is here. */
export function compareNames(here: Listed[], there: Listed[]): SweepFindings {
  const [mine, theirs] = [new Map(here.map((row) => [row.name, row])), new Map(there.map((row) => [row.name, row]))];
  const findings: SweepFindings = { fetch: [], silent: [], missing: [], renamed: [] };
  for (const row of there) {
    const known = mine.get(row.name);
    if (known === undefined || known.modified !== row.modified) findings.fetch.push(row.name);
    else if (Object.entries(row.silent).some(([field, value]) => !frappeEqual(known.silent[field], value))) findings.silent.push(row);
  }
  const gone = here.filter((row) => !theirs.has(row.name));
  const byOrigin = (rows: Listed[]): Map<string, Listed[]> => {
    const groups = new Map<string, Listed[]>();
    for (const row of rows) groups.set(originOf(row), [...(groups.get(originOf(row)) ?? []), row]);
    return groups;
  };
  // The new name may have been pulled already.
  const [left, came] = [byOrigin(gone), byOrigin(there)];
  for (const row of gone) {
    const [was, is] = [left.get(originOf(row)) ?? [], came.get(originOf(row)) ?? []];
    const [only] = is;
    if (row.creation !== '' && was.length === 1 && is.length === 1 && only !== undefined)
      findings.renamed.push({ from: row.name, to: only.name });
    else findings.missing.push(row.name);
  }
  return findings;
}

const originOf = (row: Listed): string => `${row.creation}\n${row.owner}`;
