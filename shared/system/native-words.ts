/** Words outside the window: menus, tray and notifications of the system. */
export const nativeWords = {
  appName: 'Fieldbook',
  file: '&File',
  newDocument: 'New',
  newDocType: (doctype: string) => `New ${doctype}`,
  search: 'Search…',
  syncNow: 'Sync now',
  workOffline: 'Work offline',
  print: 'Print…',
  settings: 'Settings…',
  quit: 'Quit Fieldbook',
  open: 'Open Fieldbook',
  view: '&View',
  back: 'Back',
  forward: 'Forward',
  go: '&Go',
  home: 'Home',
  syncCentre: 'Sync centre',
  getReady: 'Get ready',
  help: '&Help',
  about: 'About Fieldbook',
  recent: 'Opened lately',
  noSuggestions: 'No suggestions',
  addToDictionary: 'Add to the dictionary',
  copyAddress: 'Copy address',
  notices: {
    needsYou: (count: number) => ({
      title: count === 1 ? '1 change needs you' : `${count} changes need you`,
      body: 'The server did not take it as it is. Nothing is lost: open it to decide.',
    }),
    signIn: (unsent: number) => ({
      title: 'Sign in again',
      body:
        unsent === 0
          ? 'The sign-in has expired. What is on this device can still be read.'
          : `The sign-in has expired. ${unsent === 1 ? '1 change is' : `${unsent} changes are`} kept here and sent when you have signed in.`,
    }),
    downloaded: () => ({
      title: 'The download is complete',
      body: 'Everything that you chose is on this device. See whether you are ready.',
    }),
  },
};

export type NativeWords = typeof nativeWords;
