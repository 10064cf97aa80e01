import { expect } from 'vitest';
import type { Filter } from '@shared/erp/filters';
import { live } from '../case';
import { makeCustomer } from '../documents';
import type { Live } from '../live';
import { tagged } from '../made';
import { may } from '../needs';

/** The server's own search for what a Link may name, as a Link field asks it. */
async function search({ erp, account }: Live, doctype: string, text: string, filters: Filter[] = []): Promise<unknown> {
  const args = { doctype, txt: text, page_length: 20, ...(filters.length === 0 ? {} : { filters: JSON.stringify(filters) }) };
  return (await erp.call({ account, http: 'GET', method: 'frappe.desk.search.search_link', args })).message;
}

live(
  'A Link is looked for by a part of its name, and among what its filters leave.',
  [may('Customer', 'read', 'create')],
  async (server) => {
    const { name } = await makeCustomer(server, 'Looked for');
    const part = name.slice(3);
    const found = await search(server, 'Customer', part);
    expect(found).toMatchObject([{ value: name, description: expect.any(String) }]);
    expect(await search(server, 'Customer', part, [['name', '=', name]])).toEqual(found);
    expect(await search(server, 'Customer', part, [['name', '!=', name]])).toEqual([]);
    expect(await search(server, 'Customer', tagged('is not there'))).toEqual([]);
  },
);
