import bad from './tray-signs/bad.png?asset';
import grey from './tray-signs/grey.png?asset';
import ok from './tray-signs/ok.png?asset';
import plain from './tray-signs/plain.png?asset';
import primary from './tray-signs/primary.png?asset';
import warn from './tray-signs/warn.png?asset';

/** Paths of the tray's icons by the tone of the state; each has a sign of its own, not a colour alone (`scripts/icons.mjs`). */
export const trayIcons = { plain, ok, primary, warn, bad, grey };
