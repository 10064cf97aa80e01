import type { DocField } from '@shared/erp/docfield';
import type { FieldValue } from '@shared/erp/document';
import { useFormats } from '../../stores/formats';
import { textOf } from '../field-props';
import { useForm } from '../form-context';
import { pastedValue, readClipboardTable } from './grid-cell';
import type { Grid } from './use-grid';
import type { GridCursor } from './use-grid-cursor';

/** Copies the cell that has the focus, and fills cells and new rows from a spreadsheet. Text being edited is left to its input. */
export function useGridClipboard(grid: Grid, cursor: GridCursor, isReadOnly: () => boolean) {
  const form = useForm();
  const formats = useFormats();

  /** A line of the clipboard as values of the columns from `first` on. */
  const read = (line: string[], first: number): [DocField, FieldValue][] =>
    line.flatMap((cell, offset): [DocField, FieldValue][] => {
      const field = grid.fieldAt(first + offset);
      return field === undefined
        ? []
        : [[field, pastedValue(field, cell, formats.numberFormat, formats.dateFormat, form.session.value.today)]];
    });

  function onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (cursor.editing.value || text === '' || isReadOnly()) return;
    event.preventDefault();
    const start = cursor.active.value;
    const added: Record<string, FieldValue>[] = [];
    readClipboardTable(text).forEach((line, offset) => {
      const row = grid.rows.value[start.row + offset];
      const cells = read(line, start.column);
      if (row === undefined)
        added.push(Object.fromEntries(cells.filter(([field]) => field.read_only !== 1).map(([field, value]) => [field.fieldname, value])));
      else
        grid.setAll(
          row,
          Object.fromEntries(cells.filter(([field]) => grid.mayEdit(row, field)).map(([field, value]) => [field.fieldname, value])),
        );
    });
    if (added.length > 0) grid.addRows(added);
  }

  function onCopy(event: ClipboardEvent): void {
    const row = grid.rows.value[cursor.active.value.row];
    const field = grid.fieldAt(cursor.active.value.column);
    if (cursor.editing.value || row === undefined || field === undefined) return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', textOf(row[field.fieldname]));
  }

  return { onPaste, onCopy };
}
