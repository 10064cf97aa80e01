import type { Comparison } from '@shared/sync/sync-state';

/** What a comparison found, in the order in which it is told; empty where both sides agreed. */
export function foundParts({ found }: Comparison): { kind: keyof Comparison['found']; n: number }[] {
  return (['fetched', 'silent', 'renamed', 'gone'] as const).flatMap((kind) => (found[kind] > 0 ? [{ kind, n: found[kind] }] : []));
}

/** The comparisons that asked the server anything, by name of their DocType. */
export const comparisonsMade = (comparisons: Readonly<Record<string, Comparison>>): (Comparison & { doctype: string })[] =>
  Object.entries(comparisons)
    .filter(([, comparison]) => comparison.requests > 0)
    .map(([doctype, comparison]) => ({ doctype, ...comparison }))
    .sort((a, b) => (a.doctype < b.doctype ? -1 : 1));
