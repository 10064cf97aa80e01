import type { DocTypeBundle } from '../erp/doctype';
import type { DocumentValues } from '../erp/document';
import { applyChanges, diffDocuments, hasChanges } from './changes';
import { matchRows } from './match-rows';
import { mergeDocuments } from './merge';
import { rewriteNames } from './rewrite-names';

/**
 * Typing put on top of a newer version of the document; `values` is that very version when nothing of the typing is
 * left, as after a save. `both`: fields, and tables, that both sides changed to different values. `changed`: the form
 * shows something else than it did.
 */
export type Rebased = { values: DocumentValues; both: string[]; changed: boolean };

/**
 * `from`: what the typing began on; `mine`: with the typing; `now`: what the device holds by now, where rows that were
 * made here may have been named by the server meanwhile.
 */
export function rebaseTyping(bundle: DocTypeBundle | undefined, from: DocumentValues, mine: DocumentValues, now: DocumentValues): Rebased {
  const named = matchRows(from, now, bundle);
  const [base, typedOn] = named.size === 0 ? [from, mine] : [rewriteNames(from, named), rewriteNames(mine, named)];
  const rebased = applyChanges(now, diffDocuments(base, typedOn, bundle));
  if (!hasChanges(diffDocuments(now, rebased, bundle))) return { values: now, both: [], changed: false };
  const { clashes } = mergeDocuments({ base: asDoc(base), mine: asDoc(typedOn), theirs: asDoc(now) }, bundle);
  const both = new Set(clashes.map(({ path }) => ('table' in path ? path.table : path.fieldname)));
  return { values: rebased, both: [...both], changed: hasChanges(diffDocuments(typedOn, rebased, bundle)) };
}

/** The merge looks at values alone. */
const asDoc = (values: DocumentValues) => ({ ...values, doctype: '', name: '' });
