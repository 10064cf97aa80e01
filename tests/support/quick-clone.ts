/**
 * Node's `structuredClone` takes milliseconds for a DocType's metadata, and the database of the tests copies at each
 * read. Plain values are copied by hand; where there is anything else in them, Node's own does it (or refuses).
 */
const thorough = globalThis.structuredClone;

class NotPlain extends Error {}
const notPlain = new NotPlain();

function copy(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw notPlain;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw notPlain;
  const made: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) made[key] = copy(each);
  return made;
}

export function quickClone<T>(value: T, options?: StructuredSerializeOptions): T {
  if (options !== undefined) return thorough(value, options);
  try {
    // A copy has the type of what was copied.
    return copy(value) as T;
  } catch (thrown) {
    if (thrown !== notPlain) throw thrown;
    return thorough(value);
  }
}

globalThis.structuredClone = quickClone;
