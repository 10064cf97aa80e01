import type { DocTypeBundle } from '../erp/doctype';
import type { Doc, DocumentValues } from '../erp/document';
import { applyChanges, diffDocuments, hasChanges } from './changes';
import { matchRows } from './match-rows';
import { mergeDocuments } from './merge';
import { rewriteNames } from './rewrite-names';

/**
 * Typing put on top of a newer version of the document; `values` is that very version when nothing of the typing is
 * left, as after a save. `both`: fields, and tables, that both sides changed to different values. `changed`: the form
 * shows something else than it did.
 */
export type Rebased = { values: Doc; both: string[]; changed: boolean };

/**
 * `from`: what the typing began on; `mine`: with the typing; `now`: what the device holds by now, where rows that were
 * made here may have been named by the server meanwhile.
 */
export function rebaseTyping(bundle: DocTypeBundle | undefined, from: DocumentValues, mine: DocumentValues, now: Doc): Rebased {
  const named = matchRows(from, now, bundle);
  const [base, typedOn] = named.size === 0 ? [from, mine] : [rewriteNames(from, named), rewriteNames(mine, named)];
  const its = { doctype: now.doctype, name: now.name };
  const merged = mergeDocuments({ base: { ...base, ...its }, mine: { ...typedOn, ...its }, theirs: now }, bundle);
  const rebased = applyChanges(merged.doc, diffDocuments(base, typedOn, bundle));
  if (!hasChanges(diffDocuments(now, rebased, bundle))) return { values: now, both: [], changed: false };
  const both = new Set(merged.clashes.map(({ path }) => ('table' in path ? path.table : path.fieldname)));
  return { values: rebased, both: [...both], changed: hasChanges(diffDocuments(typedOn, rebased, bundle)) };
}
