import type { DocTypeBundle } from '../erp/doctype';
import { rowsOf } from '../erp/document';
import type { Doc } from '../erp/document';
import { applyChanges, diffDocuments } from './changes';
import { mergeDocuments } from './merge';
import type { Merged, Versions } from './merge';
import type { CellPath, Changes, Clash } from './outbox-entry';
import { cellsGoingWith } from './unit-of-row';

/** The merge once a person has chosen a side for every clash. */
export function resolveClashes(versions: Versions, choices: { path: CellPath; take: 'mine' | 'theirs' }[], bundle?: DocTypeBundle): Merged {
  const merged = mergeDocuments(versions, bundle);
  let doc = merged.doc;
  for (const clash of merged.clashes) {
    const chosen = choices.find((choice) => samePath(choice.path, clash.path));
    if (chosen?.take === 'mine') doc = takeMine(doc, versions.mine, clash);
  }
  return { doc, changes: diffDocuments(versions.theirs, doc, bundle), clashes: [] };
}

export const samePath = (a: CellPath, b: CellPath): boolean =>
  a.fieldname === b.fieldname &&
  ('table' in a ? a.table : null) === ('table' in b ? b.table : null) &&
  ('row' in a ? a.row : null) === ('row' in b ? b.row : null);

function takeMine(doc: Doc, mine: Doc, clash: Clash): Doc {
  const { path } = clash;
  if (clash.row === 'order') return changeTable(doc, path.fieldname, { order: rowsOf(mine, path.fieldname).map(({ name }) => name) });
  if (!('table' in path)) return { ...doc, [path.fieldname]: clash.mine ?? null };
  const row = rowsOf(mine, path.table).find((candidate) => candidate.name === path.row);
  if (clash.row === 'removed-here') return changeTable(doc, path.table, { removed: [path.row] });
  if (row !== undefined && (clash.row === 'removed-there' || clash.row === 'added-here'))
    return changeTable(doc, path.table, { added: [row] });
  const along = row === undefined ? {} : cellsGoingWith(path.fieldname, row);
  return changeTable(doc, path.table, { edited: { [path.row]: { ...along, [path.fieldname]: clash.mine ?? null } } });
}

const changeTable = (doc: Doc, table: string, change: Partial<Changes['tables'][string]>): Doc =>
  applyChanges(doc, { fields: {}, tables: { [table]: { added: [], edited: {}, removed: [], ...change } } });
