import { shell } from 'electron';
import { AppError } from '@shared/errors';
import { askFirst } from './ask-first';

/** Opens a file with the system's program for it; one that may run only after the person has read what that means. */
export async function openFile(path: string, file: { fileName: string; mayRun: boolean }): Promise<void> {
  if (file.mayRun && !(await confirmed(file.fileName))) throw new AppError('cancelled', 'The file was not opened.');
  const failure = await shell.openPath(path);
  if (failure !== '')
    throw new AppError('unsupported', `No program on this device opens “${file.fileName}”. Save a copy and open it yourself.`);
}

const confirmed = (fileName: string): Promise<boolean> =>
  askFirst({
    message: `Open “${fileName}”?`,
    detail: 'A file of this kind can run on this device and change it. Open it only if you know who made it and expect it.',
    no: 'Do not open',
    yes: 'Open it',
  });
