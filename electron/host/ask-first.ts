import { dialog } from 'electron';

/** Asks before something that a person may not want. `no` is what happens when they press Enter or Esc. */
export async function askFirst({ no, yes, ...words }: { message: string; detail: string; no: string; yes: string }): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Fieldbook',
    ...words,
    buttons: [no, yes],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
