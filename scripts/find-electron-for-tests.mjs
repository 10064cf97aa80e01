import { haveDebianPackages } from './debian.mjs';
import { electron22 } from './electron22.mjs';
import { findElectron } from './find-electron.mjs';
import { onPath } from './run.mjs';

const libraries = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];
const display = ['xvfb', 'xauth'];
const keyStore = ['dbus', 'gnome-keyring'];

/**
 * An Electron, a display and a key store for tests, installed where they can be.
 * `electron` is null, and `reason` says why, where the tests in Electron have to be skipped.
 */
export async function findElectronForTests() {
  if (process.platform === 'linux') {
    await haveDebianPackages([...libraries, ...display, ...keyStore]);
    if (!onPath('Xvfb') && !process.env.DISPLAY) return none('no display: Xvfb is missing');
  }
  const electron = (await findElectron()) ?? (await electron22());
  if (!electron) return none('no Electron: its download and the Electron 22 of the tests could not be had');
  const hasKeyStore = process.platform !== 'linux' || Boolean(onPath('dbus-run-session') && onPath('gnome-keyring-daemon'));
  return { electron, hasKeyStore, reason: null };
}

const none = (reason) => ({ electron: null, hasKeyStore: false, reason });
