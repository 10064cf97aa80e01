import type { DocTypeBundle } from '@shared/erp/doctype';
import type { DocumentValues } from '@shared/erp/document';
import { applyChanges, diffDocuments, hasChanges } from '@shared/sync/changes';

/**
 * Typing put on top of a newer version of the document. `both`: fields that both sides changed to different values.
 * `changed`: the newer version differs in anything that a person could have typed.
 */
export type Rebased = { values: DocumentValues; both: string[]; changed: boolean };

/** `from`: what the typing began on; `mine`: with the typing; `now`: what the device holds by now. */
export function rebaseTyping(bundle: DocTypeBundle, from: DocumentValues, mine: DocumentValues, now: DocumentValues): Rebased {
  const typed = diffDocuments(from, mine, bundle);
  const theirs = diffDocuments(from, now, bundle);
  const both = Object.keys(typed.fields).filter(
    (fieldname) => fieldname in theirs.fields && theirs.fields[fieldname] !== typed.fields[fieldname],
  );
  return { values: applyChanges(now, typed), both, changed: hasChanges(theirs) };
}
