import type { DocField } from '@shared/erp/docfield';
import { valueOf } from '@shared/erp/document';
import { isTemporaryName } from '@shared/erp/temporary-name';
import type { LocalDocument } from '../../cache/documents';
import { toCsv } from './csv';

/** The rows as a spreadsheet would want them: plain numbers and dates, headed by labels. */
export function csvOf(rows: readonly LocalDocument[], fields: readonly DocField[]): string {
  const head = fields.map((field) => field.label ?? field.fieldname);
  const body = rows.map((row) =>
    fields.map((field): string | number => {
      const value = valueOf(row.doc, field.fieldname);
      if (field.fieldtype === 'Password') return '';
      if (isTemporaryName(value)) return field.fieldname === 'name' ? (row.alias ?? '') : '';
      return typeof value === 'number' ? value : typeof value === 'string' ? value : '';
    }),
  );
  return toCsv([head, ...body]);
}
