export const closed = {
  title: 'What is kept here cannot be opened',
  again: 'Try again',
  other: 'Sign in as somebody else',
  lockedHint:
    'Your documents and unsent changes on this device are encrypted. They are still there, and open as soon as the key store gives their key.',
  foreign:
    'The documents on this device were encrypted with a key that is gone, so nobody can read them any more. This happens when the data folder of Fieldbook was deleted or replaced.',
  foreignUnsent: 'No unsent change is among them. | One unsent change is among them. | {n} unsent changes are among them.',
  foreignHint:
    'If you have a backup of the data folder, close Fieldbook, put data-key.json back and start it again. Otherwise begin anew: the documents come from the server again, and unsent changes in them are lost.',
  anew: 'Begin anew…',
  anewTitle: 'Delete what cannot be read?',
  anewText: 'The unreadable documents of {name} are deleted from this device and downloaded from the server again.',
  anewUnsent:
    'No unsent change is lost. | The unsent change among them is lost for good. | The {n} unsent changes among them are lost for good.',
  anewYes: 'Delete and download',
};
