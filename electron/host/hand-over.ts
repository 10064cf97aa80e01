import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import type { HandOver } from '../hand-over';

/** Asks the person where a file goes, in the system's own dialog. */
export const handOverIn =
  (window: () => BrowserWindow | null): HandOver =>
  async (fileName, write) => {
    const parent = window();
    const { canceled, filePath } = await (parent
      ? dialog.showSaveDialog(parent, { defaultPath: fileName })
      : dialog.showSaveDialog({ defaultPath: fileName }));
    if (canceled || filePath === '') return { at: 'cancelled' };
    await write(filePath);
    return { at: 'saved' };
  };
