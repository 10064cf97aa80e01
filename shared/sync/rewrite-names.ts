import { isTemporaryName } from '../erp/temporary-name';

/**
 * The same structure with every string that is exactly one of the old names replaced, in fields of any type, in row
 * names and in keys (edits are kept by row name). A Link is not the only place that holds a name: `so_detail` is Data.
 */
export function rewriteNames<T>(value: T, names: ReadonlyMap<string, string>): T {
  // Only strings are exchanged for strings; the shape stays that of T.
  return rewrite(value, names) as T;
}

function rewrite(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => rewrite(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [names.get(key) ?? key, rewrite(item, names)]));
}

/** Every temporary name that a structure holds, as a value or as a key. */
export function temporaryNamesIn(value: unknown): Set<string> {
  const found = new Set<string>();
  collect(value, found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (isTemporaryName(value)) found.add(value);
  else if (Array.isArray(value)) value.forEach((item) => collect(item, found));
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (isTemporaryName(key)) found.add(key);
      collect(item, found);
    }
  }
}
