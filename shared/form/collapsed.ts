import { dependency } from './depends-on';
import type { ExpressionScope } from './expression';
import type { FormTab } from './layout';

/** Keys of the sections that begin closed: collapsible ones, unless their `collapsible_depends_on` holds. */
export function collapsedSections(tabs: readonly FormTab[], scope: ExpressionScope): ReadonlySet<string> {
  const closed = tabs
    .flatMap((tab) => tab.sections)
    .filter(({ field }) => {
      if (field?.collapsible !== 1) return false;
      if (field.collapsible_depends_on === undefined) return true;
      const verdict = dependency(field.collapsible_depends_on, scope);
      return verdict.known && !verdict.holds;
    });
  return new Set(closed.map((section) => section.key));
}
