import type { DocType, DocTypeBundle } from '@shared/erp/doctype';
import { isTableField } from '@shared/erp/docfield';
import type { FormSession } from '@shared/form/form-session';

const metas = import.meta.glob<{ default: DocType }>('../fixtures/meta/*.json', { eager: true });

/** The recorded metadata of a DocType. */
export function metaOf(doctype: string): DocType {
  const found = metas[`../fixtures/meta/${doctype}.json`];
  if (found === undefined) throw new Error(`no recorded metadata of ${doctype}`);
  return found.default;
}

/** A DocType with its child DocTypes, as `getdoctype` answers them. */
export function bundleOf(doctype: string): DocTypeBundle {
  const meta = metaOf(doctype);
  const children = [...new Set(meta.fields.filter(isTableField).map((field) => field.options ?? ''))];
  return { doctype: meta, children: children.map(metaOf) };
}

export const session: FormSession = {
  user: 'field@example.com',
  roles: ['Sales User', 'Accounts User', 'Purchase User', 'Stock User'],
  defaults: { company: 'Wind Power LLC', currency: 'INR' },
  today: '2026-11-23',
  now: '2026-11-23 09:05:00',
};
