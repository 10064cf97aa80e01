import type { MenuItemConstructorOptions } from 'electron';
import type { Asked } from '@shared/bridge/system';
import type { NativeWords } from '@shared/system/native-words';
import { toPlace } from './menu-actions';
import type { MenuActions } from './menu-actions';

/** What the menus show of the window; null before the window said anything, or without an account. */
export type MenuState = { workOffline: boolean; printable: boolean; creatable: readonly string[] } | null;

type Item = MenuItemConstructorOptions;
type Command = Extract<Asked, { kind: 'command' }>['command'];
const line: Item = { type: 'separator' };

/**
 * The menu bar as the platform has it: on a Mac the app's own menu comes first, elsewhere quitting, settings and about are under
 * File and Help. The page answers most keys itself; a menu's are for when it does not have the focus.
 */
export function appMenu(platform: NodeJS.Platform, state: MenuState, words: NativeWords, actions: MenuActions): Item[] {
  const mac = platform === 'darwin';
  const inAccount = state !== null;
  const command = (label: string, does: Command, more: Item = {}): Item => ({
    label,
    enabled: inAccount,
    click: () => actions.ask({ kind: 'command', command: does }),
    ...more,
  });
  const settings: Item = {
    label: words.settings,
    accelerator: 'CommandOrControl+,',
    enabled: inAccount,
    click: toPlace(actions, 'settings'),
  };
  const quit: Item = { label: words.quit, accelerator: 'CommandOrControl+Q', click: actions.quit };
  const creatable = state?.creatable ?? [];

  const own: Item = {
    label: words.appName,
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      line,
      settings,
      line,
      { role: 'services' },
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      line,
      quit,
    ],
  };
  return [
    ...(mac ? [own] : []),
    {
      label: words.file,
      submenu: [
        {
          label: words.newDocument,
          enabled: creatable.length > 0,
          submenu: creatable.map((doctype) => ({ label: doctype, click: () => actions.ask({ kind: 'new', doctype }) })),
        },
        command(words.search, 'search', { accelerator: 'CommandOrControl+K' }),
        line,
        command(words.syncNow, 'sync-now', { accelerator: 'CommandOrControl+Shift+S' }),
        offlineItem(state, words, actions),
        line,
        command(words.print, 'print', { accelerator: 'CommandOrControl+P', enabled: state?.printable === true }),
        ...(mac ? [] : [line, settings]),
        line,
        { role: 'close' },
        ...(mac ? [] : [quit]),
      ],
    },
    { role: 'editMenu' },
    {
      label: words.view,
      submenu: [
        command(words.back, 'back', { accelerator: mac ? 'Command+[' : 'Alt+Left' }),
        command(words.forward, 'forward', { accelerator: mac ? 'Command+]' : 'Alt+Right' }),
        line,
        { role: 'reload' },
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        line,
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    {
      label: words.go,
      submenu: [
        { label: words.home, enabled: inAccount, click: toPlace(actions, 'home') },
        { label: words.syncCentre, enabled: inAccount, click: toPlace(actions, 'waiting') },
        { label: words.getReady, enabled: inAccount, click: toPlace(actions, 'get-ready') },
      ],
    },
    { role: 'windowMenu' },
    ...(mac ? [] : [{ role: 'help', label: words.help, submenu: [{ role: 'about', label: words.about }] } satisfies Item]),
  ];
}

/** Ticked while the person works offline by choice. */
export const offlineItem = (state: MenuState, words: NativeWords, { ask }: Pick<MenuActions, 'ask'>): Item => ({
  label: words.workOffline,
  type: 'checkbox',
  checked: state?.workOffline === true,
  enabled: state !== null,
  click: () => ask({ kind: 'command', command: state?.workOffline === true ? 'work-online' : 'work-offline' }),
});
