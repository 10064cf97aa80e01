import { isTableField } from '@shared/erp/docfield';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { isRecord } from '@shared/erp/envelope';
import { docTypeBundle } from '../../../../electron/erp/metadata';
import { createDemoSite } from '../../../../electron/demo/site';
import { demoClient } from '../../../support/demo-client';
import { subject } from './task';

const bytes = 2_048;
const parties = 300;

/** Documents as a server lists them, oldest first: their JSON, each of 2 kB, and their `modified`, each its own. */
export type Documents = { bundle: DocTypeBundle; json: string[]; modified: string[] };

/**
 * A payment of the demo company so many times over. Every column holds something: the app leaves empty ones out, which
 * would make it look better than what it is compared with. Only `amended_from` does not: its document would be missing.
 */
export async function makeDocuments(count: number): Promise<Documents> {
  const client = demoClient(createDemoSite({ scale: 1 }));
  const { body } = await client.list(subject, { fields: ['*'], limit_page_length: 1 });
  const listed: unknown = Array.isArray(body['data']) ? body['data'][0] : null;
  const meta = await client.send(
    'GET',
    `/api/method/frappe.desk.form.load.getdoctype?doctype=${encodeURIComponent(subject)}&with_parent=1`,
  );
  const bundle = docTypeBundle(meta.body['docs'], subject);
  if (!isRecord(listed) || bundle === null) throw new Error(`the demo company has no ${subject}`);
  bundle.doctype.fields = bundle.doctype.fields.filter((field) => !isTableField(field));
  const filled = Object.fromEntries(
    Object.entries(listed).map(([key, value]) => [key, value === null || value === '' ? 'A few words' : value || 1]),
  );
  const documents: Documents = { bundle, json: [], modified: [] };
  for (let index = 0; index < count; index += 1) {
    const modified = `${new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString().slice(0, 19).replace('T', ' ')}.000001`;
    const party = `Customer ${index % parties}`;
    const doc = { ...filled, name: `ACC-PAY-2026-${String(index).padStart(6, '0')}`, modified, creation: modified, doctype: subject, party, party_name: party, title: party, amended_from: null, remarks: '' }; // prettier-ignore
    doc.remarks = 'Paid in full. '.repeat(bytes / 14).slice(0, Math.max(1, bytes - JSON.stringify(doc).length));
    documents.json.push(JSON.stringify(doc));
    documents.modified.push(modified);
  }
  return documents;
}
