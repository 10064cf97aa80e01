import { isRecord } from '../erp/envelope';

/** `at`: where it stops being JSON, counted from 1, where that can be told. */
export type ParsedArgs =
  { args: Record<string, unknown> } | { problem: 'json'; at: { line: number; column: number } | null } | { problem: 'object' };

/** The arguments that a person types: a JSON object; nothing is none. */
export function parseArgs(text: string): ParsedArgs {
  if (text.trim() === '') return { args: {} };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    return { problem: 'json', at: placeIn(text, thrown) };
  }
  return isRecord(value) ? { args: value } : { problem: 'object' };
}

/** V8 tells the place in the words of its error alone, and not always. */
function placeIn(text: string, thrown: unknown): { line: number; column: number } | null {
  const words = thrown instanceof Error ? thrown.message : '';
  const ends = /end of JSON/i.test(words);
  const position = ends ? text.length : Number(/position (\d+)/.exec(words)?.[1] ?? NaN);
  if (!Number.isInteger(position)) return null;
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
