import { dialog, shell } from 'electron';
import { AppError } from '@shared/errors';

/** Opens a file with the system's program for it; one that may run only after the person has read what that means. */
export async function openFile(path: string, file: { fileName: string; mayRun: boolean }): Promise<void> {
  if (file.mayRun && !(await confirmed(file.fileName))) throw new AppError('cancelled', 'The file was not opened.');
  const failure = await shell.openPath(path);
  if (failure !== '')
    throw new AppError('unsupported', `No program on this device opens “${file.fileName}”. Save a copy and open it yourself.`);
}

async function confirmed(fileName: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Fieldbook',
    message: `Open “${fileName}”?`,
    detail: 'A file of this kind can run on this device and change it. Open it only if you know who made it and expect it.',
    buttons: ['Do not open', 'Open it'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
