import type { ListText } from '@shared/bridge/erp';
import { notFrappe } from '@shared/erp/classify';
import { isRecord, payloadOf } from '@shared/erp/envelope';
import type { AnyFilter } from '@shared/erp/filters';
import type { Asking, Connection } from './connection';
import { longestPath, methodPath, query, resourceLabel, resourcePath } from './paths';
import type { Answer, ErpRequest } from './request';

export type ListQuery = {
  doctype: string;
  fields: string[];
  filters: AnyFilter[];
  orFilters?: AnyFilter[] | undefined;
  orderBy?: string | undefined;
  groupBy?: string | undefined;
  start?: number | undefined;
  /** Rows; 0 means all. */
  limit: number;
  /** For child DocTypes: the parent DocType whose permission is checked; it does not filter. */
  parent?: string | undefined;
};

const ifAny = (filters: AnyFilter[] | undefined): AnyFilter[] | undefined => (filters?.length ? filters : undefined);

/** A list as GET, or, when its URL would be too long for a server, as POST to `frappe.client.get_list` (recording list-by-post). */
function listRequest(list: ListQuery, timeoutMs: number): ErpRequest {
  const args = {
    fields: list.fields,
    filters: ifAny(list.filters),
    or_filters: ifAny(list.orFilters),
    order_by: list.orderBy,
    group_by: list.groupBy,
    limit_start: list.start,
    limit_page_length: list.limit,
    parent: list.parent,
  };
  const path = resourcePath(list.doctype) + query(args);
  if (path.length <= longestPath) return { method: 'GET', path, label: resourceLabel('GET', list.doctype), timeoutMs };
  return {
    method: 'POST',
    path: methodPath('frappe.client.get_list'),
    body: JSON.stringify({ doctype: list.doctype, ...args }),
    label: `POST /api/method/frappe.client.get_list (${list.doctype})`,
    timeoutMs,
  };
}

export type Row = Record<string, unknown>;

/** The rows of a list answer; an answer without rows is not Frappe's. */
function rowsOfAnswer(answer: Answer, label: string): Row[] {
  const rows = payloadOf(answer.envelope);
  if (Array.isArray(rows) && rows.every(isRecord)) return rows;
  throw notFrappe({ status: 200, contentType: null, body: answer.text, date: answer.date, request: label });
}

/** One list with its rows, parsed, and its text as the server wrote it. */
export async function listRows(connection: Connection, list: ListQuery, asking: Asking): Promise<{ rows: Row[]; list: ListText }> {
  const ask = listRequest(list, connection.timeouts.read);
  // Reading by POST changes nothing, so it may be repeated like a GET.
  const answer = await connection.ask(ask, asking, true);
  const rows = rowsOfAnswer(answer, ask.label);
  return { rows, list: { text: answer.text, date: answer.date, bytes: answer.bytes } };
}
