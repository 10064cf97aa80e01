import { useEventListener } from '@vueuse/core';
import { ref } from 'vue';
import type { Ref } from 'vue';
import { carriesFiles, droppedFiles } from './dropped-files';
import type { Gathered } from './dropped-files';

export type DropOptions = {
  /** What becomes of a folder. */
  folders: 'opened' | 'left';
  allowed: () => boolean;
  take: (given: Promise<Gathered>) => void;
};

/**
 * Files dropped anywhere on an element, unless something inside of it takes them. `over`: they hover, and would be taken here.
 */
export function useFileDrop(element: Ref<HTMLElement | null>, { folders, allowed, take }: DropOptions): { over: Ref<boolean> } {
  const over = ref(false);
  const isMine = (event: DragEvent): boolean => carriesFiles(event.dataTransfer) && !event.defaultPrevented && allowed();

  function hover(event: DragEvent): void {
    over.value = isMine(event);
    if (!over.value) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
  }
  useEventListener(element, 'dragenter', hover);
  useEventListener(element, 'dragover', hover);
  useEventListener(element, 'dragleave', (event) => {
    if (!(event.relatedTarget instanceof Node && element.value?.contains(event.relatedTarget) === true)) over.value = false;
  });
  useEventListener(element, 'drop', (event) => {
    over.value = false;
    if (!isMine(event)) return;
    event.preventDefault();
    take(droppedFiles(event.dataTransfer, folders));
  });
  return { over };
}
