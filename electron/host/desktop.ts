import { Menu } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Told } from '@shared/bridge/system';
import { noticesOf, placeOf } from '@shared/system/notices';
import { nativeWords as words } from '@shared/system/native-words';
import { askedByLink } from '../system/opened-arguments';
import { appMenu } from './app-menu';
import { setBadge } from './badge';
import { jumps } from './jump-list';
import type { MenuActions } from './menu-actions';
import { createNotifier } from './notify';
import { showJumps } from './show-jumps';
import { createTray } from './tray';

type DesktopOptions = MenuActions & { window: () => BrowserWindow | null };

/** Everything around the window that follows what the window tells of itself: menu bar, tray, badge, lists and notifications. */
export function openDesktop({ window, ...actions }: DesktopOptions): { told: (told: Told) => void; last: () => Told | null } {
  const tray = createTray(words, actions);
  const notify = createNotifier(words, (notice) => actions.ask({ kind: 'place', place: placeOf(notice) }));
  let last: Told | null = null;

  /** Runs again only where what it is made of has changed: a pill that counts must not close an open menu. */
  const onChange = <T>(act: (value: T) => void): ((value: T) => void) => {
    let shown: string | null = null;
    return (value) => {
      const text = JSON.stringify(value);
      if (text === shown) return;
      shown = text;
      act(value);
    };
  };
  const setMenu = onChange((state: Parameters<typeof appMenu>[1]) =>
    Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(process.platform, state, words, actions))),
  );
  const setJumps = onChange((lists: ReturnType<typeof jumps>) => showJumps(lists, words, (link) => actions.ask(askedByLink(link))));
  const setTray = onChange(tray.tell);
  const showBadge = onChange((count: number) => setBadge(window(), count));
  setMenu(null);

  function told(now: Told): void {
    const inAccount = now.account !== null;
    const { workOffline, printable, creatable } = now;
    setMenu(inAccount ? { workOffline, printable, creatable } : null);
    setTray(now);
    showBadge(now.needsYou);
    setJumps(jumps(now, words));
    if (!isLookedAt(window())) noticesOf(last, now).forEach(notify);
    last = now;
  }
  return { told, last: () => last };
}

const isLookedAt = (window: BrowserWindow | null): boolean => window !== null && window.isVisible() && window.isFocused();
