import type { ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { rowsOf } from '@shared/erp/document';
import type { DocumentValues, FieldValue } from '@shared/erp/document';
import type { CellPath } from '@shared/sync/outbox-entry';
import { nameCell } from '../../components/cell-words';
import { useFormats } from '../../stores/formats';

/** Labels and values of cells in words, for a DocType whose metadata may not be here yet. */
export function useCellWords(bundle: ComputedRef<DocTypeBundle | undefined>) {
  const { t } = useI18n();
  const formats = useFormats();

  function label(path: CellPath, documents: readonly DocumentValues[], whole = false): string {
    const { field, table, row } = nameCell(path, bundle.value, documents);
    const name = field.label ?? field.fieldname;
    if (table === null) return name;
    if (whole) return row === null ? t('sync.rowWholeUnknown', { table }) : t('sync.rowWhole', { table, n: row });
    return row === null ? t('sync.rowUnknown', { table, field: name }) : t('sync.row', { table, n: row, field: name });
  }

  function value(path: CellPath, shown: FieldValue | undefined, doc: DocumentValues): string {
    const { field } = nameCell(path, bundle.value, [doc]);
    if (field.fieldtype === 'Check') return shown === 1 || shown === true ? t('common.yes') : t('common.no');
    const row = 'table' in path ? rowsOf(doc, path.table).find((one) => one.name === path.row) : undefined;
    const text = row ? formats.cell(field, shown, row, doc) : formats.cell(field, shown, doc);
    return text === '' ? t('common.empty') : text;
  }

  return { label, value };
}
