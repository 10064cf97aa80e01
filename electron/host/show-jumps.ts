import { Menu, app } from 'electron';
import type { NativeWords } from '@shared/system/native-words';
import type { Jump } from './jump-list';

export type JumpLists = { recent: Jump[]; tasks: Jump[] };

/** Puts the lists behind the app's icon: the jump list of Windows, the dock's menu on a Mac. Linux has none that changes. */
export function showJumps({ recent, tasks }: JumpLists, words: NativeWords, open: (link: string) => void): void {
  if (process.platform === 'win32') {
    const task = ({ title, link }: Jump) => ({ type: 'task' as const, title, program: process.execPath, args: `"${link}"` });
    app.setJumpList([
      ...(recent.length > 0 ? [{ type: 'custom' as const, name: words.recent, items: recent.map(task) }] : []),
      ...(tasks.length > 0 ? [{ type: 'tasks' as const, items: tasks.map(task) }] : []),
    ]);
  } else if (process.platform === 'darwin') {
    const item = ({ title, link }: Jump) => ({ label: title, click: () => open(link) });
    const both = recent.length > 0 && tasks.length > 0;
    app.dock?.setMenu(Menu.buildFromTemplate([...recent.map(item), ...(both ? [{ type: 'separator' as const }] : []), ...tasks.map(item)]));
  }
}
