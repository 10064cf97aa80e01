import { useEventListener } from '@vueuse/core';
import { ref } from 'vue';
import type { Ref } from 'vue';

const filesOf = (list: DataTransfer | null): File[] => [...(list?.files ?? [])];
const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Files dropped anywhere on an element, or pasted into the window where no text is edited. `over`: a file hovers. */
export function useFileDrop(element: Ref<HTMLElement | null>, take: (files: File[]) => void): { over: Ref<boolean> } {
  const over = ref(false);
  let depth = 0;

  useEventListener(element, 'dragenter', (event) => {
    if (!carriesFiles(event)) return;
    depth += 1;
    over.value = true;
  });
  useEventListener(element, 'dragleave', (event) => {
    if (!carriesFiles(event)) return;
    depth = Math.max(0, depth - 1);
    over.value = depth > 0;
  });
  useEventListener(element, 'dragover', (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  useEventListener(element, 'drop', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    over.value = false;
    take(filesOf(event.dataTransfer));
  });
  useEventListener(window, 'paste', (event) => {
    const files = filesOf(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
  return { over };
}
