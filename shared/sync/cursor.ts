import type { Filter } from '../erp/filters';

/**
 * Where a run through a DocType stands: at a `modified`, some of whose documents may be stored already; within one that
 * fills whole pages, by name; or past one that was read to its end.
 */
export type Position = { at: 'from' | 'past'; modified: string } | { at: 'within'; modified: string; name: string };

export type PageQuestion = { filters: Filter[]; orderBy: string };

/** A whole page wanted, in bytes as they come from the server. */
export const wantedPageBytes = 1_000_000;

/** Documents are stored in the order of this list, and a position means "everything before it is stored". */
const orderBy = 'modified asc, name asc';

/**
 * The list that a page asks for. Pages overlap by one `modified`, since several documents may share it; only where
 * one `modified` fills a page, the page goes on by name within it.
 */
export function pageAt(position: Position | null): PageQuestion {
  if (position === null) return { filters: [], orderBy };
  switch (position.at) {
    case 'from':
      return { filters: [['modified', '>=', position.modified]], orderBy };
    case 'past':
      return { filters: [['modified', '>', position.modified]], orderBy };
    case 'within':
      return {
        filters: [
          ['modified', '=', position.modified],
          ['name', '>', position.name],
        ],
        orderBy,
      };
  }
}

type Key = { name: string; modified: string };

/**
 * The position after a page, or `done`. `limit` is what was asked for: a shorter page is the last one of its question.
 */
export function afterPage(position: Position | null, rows: Key[], limit: number): { position: Position | null; done: boolean } {
  const last = rows.at(-1);
  const full = rows.length >= limit;
  if (position?.at === 'within') {
    const { modified } = position;
    return full && last !== undefined
      ? { position: { at: 'within', modified, name: last.name }, done: false }
      : { position: { at: 'past', modified }, done: false };
  }
  if (last === undefined) return { position, done: true };
  if (full && rows[0]?.modified === last.modified)
    return { position: { at: 'within', modified: last.modified, name: last.name }, done: false };
  return { position: { at: 'from', modified: last.modified }, done: !full };
}

/** Rows to ask for next, so that a page is about as large as wanted. */
export function nextLimit(limit: number, rows: number, bytes: number): number {
  if (rows === 0 || bytes === 0) return limit;
  const fitting = Math.round(wantedPageBytes / (bytes / rows));
  // A run of small documents may be followed by large ones: grow by steps.
  return Math.max(smallestPage, Math.min(largestPage, fitting, limit * 4));
}

export const firstLimit = 100;
const smallestPage = 10;
const largestPage = 2_000;

/** Where a finished or running page was stored, and when (ms). */
export type CursorMark = { at: number; modified: string };

/** A save may be committed this long after the `modified` it carries. */
const lateCommitMs = 5 * 60_000;

/**
 * Where a run starts: at the newest place reached at least five minutes before the run before it, since a document
 * committed late may lie behind anything younger; soon after the first download, five minutes before its end. Null:
 * from the very beginning.
 */
export function startOf(marks: CursorMark[], lastRunAt: number): string | null {
  const old = marks.filter((mark) => mark.at <= lastRunAt - lateCommitMs).at(-1);
  if (old !== undefined) return old.modified;
  const [first] = marks;
  return first === undefined ? null : lateCommitBefore(first.modified);
}

/** The server's `YYYY-MM-DD HH:MM:SS.ffffff`, five minutes earlier by the same clock. */
function lateCommitBefore(modified: string): string {
  const at = Date.parse(`${modified.slice(0, 19).replace(' ', 'T')}Z`);
  // One that cannot be read as a time is begun at itself.
  return Number.isNaN(at) ? modified : new Date(at - lateCommitMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** The marks to keep: the one a next run may start from, and the younger ones, one a minute at most. */
export function keepMarks(marks: CursorMark[], added: CursorMark, lastRunAt: number): CursorMark[] {
  const sorted = [...marks, added].sort((a, b) => a.at - b.at);
  const start = sorted.filter((mark) => mark.at <= lastRunAt - lateCommitMs).at(-1);
  const young = sorted.filter((mark) => mark.at > lastRunAt - lateCommitMs);
  const thinned = young.filter((mark, position) => {
    const next = young[position + 1];
    return position === 0 || next === undefined || Math.floor(next.at / 60_000) !== Math.floor(mark.at / 60_000);
  });
  return [...(start === undefined ? [] : [start]), ...thinned];
}
