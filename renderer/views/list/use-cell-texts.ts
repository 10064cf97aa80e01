import { useI18n } from 'vue-i18n';
import type { DocField } from '@shared/erp/docfield';
import { valueOf } from '@shared/erp/document';
import { isTemporaryName } from '@shared/erp/temporary-name';
import type { LocalDocument } from '../../cache/documents';
import { useFormats } from '../../stores/formats';
import type { ListColumn } from './list-columns';

/** What stands in the cells of a list. */
export function useCellTexts() {
  const { t } = useI18n();
  const formats = useFormats();

  /** The title of a row; what has no name of the server yet goes by the one that this device gave it. */
  function headingOf(row: LocalDocument, title: DocField): string {
    const own = row.doc[title.fieldname];
    if (typeof own === 'string' && own !== '' && !isTemporaryName(own)) return own;
    return row.alias ?? row.doc.name;
  }

  function textOf(row: LocalDocument, { field, numeric }: ListColumn): string {
    if (field.fieldname === 'name' && isTemporaryName(row.doc.name)) return row.alias ?? '';
    const value = valueOf(row.doc, field.fieldname);
    if (field.fieldtype === 'Check') return value === 1 ? t('common.yes') : t('common.no');
    if (Array.isArray(value)) return '';
    const shown = numeric && (value === undefined || value === null || value === '') ? 0 : value;
    return formats.cell(field, shown, row.doc);
  }

  return { headingOf, textOf };
}
