import type { DocField } from '../erp/docfield';
import { dependency } from './depends-on';
import type { ExpressionScope } from './expression';
import type { FormTab } from './layout';

/**
 * Keys of the sections that begin closed: collapsible ones, unless their `collapsible_depends_on` holds or a field in them
 * has to be filled in (`isMissing`).
 */
export function collapsedSections(
  tabs: readonly FormTab[],
  scope: ExpressionScope,
  isMissing: (field: DocField) => boolean,
): ReadonlySet<string> {
  const closed = tabs
    .flatMap((tab) => tab.sections)
    .filter(({ field, columns }) => {
      if (field?.collapsible !== 1 || columns.some(({ fields }) => fields.some(isMissing))) return false;
      if (field.collapsible_depends_on === undefined) return true;
      const verdict = dependency(field.collapsible_depends_on, scope);
      return verdict.known && !verdict.holds;
    });
  return new Set(closed.map((section) => section.key));
}
