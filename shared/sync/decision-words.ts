import type { AppError } from '../errors';
import { scalar } from './changes';
import type { CellPath, Changes, CreateMarker, DocumentKey, OutboxEntry, Problem } from './outbox-entry';

/**
 * The reasons of decisions, for the log. They tell DocTypes, fieldnames, codes and numbers, never the name of a document, a
 * value, or a sentence of the server, which may hold both.
 */

/** `refused (417 MandatoryError)`; with the pause that was asked for, where there was one. */
export function errorWords({ code, details }: Pick<AppError, 'code' | 'details'>): string {
  const { status, excType, retryAfter } = details;
  const told = [status, excType, retryAfter === undefined ? undefined : `Retry-After ${retryAfter}`].filter((part) => part !== undefined);
  return told.length === 0 ? code : `${code} (${told.join(' ')})`;
}

const mostCells = 8;

/** `po_no, items.qty, and 3 more`: each field once, however many rows it differs in. */
export function cellWords(paths: CellPath[]): string {
  const names = [...new Set(paths.map((path) => ('table' in path ? `${path.table}.${path.fieldname}` : path.fieldname)))];
  const more = names.length - mostCells;
  return names.slice(0, mostCells).join(', ') + (more > 0 ? `, and ${more} more` : '');
}

export const changesWords = ({ fields, tables }: Changes): string =>
  cellWords([...Object.keys(fields), ...Object.keys(tables)].map((fieldname) => ({ fieldname })));

/** Why an entry stands before a person. `error`: what refused it, where the server did. */
export function problemWords(problem: Problem, error?: Pick<AppError, 'code' | 'details'>): string {
  switch (problem.kind) {
    case 'refused': {
      const fields = cellWords(problem.fields.map(({ path }) => path));
      return (error === undefined ? `${problem.code} by this device` : errorWords(error)) + (fields === '' ? '' : `, about ${fields}`);
    }
    case 'conflict':
      return `conflict in ${cellWords(problem.clashes.map(({ path }) => path))}`;
    case 'missing':
      return problem.how === 'gone' ? 'deleted there' : 'hidden from its person';
    case 'may-exist':
      return `may be there already, ${problem.candidates.length} like it`;
    case 'changed-before-submit':
      return `not what its person saw: ${cellWords(problem.differences.map(({ path }) => path))}`;
    case 'changed-file':
      return problem.on === null ? 'a file that hangs on no document now' : 'a file under another name or on another document now';
    case 'unreadable':
      return 'cannot be read by this version';
  }
}

export function markerWords(marker: CreateMarker): string {
  switch (marker.by) {
    case 'unique-field':
      return `the unique field ${marker.fieldname}`;
    case 'name':
      return 'its name';
    case 'idx':
      return 'a negative idx';
    case 'look-up':
      return marker.known === undefined ? 'its like' : `its like, but for ${marker.known.length} known before`;
    case 'adopted':
      return 'the name that its person chose';
  }
}

/** By what an unanswered attempt is looked for. */
export function lookedForBy({ operation, marker }: Pick<OutboxEntry, 'operation' | 'marker'>): string {
  switch (operation.kind) {
    case 'create': {
      const own = marker !== null && marker.by !== 'name' && marker.by !== 'look-up';
      return !own && Boolean(scalar(operation.values, 'amended_from'))
        ? 'amended_from'
        : marker === null
          ? 'its marker'
          : markerWords(marker);
    }
    case 'update':
      return 'its values';
    case 'submit':
    case 'cancel':
      return 'docstatus';
    case 'delete':
      return 'its name';
    case 'workflow':
      return 'its state';
    case 'comment':
      return 'its data-fieldbook id';
    case 'attach':
      return 'the files of its document';
    case 'detach':
      return 'its File';
  }
}

/** `Customer, Address` */
export const documentWords = (keys: DocumentKey[]): string => [...new Set(keys.map(({ doctype }) => doctype))].join(', ');
