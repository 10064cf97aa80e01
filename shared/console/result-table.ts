import { isRecord } from '../erp/envelope';

/** `rows`: a cell for each column; what is no text or number is its JSON. */
export type ResultTable = { columns: string[]; rows: (string | number)[][] };

/** An answer as a table: a list of records, or what the desk's report view answers (`keys` and `values`). Null for anything else. */
export function resultTable(payload: unknown): ResultTable | null {
  if (Array.isArray(payload) && payload.length > 0 && payload.every(isRecord)) return ofRecords(payload);
  if (isRecord(payload) && isTextList(payload['keys']) && isListOfLists(payload['values'])) {
    const columns = payload['keys'];
    return { columns, rows: payload['values'].map((row) => columns.map((_, at) => cell(row[at]))) };
  }
  return null;
}

function ofRecords(records: Record<string, unknown>[]): ResultTable {
  const columns = [...new Set(records.flatMap(Object.keys))];
  return { columns, rows: records.map((record) => columns.map((column) => cell(record[column]))) };
}

const isTextList = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');
const isListOfLists = (value: unknown): value is unknown[][] => Array.isArray(value) && value.every(Array.isArray);

function cell(value: unknown): string | number {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}
