import type { DocTypeBundle } from '@shared/erp/doctype';
import type { DocumentValues } from '@shared/erp/document';
import { applyChanges, diffDocuments, hasChanges } from '@shared/sync/changes';

/**
 * Typing put on top of a newer version of the document; `values` is that very version when nothing of the typing is
 * left, as after a save. `both`: fields that both sides changed to different values. `changed`: the form shows
 * something else than it did.
 */
export type Rebased = { values: DocumentValues; both: string[]; changed: boolean };

/** `from`: what the typing began on; `mine`: with the typing; `now`: what the device holds by now. */
export function rebaseTyping(bundle: DocTypeBundle, from: DocumentValues, mine: DocumentValues, now: DocumentValues): Rebased {
  const typed = diffDocuments(from, mine, bundle);
  const theirs = diffDocuments(from, now, bundle);
  const rebased = applyChanges(now, typed);
  if (!hasChanges(diffDocuments(now, rebased, bundle))) return { values: now, both: [], changed: false };
  const both = Object.keys(typed.fields).filter(
    (fieldname) => fieldname in theirs.fields && theirs.fields[fieldname] !== typed.fields[fieldname],
  );
  return { values: rebased, both, changed: hasChanges(diffDocuments(mine, rebased, bundle)) };
}
