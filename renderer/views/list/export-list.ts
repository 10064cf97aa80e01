import type { DocField } from '@shared/erp/docfield';
import { isTemporaryName } from '@shared/erp/temporary-name';
import type { LocalDocument } from '../../cache/documents';
import { toCsv } from './csv';

/** The rows as a spreadsheet would want them: plain numbers and dates, headed by labels. */
export function csvOf(rows: readonly LocalDocument[], fields: readonly DocField[]): string {
  const head = fields.map((field) => field.label ?? field.fieldname);
  const body = rows.map((row) =>
    fields.map((field): string | number => {
      const value = row.doc[field.fieldname];
      if (isTemporaryName(value)) return field.fieldname === 'name' ? (row.alias ?? '') : '';
      return typeof value === 'number' ? value : typeof value === 'string' ? value : '';
    }),
  );
  return toCsv([head, ...body]);
}

/** Hands text to the browser as a file to be saved. */
export function saveAs(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has taken its own hold of the blob once the click is handled.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
