/**
 * Where the app opens: in the Electron that was found, by its path, or in a browser, and then why.
 * `electron` is what `findElectron` answers.
 */
export function chooseHost(display, electron) {
  if (!display) return inBrowser('There is no display for a window.');
  if (!electron) return inBrowser('Electron could not be had here.');
  return electron.old ? inBrowser(`Electron ${electron.version} is too old.`) : { electron: electron.path, said: null };
}

const inBrowser = (reason) => ({ electron: null, said: `${reason} Fieldbook is served to a browser on this machine instead.` });
