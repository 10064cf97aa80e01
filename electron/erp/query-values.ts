import type { QueryValue } from './paths';

/** Arguments of a method as a query takes them: Frappe reads 1 and 0 for yes and no. */
export function queryValues(args: Record<string, unknown>): Record<string, QueryValue> {
  const values: Record<string, QueryValue> = {};
  for (const [key, value] of Object.entries(args)) {
    if (value === null || value === undefined) continue;
    // JSON has no other kinds; what crossed the bridge is data.
    values[key] = typeof value === 'object' ? value : typeof value === 'boolean' ? Number(value) : String(value);
  }
  return values;
}
