import { Menu, clipboard } from 'electron';
import type { BrowserWindow, WebContents } from 'electron';
import type { NativeWords } from '@shared/system/native-words';
import { contextMenu } from './context-menu';
import type { ContextActions } from './context-menu';

/** Opens the menu of a right click in the window. */
export function offerContextMenu(window: BrowserWindow, words: NativeWords): void {
  const { webContents } = window;
  webContents.on('context-menu', (_event, params) => {
    const items = contextMenu(params, words, actionsOf(webContents));
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}

const actionsOf = (contents: WebContents): ContextActions => ({
  replace: (word) => contents.replaceMisspelling(word),
  learn: (word) => contents.session.addWordToSpellCheckerDictionary(word),
  copy: (text) => void clipboard.writeText(text),
});
