import { useEventListener } from '@vueuse/core';
import dayjs from 'dayjs';
import { pastedName } from '@shared/files/made-name';

/** Files and pictures pasted into the window. Text that comes with a picture, as from a spreadsheet, goes to where it is typed. */
export function useFilePaste(take: (files: File[]) => void): void {
  useEventListener(window, 'paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const hasText = event.clipboardData?.types.includes('text/plain') ?? false;
    if (files.length === 0 || event.defaultPrevented || (hasText && isTypedInto(event.target))) return;
    event.preventDefault();
    const now = dayjs().format('YYYY-MM-DD HH.mm');
    take(
      files.map((file) => new File([file], pastedName(file.name, file.type, now), { type: file.type, lastModified: file.lastModified })),
    );
  });
}

const isTypedInto = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, [contenteditable], [role="grid"]') !== null;
