import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Filter } from '@shared/erp/filters';
import { compareNames } from '@shared/sync/compare-names';
import type { Listed } from '@shared/sync/compare-names';
import { isFrozen, writesDocument } from '@shared/sync/entry-state';
import { scalar } from '@shared/sync/changes';
import type { FieldValue } from '@shared/erp/document';
import { decodeFields } from '../cache/body';
import { docOf } from '../cache/document-row';
import { rangeOf } from '../cache/documents';
import { flushJournal } from '../cache/journal';
import { unsentModified } from '../cache/rows';
import type { DocumentRow } from '../cache/rows';
import { entriesOfDocument, inWorkTransaction, putEntry, refreshMark } from '../cache/work';
import { findRenamed } from './find-missing';
import { followRename } from './follow-rename';
import { readPage } from './pull/page';
import { storeDocuments } from './pull/store';
import { receiveDocument } from './receive';
import { textOf } from './rows';
import type { Row } from './rows';
import { list, read } from './site';
import type { Site } from './site';

const namesAtOnce = 5_000;
const documentsAtOnce = 100;

/**
 * Compares one DocType here with the server by names, `modified` and the columns that the server writes silently:
 * finds deletions, renames, lost and gained permissions, what a pull missed, and silent changes.
 * `scope`: what is covered; `linked` documents are swept by their names alone.
 */
export async function sweepDocType(site: Site, bundle: DocTypeBundle, scope: { filters: Filter[]; linkedOnly: boolean }): Promise<void> {
  const doctype = bundle.doctype.name;
  const silent = silentFields(bundle);
  const startedAt = site.now();
  const here = await readHere(site, doctype, silent);
  const filters: Filter[] = scope.linkedOnly ? [['name', 'in', here.map(({ name }) => name)]] : scope.filters;
  if (scope.linkedOnly && here.length === 0) return;
  const there = await readThere(site, doctype, filters, silent);
  const findings = compareNames(here, there);
  for (const { from, to } of findings.renamed) await followRename(site, { doctype, from, to });
  await fetchSome(site, bundle, findings.fetch);
  await fetchSome(
    site,
    bundle,
    findings.silent.map(({ name }) => name),
  );
  const outside = scope.linkedOnly ? new Set<string>() : await stillThere(site, doctype, findings.missing);
  for (const name of findings.missing.filter((missing) => !outside.has(missing))) {
    const row = await site.cache.documents.get([doctype, name]);
    if (row === undefined || row.keptAt >= startedAt) continue;
    if (row.mark === undefined) await site.cache.documents.delete([doctype, name]);
    else await findOut(site, bundle, row);
  }
  await flushJournal(site);
}

/** Of these, the ones that the server still shows: they only left the filter, and stay as long as someone needs them. */
async function stillThere(site: Site, doctype: string, names: string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (let start = 0; start < names.length; start += namesAtOnce) {
    const filters: Filter[] = [['name', 'in', names.slice(start, start + namesAtOnce)]];
    const { rows } = await list(site, doctype, { fields: ['name'], filters, limit: 0 });
    rows.forEach((row) => found.add(row.name));
  }
  return found;
}

/** Columns that the server writes without touching `modified`. */
const silentFields = (bundle: DocTypeBundle): string[] =>
  bundle.doctype.fields
    .filter(
      ({ fieldname, fieldtype, is_virtual }) =>
        is_virtual !== 1 &&
        fieldtype !== 'Table' &&
        (fieldname === 'status' || fieldname === 'outstanding_amount' || fieldname.startsWith('per_') || fieldname.endsWith('_status')),
    )
    .map(({ fieldname }) => fieldname);

async function readHere(site: Site, doctype: string, silent: string[]): Promise<Listed[]> {
  const rows = await site.cache.documents
    .where('[doctype+name]')
    .between(...rangeOf(doctype))
    .toArray();
  return rows
    .filter((row) => row.modified !== unsentModified)
    .map((row) => {
      const doc = decodeFields(row, row.base ?? row.body);
      return { name: row.name, modified: row.modified, creation: row.creation, owner: doc.owner ?? '', silent: pick(doc, silent) };
    });
}

const pick = (values: Parameters<typeof scalar>[0], fields: string[]): Record<string, FieldValue> =>
  Object.fromEntries(fields.map((field) => [field, scalar(values, field) ?? null]));

async function readThere(site: Site, doctype: string, filters: Filter[], silent: string[]): Promise<Listed[]> {
  const found: Listed[] = [];
  let after: string | null = null;
  for (;;) {
    const page: { rows: Row[] } = await list(site, doctype, {
      fields: ['name', 'modified', 'creation', 'owner', ...silent],
      filters: after === null ? filters : [...filters, ['name', '>', after]],
      orderBy: 'name asc',
      limit: namesAtOnce,
    });
    found.push(
      ...page.rows.map((row) => ({
        name: row.name,
        modified: textOf(row, 'modified'),
        creation: textOf(row, 'creation'),
        owner: textOf(row, 'owner'),
        silent: pick(row, silent),
      })),
    );
    const last = page.rows.at(-1);
    if (last === undefined || page.rows.length < namesAtOnce) return found;
    after = last.name;
  }
}

async function fetchSome(site: Site, bundle: DocTypeBundle, names: string[]): Promise<void> {
  for (let start = 0; start < names.length; start += documentsAtOnce) {
    const some = names.slice(start, start + documentsAtOnce);
    const page = await readPage(site, bundle, { filters: [['name', 'in', some]], orderBy: 'name asc', limit: documentsAtOnce });
    await storeDocuments(site, bundle, page.docs, { origin: 'profile', fetchedAt: page.fetchedAt });
  }
}

/** A document with unsent work that is not in the list any more: read singly, it tells whether it is hidden, renamed or deleted. */
async function findOut(site: Site, bundle: DocTypeBundle, row: DocumentRow): Promise<void> {
  const { doctype, name } = row;
  const reading = await read(site, doctype, name);
  if (reading.found === 'yes') {
    await inWorkTransaction(site.cache, () => receiveDocument(site, reading.doc, { bundle, origin: 'opened' }));
    return;
  }
  if (reading.found === 'no') {
    const renamed = await findRenamed(site, docOf(row));
    if (renamed !== null) return followRename(site, { doctype, from: name, to: renamed });
  }
  await inWorkTransaction(site.cache, () => lose(site, row, reading.found === 'hidden' ? 'hidden' : 'gone'));
}

/** Gone there: gone here, unless there is unsent work, which a person decides about. */
async function lose(site: Site, row: DocumentRow, how: 'gone' | 'hidden'): Promise<void> {
  const { doctype, name } = row;
  const entries = await entriesOfDocument(site.cache, doctype, name);
  if (entries.length === 0) {
    await site.cache.documents.delete([doctype, name]);
    return;
  }
  const [first] = entries.filter(writesDocument);
  const held = first ?? entries[0];
  if (held === undefined || isFrozen(held) || held.operation.kind === 'delete') return;
  if (held.state.at === 'parked' && held.state.problem.kind === 'missing' && held.state.problem.how === how) return;
  await putEntry(site, { ...held, state: { at: 'parked', since: site.now(), problem: { kind: 'missing', how } } });
  await refreshMark(site.cache, doctype, name);
}
