import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Filter } from '@shared/erp/filters';
import { compareNames } from '@shared/sync/compare-names';
import type { Listed, SweepFindings } from '@shared/sync/compare-names';
import type { Comparison } from '@shared/sync/sync-state';
import { scalar } from '@shared/sync/changes';
import type { FieldValue } from '@shared/erp/document';
import { isTemporaryName } from '@shared/erp/temporary-name';
import { decodeFields } from '../cache/body';
import { docOf } from '../cache/document-row';
import { rangeOf } from '../cache/documents';
import { flushJournal } from '../cache/journal';
import type { DocumentRow, Origin } from '../cache/rows';
import { inWorkTransaction } from '../cache/work';
import { findRenamed } from './find-missing';
import { followRename } from './follow-rename';
import { keptSince, leaveFilter } from './leave-filter';
import { lose } from './lose';
import { fetchByName } from './pull/fetch-by-name';
import { receiveDocument } from './receive';
import { rereadLinking } from './reread-linking';
import { textOf } from './rows';
import type { Row } from './rows';
import { list, read } from './site';
import type { Site } from './site';

const namesAtOnce = 5_000;

/** What comparing cost: requests, and names that were compared. */
type SweepCost = { requests: number; names: number };

/** What comparing cost, and what it found. */
export type Swept = SweepCost & Pick<Comparison, 'found'>;

/**
 * Compares one DocType here with the server by names, `modified` and the columns that the server writes silently:
 * finds deletions, renames, lost and gained permissions, what a pull missed, and silent changes.
 * `scope`: what is covered; `linked` documents are swept by their names alone.
 */
export async function sweepDocType(site: Site, bundle: DocTypeBundle, scope: { filters: Filter[]; linkedOnly: boolean }): Promise<Swept> {
  const doctype = bundle.doctype.name;
  const nothing = { fetched: 0, silent: 0, renamed: 0, gone: 0 };
  // It has one name for good, and cannot be listed: a pull reads the whole of it.
  if (bundle.doctype.issingle === 1) return { requests: 0, names: 0, found: nothing };
  const silent = silentFields(bundle);
  const startedAt = site.now();
  const cost: SweepCost = { requests: 0, names: 0 };
  const here = await readHere(site, doctype, silent);
  if (scope.linkedOnly && here.length === 0) return { ...cost, found: nothing };
  const there = scope.linkedOnly
    ? await readNamed(site, doctype, namesOf(here), silent, cost)
    : await readThere(site, doctype, scope.filters, silent, cost);
  const findings = compareNames(here, there);
  for (const { from, to } of findings.renamed) await followRename(site, { doctype, from, to });
  await take(site, bundle, findings, scope.linkedOnly ? 'linked' : 'profile', cost);
  const missing = new Set(findings.missing);
  if (!scope.linkedOnly && missing.size > 0) {
    const outside = await readNamed(site, doctype, findings.missing, silent, cost);
    outside.forEach(({ name }) => missing.delete(name));
    const left = await leaveFilter(site, doctype, namesOf(outside), startedAt);
    const stayed = outside.filter(({ name }) => !left.has(name));
    await take(site, bundle, compareNames(here, stayed), 'linked', cost);
  }
  // Before they go: where it fails, the names that are still here have it tried again.
  cost.requests += await rereadLinking(site, doctype, missing);
  for (const name of missing) {
    const row = await site.cache.documents.get([doctype, name]);
    if (row === undefined || keptSince(row, startedAt, site.now())) continue;
    if (row.mark === undefined) await inWorkTransaction(site.cache, () => lose(site, row, 'gone'));
    else await findOut(site, bundle, row);
  }
  site.log(
    'debug',
    `${doctype} compared: ${cost.names} names, ${cost.requests} requests; ${findings.fetch.length} to fetch, ` +
      `${findings.silent.length} changed silently, ${findings.renamed.length} renamed, ${findings.missing.length} not listed, ${missing.size} of them not there`,
  );
  await flushJournal(site);
  const counts = { silent: findings.silent.length, renamed: findings.renamed.length, gone: missing.size };
  return { ...cost, found: { fetched: findings.fetch.length, ...counts } };
}

const namesOf = (rows: Listed[]): string[] => rows.map(({ name }) => name);

async function take(site: Site, bundle: DocTypeBundle, findings: SweepFindings, origin: Origin, cost: SweepCost): Promise<void> {
  const { requests } = await fetchByName(site, bundle, [...findings.fetch, ...namesOf(findings.silent)], origin);
  cost.requests += requests;
}

/** The named ones among them, as the server lists them now. */
async function readNamed(site: Site, doctype: string, names: string[], silent: string[], cost: SweepCost): Promise<Listed[]> {
  const found: Listed[] = [];
  for (let start = 0; start < names.length; start += namesAtOnce) {
    const filters: Filter[] = [['name', 'in', names.slice(start, start + namesAtOnce)]];
    found.push(...(await readThere(site, doctype, filters, silent, cost)));
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
  const missed = await namesMissed(site, doctype);
  return rows
    .filter((row) => !isTemporaryName(row.name))
    .map((row) => {
      const doc = decodeFields(row, row.base ?? row.body);
      // Once one that was not there is listed again it is read, also in the version that is known: its work goes on.
      const modified = missed.has(row.name) ? '' : row.modified;
      return { name: row.name, modified, creation: row.creation, owner: doc.owner ?? '', silent: pick(doc, silent) };
    });
}

/** Documents whose work waits because they were not there. */
async function namesMissed({ cache }: Site, doctype: string): Promise<Set<string>> {
  const parked = await cache.outbox.where('state.at').equals('parked').toArray();
  const missed = parked.filter(({ state }) => state.at === 'parked' && state.problem.kind === 'missing');
  return new Set(missed.filter((entry) => entry.doctype === doctype).map(({ name }) => name));
}

const pick = (values: Parameters<typeof scalar>[0], fields: string[]): Record<string, FieldValue> =>
  Object.fromEntries(fields.map((field) => [field, scalar(values, field) ?? null]));

async function readThere(site: Site, doctype: string, filters: Filter[], silent: string[], cost: SweepCost): Promise<Listed[]> {
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
    cost.requests += 1;
    cost.names += page.rows.length;
    const last = page.rows.at(-1);
    if (last === undefined || page.rows.length < namesAtOnce) return found;
    after = last.name;
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
