import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import type { NativeWords } from '@shared/system/native-words';

type Item = MenuItemConstructorOptions;
type Clicked = Pick<
  ContextMenuParams,
  'isEditable' | 'misspelledWord' | 'dictionarySuggestions' | 'editFlags' | 'selectionText' | 'linkURL'
>;
export type ContextActions = { replace: (word: string) => void; learn: (word: string) => void; copy: (text: string) => void };

const line: Item = { type: 'separator' };
const mostSuggestions = 6;

/** The menu of a right click: corrections first, then what the clipboard can do here. Empty where there is nothing to do. */
export function contextMenu(clicked: Clicked, words: NativeWords, actions: ContextActions): Item[] {
  const { isEditable, misspelledWord, dictionarySuggestions, editFlags, selectionText, linkURL } = clicked;
  const corrections: Item[] =
    !isEditable || misspelledWord === ''
      ? []
      : [
          ...dictionarySuggestions.slice(0, mostSuggestions).map((word): Item => ({ label: word, click: () => actions.replace(word) })),
          ...(dictionarySuggestions.length === 0 ? [{ label: words.noSuggestions, enabled: false }] : []),
          line,
          { label: words.addToDictionary, click: () => actions.learn(misspelledWord) },
          line,
        ];
  const isWeb = /^(https?|mailto|tel):/i.test(linkURL);
  const link: Item[] = isWeb ? [{ label: words.copyAddress, click: () => actions.copy(linkURL) }] : [];
  if (isEditable) {
    return [
      ...corrections,
      { role: 'undo', enabled: editFlags.canUndo },
      { role: 'redo', enabled: editFlags.canRedo },
      line,
      { role: 'cut', enabled: editFlags.canCut },
      { role: 'copy', enabled: editFlags.canCopy },
      { role: 'paste', enabled: editFlags.canPaste },
      line,
      { role: 'selectAll', enabled: editFlags.canSelectAll },
    ];
  }
  return [...(selectionText.trim() === '' ? [] : [{ role: 'copy' } satisfies Item]), ...link];
}
