import type { PageText } from '@shared/bridge/erp';
import { AppError } from '@shared/errors';
import { rowsOf } from '@shared/erp/document';
import type { Doc } from '@shared/erp/document';
import type { DocType, DocTypeBundle } from '@shared/erp/doctype';
import { isTableField } from '@shared/erp/docfield';
import type { Filter } from '@shared/erp/filters';
import { toRow } from '../../cache/document-row';
import type { DocumentRow, Origin } from '../../cache/rows';
import { childRow, parseRows, textOf } from '../rows';
import type { Row } from '../rows';
import { read } from '../site';
import type { Site } from '../site';

export type Page = {
  /** Whole documents, in the order of the list. */
  docs: Doc[];
  /** The same as they are stored: encoding takes longer than storing, so it is done while the page before is stored. */
  rows: DocumentRow[];
  origin: Origin;
  /** The list itself, for the cursor: it may hold documents that vanished meanwhile. */
  keys: { name: string; modified: string }[];
  bytes: number;
  requests: number;
  /** When it was asked for (ms). */
  fetchedAt: number;
};

/** Names of the child DocTypes of a DocType. */
export const childTables = (bundle: DocTypeBundle): string[] => [
  ...new Set(
    bundle.doctype.fields.filter((field) => isTableField(field) && field.is_virtual !== 1).flatMap((field) => field.options ?? []),
  ),
];

/** One page of whole documents; those that changed while their rows were read are read again singly. */
export async function readPage(
  site: Site,
  bundle: DocTypeBundle,
  origin: Origin,
  question: { filters: Filter[]; orderBy: string; limit: number },
): Promise<Page> {
  const fetchedAt = site.now();
  const doctype = bundle.doctype.name;
  const text = await site.erp.page({
    account: site.account,
    priority: 'bulk',
    doctype,
    fields: ['*'],
    childTables: childTables(bundle),
    ...question,
  });
  const parents = parseRows(text.parents.text);
  const { docs, requests } = await mendTorn(site, bundle.doctype, assemble(doctype, parents, text), text);
  const rows = docs.map((doc) => toRow(doc, { doctype: bundle.doctype, origin, keptAt: fetchedAt }));
  const keys = parents.map((row) => ({ name: row.name, modified: textOf(row, 'modified') }));
  return { docs, rows, origin, keys, bytes: bytesOf(text), requests, fetchedAt };
}

/** `limit`: so many were asked for in the end. */
export type FittingPage = Page & { limit: number };

/** A page of so many documents; of fewer where the answer would be larger than this app takes. */
export async function readFitting(limit: number, ask: (limit: number) => Promise<Page>): Promise<FittingPage> {
  for (let fewer = limit; ; fewer = Math.ceil(fewer / 4)) {
    try {
      return { ...(await ask(fewer)), limit: fewer };
    } catch (thrown) {
      if (fewer === 1 || AppError.from(thrown).code !== 'too-large') throw thrown;
    }
  }
}

function assemble(doctype: string, parents: Row[], text: PageText): Doc[] {
  const docs = new Map<string, Doc>(parents.map((row) => [row.name, { ...row, doctype }]));
  for (const child of text.children) {
    for (const row of parseRows(child.rows.text)) {
      const doc = docs.get(textOf(row, 'parent'));
      const field = textOf(row, 'parentfield');
      if (doc === undefined || field === '') continue;
      const rows = doc[field];
      if (Array.isArray(rows)) rows.push(childRow(row));
      else doc[field] = [childRow(row)];
    }
  }
  for (const doc of docs.values()) {
    for (const value of Object.values(doc)) if (Array.isArray(value)) value.sort((a, b) => (a.idx ?? 0) - (b.idx ?? 0));
  }
  return [...docs.values()];
}

/**
 * The parents were listed again after their rows: only what differs may be torn (row times say nothing), or what came
 * without the rows that it must have: it may have been out of sight just then.
 */
async function mendTorn(site: Site, doctype: DocType, docs: Doc[], text: PageText): Promise<Pick<Page, 'docs' | 'requests'>> {
  if (text.check === null) return { docs, requests: text.requests };
  const now = new Map(parseRows(text.check.text).map((row) => [row.name, textOf(row, 'modified')]));
  const whole: Doc[] = [];
  let requests = text.requests;
  for (const doc of docs) {
    if (now.get(doc.name) === doc.modified && hasItsRows(doctype, doc)) {
      whole.push(doc);
      continue;
    }
    const reading = await read(site, doctype.name, doc.name);
    requests += 1;
    // Gone or hidden meanwhile: the sweep finds what became of it.
    if (reading.found === 'yes') whole.push(reading.doc);
  }
  return { docs: whole, requests };
}

const hasItsRows = ({ fields }: DocType, doc: Doc): boolean =>
  fields.every((field) => field.reqd !== 1 || !isTableField(field) || rowsOf(doc, field.fieldname).length > 0);

const bytesOf = (text: PageText): number =>
  text.parents.bytes + (text.check?.bytes ?? 0) + text.children.reduce((sum, { rows }) => sum + rows.bytes, 0);
