import { setMaxListeners } from 'node:events';
import type { PageText } from '@shared/bridge/erp';
import type { Asking, Connection } from './connection';
import { listRows, type ListQuery, type Row } from './list';

const nameOf = (row: Row): string | null => (typeof row['name'] === 'string' ? row['name'] : null);

/**
 * Whole documents of one page in 1 + child DocTypes + 1 requests. `parent` makes the server check permission but does
 * not filter, hence the `parenttype` filter as well (recording children-of-namesakes). The last list shows which
 * parents changed while their rows were read; row times say nothing (recording children-newer-than-parent).
 */
export async function readPage(connection: Connection, page: ListQuery & { childTables: string[] }, asking: Asking): Promise<PageText> {
  const parents = await listRows(connection, page, asking);
  const names = parents.rows.map(nameOf).filter((name) => name !== null);
  const childTables = [...new Set(page.childTables)];
  if (names.length === 0 || childTables.length === 0) {
    return { parents: parents.list, children: [], check: null, requests: 1 };
  }
  // A request a child DocType hangs on the one signal: no leak, and nothing for Node to warn of.
  setMaxListeners(20 + childTables.length, asking.signal);
  const children = await Promise.all(
    childTables.map(async (doctype) => {
      const child: ListQuery = {
        doctype,
        fields: ['*'],
        filters: [
          ['parent', 'in', names],
          ['parenttype', '=', page.doctype],
        ],
        orderBy: 'parent asc, idx asc',
        limit: 0,
        parent: page.doctype,
      };
      return { doctype, rows: (await listRows(connection, child, asking)).list };
    }),
  );
  const check = await listRows(
    connection,
    { doctype: page.doctype, fields: ['name', 'modified'], filters: [['name', 'in', names]], limit: 0 },
    asking,
  );
  return { parents: parents.list, children, check: check.list, requests: 2 + childTables.length };
}
