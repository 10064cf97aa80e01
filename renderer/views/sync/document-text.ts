import { holdsValue, isTableField } from '@shared/erp/docfield';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { rowsOf, valueOf } from '@shared/erp/document';
import type { Doc, FieldValue } from '@shared/erp/document';
import type { CellPath } from '@shared/sync/outbox-entry';

type ValueWords = (path: CellPath, value: FieldValue | undefined, doc: Doc) => string;

/** A document as plain text, a line a filled field, to be kept by a person outside of Fieldbook. */
export function documentText(title: string, doc: Doc, bundle: DocTypeBundle, words: ValueWords): string {
  const lines = [title, doc.doctype, ''];
  for (const field of bundle.doctype.fields) {
    if (!holdsValue(field) || field.hidden === 1) continue;
    const label = field.label ?? field.fieldname;
    if (!isTableField(field)) {
      const value = valueOf(doc, field.fieldname);
      if (filled(value)) lines.push(`${label}: ${words({ fieldname: field.fieldname }, value, doc)}`);
      continue;
    }
    const rows = rowsOf(doc, field.fieldname);
    if (rows.length > 0) lines.push('', `${label}:`);
    const child = bundle.children.find((one) => one.name === field.options);
    rows.forEach((row, index) => {
      const cells = (child?.fields ?? []).flatMap((column) => {
        const value = valueOf(row, column.fieldname);
        if (!holdsValue(column) || column.hidden === 1 || !filled(value)) return [];
        return [
          `${column.label ?? column.fieldname}: ${words({ table: field.fieldname, row: row.name, fieldname: column.fieldname }, value, doc)}`,
        ];
      });
      lines.push(`  ${index + 1}. ${cells.join('; ')}`);
    });
  }
  return `${lines.join('\r\n')}\r\n`;
}

function filled(value: unknown): value is FieldValue {
  return value !== undefined && value !== null && value !== '' && value !== 0 && !Array.isArray(value);
}
