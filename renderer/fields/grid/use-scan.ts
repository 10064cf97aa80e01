import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ChildRow, Doc } from '@shared/erp/document';
import { scanStep } from '@shared/form/scan';
import { scannedWarehouseField } from '@shared/form/scan-warehouse';
import type { ScanFields } from '@shared/form/scan';
import { useAliases } from '../../stores/aliases';
import { useFormats } from '../../stores/formats';
import { useProblems } from '../../stores/problems';
import type { FoundCode } from '../../stores/scanned-items';
import { useScannedItems } from '../../stores/scanned-items';
import { textOf } from '../field-props';
import { useForm } from '../form-context';
import type { Grid } from './use-grid';

/**
 * Scans codes into a table, one after the other however fast they come. `shown` is told the place of each row that counts.
 * `word`: what became of the last scan; `missed`: scans that counted nothing, kept until the person has seen them, who may
 * look at the goods and not at the screen. `into`: the warehouse that was scanned last, which rows get from then on.
 */
export function useScan(grid: Grid, fields: () => ScanFields, shown: (index: number) => void) {
  const { t } = useI18n();
  const form = useForm();
  const found = useScannedItems();
  const formats = useFormats();
  const aliases = useAliases();
  const problems = useProblems();
  const word = ref('');
  const missed = ref<string[]>([]);
  const into = ref<string | null>(null);
  let working: Promise<void> = Promise.resolve();

  function scan(code: string): void {
    // Emptied first: the same words again are words anew for a screen reader.
    word.value = '';
    working = working.then(() => take(code)).catch((error: unknown) => problems.report(error));
  }

  const miss = (key: string, params: Record<string, string>): void => {
    word.value = '';
    missed.value = [...missed.value, t(`document.table.scan.${key}`, params)];
  };

  async function take(code: string): Promise<void> {
    const answer = await found.find(code, () => {
      word.value = t('document.table.scan.asking', { code });
    });
    if (answer === null) return miss('unknown', { code });
    if ('warehouse' in answer) return takeWarehouse(answer);
    const { scanned, item } = answer;
    const name = nameOf(item, scanned.item);
    if (item?.['disabled'] === 1) return miss('disabled', { item: name });
    if (item?.['has_variants'] === 1) return miss('template', { item: name });
    if (scanned.batch !== null && scanned.serial === null && item?.['has_serial_no'] === 1)
      return miss('serialInstead', { item: name, code });
    // The unit of a row that was filled a moment ago tells whether this code is of the same.
    await form.settled();
    const qty = grid.child.value?.fields.find(({ fieldname }) => fieldname === fields().qty);
    const field = warehouseField();
    const goesTo = field === null || into.value === null ? null : { fieldname: field.fieldname, warehouse: into.value };
    const step = scanStep(grid.rows.value, fields(), scanned, (row) => grid.mayEdit(row, qty), goesTo);
    if (step.kind === 'twice') return miss('twice', { code: scanned.serial ?? code });
    const at = step.kind === 'add' ? grid.rows.value.length : grid.rows.value.findIndex((row) => row.name === step.row);
    const before = grid.rows.value[at];
    if (before === undefined) grid.addRows([step.given]);
    else grid.setAll(before, step.given);
    shown(at);
    await form.settled();
    const row = grid.rows.value[at];
    if (row !== undefined) word.value = t('document.table.scan.counted', { item: name, qty: quantity(row) });
  }

  const warehouseField = () => (grid.child.value === undefined ? null : scannedWarehouseField(grid.child.value, form.scope.value.values));

  function takeWarehouse({ warehouse, record }: Extract<FoundCode, { warehouse: string }>): void {
    const field = warehouseField();
    if (field === null) return miss('noWarehouse', { warehouse });
    if (record?.['disabled'] === 1) return miss('disabled', { item: warehouse });
    if (record?.['is_group'] === 1) return miss('groupWarehouse', { warehouse });
    into.value = warehouse;
    word.value = t('document.table.scan.into', { warehouse, field: field.label ?? field.fieldname });
  }

  const anywhere = (): void => void (into.value = null);

  const nameOf = (item: Doc | null, code: string): string => textOf(scalar(item?.['item_name'])) || aliases.shown(code);

  function quantity(row: ChildRow): string {
    const { qty, uom } = fields();
    const unit = uom === null ? '' : textOf(row[uom]);
    return `${formats.quantity(Number(row[qty] ?? 0))} ${unit}`.trim();
  }

  const seen = (): void => void (missed.value = []);

  return { scan, word, missed, seen, into, anywhere };
}

const scalar = (value: Doc[string]) => (Array.isArray(value) ? null : value);
