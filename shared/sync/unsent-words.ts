/** Changes by their DocTypes, the most first, as a person counts them: `2 Sales Order, 1 Customer`. Empty for none. */
export function countedByDocType(doctypes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const doctype of doctypes) counts.set(doctype, (counts.get(doctype) ?? 0) + 1);
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || a.localeCompare(b))
    .map(([doctype, count]) => `${count} ${doctype}`)
    .join(', ');
}
