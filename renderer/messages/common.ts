export const common = {
  productName: 'Fieldbook',
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close',
  delete: 'Delete',
  remove: 'Remove',
  retry: 'Try again',
  undo: 'Undo',
  open: 'Open',
  copy: 'Copy',
  copied: 'Copied',
  more: 'More',
  details: 'Details',
  loading: 'Loading…',
  none: 'None',
  empty: '(empty)',
  yes: 'Yes',
  no: 'No',
  never: 'never',
  unknown: 'not known',
  justNow: 'just now',
  secondsAgo: '{n} s ago',
  minutesAgo: '{n} min ago',
  hoursAgo: '{n} h ago',
  daysAgo: '{n} day ago | {n} days ago',
  seconds: '{n} s',
  minutes: '{n} min',
  hours: '{n} h',
  days: '{n} day | {n} days',
  inSeconds: 'in {n} s',
  inMinutes: 'in {n} min',
  inHours: 'in {n} h',
  notReached: {
    offline: 'No connection: this is what is on this device.',
    'chosen-offline': 'You work offline: this is what is on this device.',
    busy: 'The server asked for a pause: this is what is on this device.',
    'sign-in': 'Sign in again to look on the server. This is what is on this device.',
  },
  alias: 'New {doctype} (this device)',
};

export const errors = {
  answer: 'What the server answered',
  request: 'Request',
  status: 'Status {status}',
  startTitle: 'Fieldbook could not start',
  startText: 'Your saved work is safe on this device. Reload; if that does not help, close Fieldbook and open it again.',
  reload: 'Reload',
  clockAhead:
    'The clock of this device is {span} ahead of the server’s. Dates that are filled in for you, such as today’s, come from it: set it right. Your work is kept and sent all the same.',
  clockBehind:
    'The clock of this device is {span} behind the server’s. Dates that are filled in for you, such as today’s, come from it: set it right. Your work is kept and sent all the same.',
  diskLow:
    'The disk of this device is nearly full: {free} are free. What is saved is safe. Free some space before you save much more or attach photos, a hundred of which take about 300 MB; Settings say what Fieldbook takes and make room.',
  copyFull:
    'The disk of this device is full. What you did last is saved and will be sent, but its safety copy could not be written. Free some space; it is tried again by itself.',
  copyFailing:
    'What you did last is saved and will be sent, but its safety copy could not be written on this device. It is tried again by itself; if this stays, check the disk. {message}',
  copyUnreadable:
    '{n} change that was saved on this device cannot be read, so it is not in the sync centre and is not sent. Another version of Fieldbook wrote it, and it is kept: install the newest version, and it comes back. | {n} changes that were saved on this device cannot be read, so they are not in the sync centre and are not sent. Another version of Fieldbook wrote them, and they are kept: install the newest version, and they come back.',
  copyDamaged:
    'Part of the safety copy of your unsent work was damaged on this device. What the sync centre shows is sent as usual. If something that you did lately is neither there nor in ERPNext, do it again. The damaged file was kept; tell whoever looks after this computer.',
  pageNotLoaded:
    'This page of Fieldbook could not be loaded. What you saved is kept. Try once more; if it stays like this, close Fieldbook and open it again.',
  linkReconnecting: 'Fieldbook lost the connection to its own service on this device. What you saved is kept; it connects again by itself.',
  linkRefused:
    'This page is no longer connected to Fieldbook’s service on this device. What you saved is kept. Open Fieldbook again from its link.',
};

export const status = {
  draft: 'Draft',
  submitted: 'Submitted',
  cancelled: 'Cancelled',
  enabled: 'Enabled',
  disabled: 'Disabled',
  unsent: 'Not sent',
};

export const marks = {
  waiting: 'Waiting to be sent',
  sending: 'Being sent now',
  'needs-you': 'Needs you: the server did not take it, or someone else changed it too',
};
