import { ref } from 'vue';
import { carriesFiles, droppedFiles } from '../../components/dropped-files';
import type { Gathered } from '../../components/dropped-files';
import type { LocalDocument } from '../../cache/documents';

type RowDrop = {
  rowAt: (index: number) => LocalDocument | undefined;
  mayDrop: (row: LocalDocument) => boolean;
  take: (row: LocalDocument, given: Promise<Gathered>) => void;
};

/** Files dropped on a row of a list. `over`: the name of the document that they hover over and would go to. */
export function useRowDrop({ rowAt, mayDrop, take }: RowDrop) {
  const over = ref<string | null>(null);

  function rowOf(event: DragEvent): LocalDocument | null {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    const row = element === null ? undefined : rowAt(Number(element.dataset['index']));
    return row !== undefined && carriesFiles(event.dataTransfer) && mayDrop(row) ? row : null;
  }

  function hover(event: DragEvent): void {
    const row = rowOf(event);
    over.value = row?.doc.name ?? null;
    if (row === null) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
  }

  function leave(event: DragEvent): void {
    const { currentTarget: list, relatedTarget: next } = event;
    if (!(list instanceof Element && next instanceof Node && list.contains(next))) over.value = null;
  }

  function drop(event: DragEvent): void {
    over.value = null;
    const row = rowOf(event);
    if (row === null) return;
    event.preventDefault();
    take(row, droppedFiles(event.dataTransfer, 'opened'));
  }

  return { over, hover, leave, drop };
}
