import { rowsOf } from '../erp/document';
import type { DocumentValues } from '../erp/document';
import type { CellPath } from './outbox-entry';

/** What a cell holds, `''` where it is empty; undefined where its row is not there. */
export function cellOf(doc: DocumentValues, path: CellPath): unknown {
  const holder = 'table' in path ? rowsOf(doc, path.table).find(({ name }) => name === path.row) : doc;
  return holder === undefined ? undefined : (holder[path.fieldname] ?? '');
}
