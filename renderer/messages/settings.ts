export const settings = {
  title: 'Settings',
  accounts: {
    title: 'Accounts',
    active: 'in use',
    signedOut: 'signed out',
    secretPlace: {
      'key-store': 'secret in the key store',
      'plain-file': 'secret in a file on this device',
      session: 'secret kept for this session only',
    },
    versions: 'ERPNext {erpnext}, Frappe {frappe}, time zone {zone}',
    versionsFrappe: 'Frappe {frappe}, time zone {zone}',
    use: 'Use',
    signOut: 'Sign out',
    signIn: 'Sign in again',
    add: 'Add an account',
    signOutTitle: 'Sign out {name}?',
    signOutText: 'The secret is forgotten. The documents stay on this device and can be read.',
    signOutUnsent:
      '{n} change has not reached the server ({what}). It stays on this device and is sent when you sign in again. | {n} changes have not reached the server ({what}). They stay on this device and are sent when you sign in again.',
  },
  kept: {
    title: 'Kept on this device',
    profile: 'Choose what is kept, and check that you are ready',
    open: 'Get ready',
    used: 'Storage used',
    usedOf: '{used} of {quota}',
    persisted: 'The data stays until you remove it.',
    notPersisted: 'The browser may remove the data when the disk runs low.',
    persist: 'Ask to keep it',
    rebuild: 'Download everything again',
    rebuildHint: 'For when something here does not look like ERPNext. Work that has not been sent stays.',
    rebuildText:
      'The documents on this device are forgotten and downloaded again; without a connection those that have not come yet cannot be looked up. Work that has not been sent stays as it is.',
    full: 'The storage is almost full. Keep fewer DocTypes, or filter them, before you save more.',
  },
  appearance: {
    title: 'Appearance',
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    density: 'Density',
    densities: { comfortable: 'Comfortable', compact: 'Compact' },
    language: 'Language',
    languages: { en: 'English' },
  },
  sync: {
    title: 'Sending new documents',
    intro:
      'When the answer to a new document is lost, Fieldbook looks for it on the server before it sends it again. This says how it recognises it.',
    marker: 'How a new document is recognised',
    markers: {
      'negative-idx': 'By a mark in its order number',
      'look-up': 'By looking for it',
    },
    hints: {
      'negative-idx':
        'Exact. A hidden number (idx) of the new document is set to a random negative value and set back at its next change. ERPNext does not use it for transactions.',
      'look-up':
        'Nothing is added to the document. Fieldbook compares who made it, when, its links and quantities; where several fit, it asks you.',
    },
    field: {
      title: 'A field on the site',
      intro:
        'Surest of all is a field of the site that no two documents may share. Where a DocType has it, it is used, whatever is chosen above.',
      has: 'On the site for {doctypes}.',
      lacks: 'Not on the site for {doctypes}.',
      make: 'Make it on the site',
      others: 'Somebody with the role System Manager can make it here.',
      offline: 'You can make it once there is a connection.',
      confirmTitle: 'Make a field on the site?',
      confirmText:
        'The hidden, read-only field “Fieldbook ID” is added to {doctypes}, for everybody on the site. Nobody sees it in a form, and it can be removed there under Customize Form.',
      made: 'The field is on the site.',
    },
  },
  security: {
    title: 'Key store',
    system: 'Secrets are protected by the key store of this computer: {name}.',
    basic_text:
      'The key store of this computer does not protect secrets (basic_text). Secrets are kept for the session only, unless you chose otherwise when you signed in.',
    none: 'This computer has no key store that Fieldbook can use. Secrets are kept for the session only, unless you chose otherwise when you signed in.',
  },
  log: {
    title: 'Log and diagnostics',
    intro: 'What Fieldbook did on this device. The log stays here: it is sent to nobody.',
    region: 'Log, newest line first',
    problemsOnly: 'Problems only',
    refresh: 'Refresh',
    levels: { debug: 'Detail', info: 'Info', warn: 'Warning', error: 'Error' },
    more: 'Technical details',
    none: 'Nothing has been logged yet.',
    noProblems: 'No problems in the log.',
    unreadable: 'The log cannot be read. Your work is not affected; restart Fieldbook if you need the log.',
    fileTitle: 'Diagnostics file',
    fileHolds:
      'For whoever helps you. It holds versions, where Fieldbook runs, these settings, how many documents of each DocType are kept, how many changes wait and why, the state of the connection, and the log.',
    fileHoldsNot: 'It holds no passwords or keys, no contents or names of documents, and neither your name nor the address of your site.',
    save: 'Save a diagnostics file',
    saved: 'The file is called {name}. It is plain text: you can read it before you pass it on.',
  },
  about: {
    title: 'About',
    version: 'Version',
    host: 'Runs in',
    hosts: { electron: 'its own window', headless: 'the browser' },
    platform: 'Platform',
  },
};
