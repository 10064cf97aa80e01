import { useEventListener } from '@vueuse/core';
import { carriesFiles } from '../dropped-files';

/** A file dropped beside what takes it does nothing; left to the browser, it would be opened in the place of the app. */
export function useNoStrayDrop(): void {
  useEventListener(window, ['dragover', 'drop'], (event) => {
    if (event.defaultPrevented || !carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none';
  });
}
