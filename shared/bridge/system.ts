import { z } from 'zod';
import type { DocumentLink } from '../system/document-link';
import type { UpdateState } from '../system/updates';
import { accountId } from './accounts';
import { method } from './method';

/** The states of the sync pill, and the tones that they are drawn in. */
export const pillKinds = [
  'sign-in',
  'storage-full',
  'storage-failed',
  'needs-you',
  'chosen-offline',
  'offline',
  'busy',
  'budget',
  'sending',
  'downloading',
  'connecting',
  'waiting',
  'up-to-date',
] as const;
export const pillTones = ['primary', 'ok', 'warn', 'bad', 'grey'] as const;

const count = z.int().min(0).max(1_000_000);
const name = z.string().max(140);

const told = z.object({
  /** Whose state it is. */
  account: accountId.nullable(),
  pill: z.enum(pillKinds),
  tone: z.enum(pillTones),
  /** The words of the pill. */
  text: z.string().max(300),
  needsYou: count,
  /** Changes on their way, or about to be. */
  unsent: count,
  /** Something is being sent at this moment. */
  sending: z.boolean(),
  workOffline: z.boolean(),
  /** `since`: when the download began that is under way (ms); `lastSync`: when the last complete one ended. */
  download: z.object({ since: z.number().nullable(), lastSync: z.number().nullable() }),
  /** The site of the account, and what its person opened last and makes: for the system's own lists. */
  site: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable(),
  recent: z.array(z.object({ doctype: name, name, title: z.string().max(300) })).max(10),
  creatable: z.array(name).max(10),
  /** A document is on the screen: it can be printed. */
  printable: z.boolean(),
});

/** What the window says of itself, for the tray, the badge, the menus and the notifications. */
export type Told = z.infer<typeof told>;

/** Screens that a notification or a menu opens. */
export type Place = 'needs-you' | 'waiting' | 'sign-in' | 'get-ready' | 'settings' | 'home';

/** What the system asks of the window: a link was opened, a menu chosen, a notification clicked. */
export type Asked =
  | { kind: 'link'; link: DocumentLink }
  /** A `fieldbook://` link that says nothing this version knows. */
  | { kind: 'no-link' }
  | { kind: 'new'; doctype: string }
  /** An exported file of unsent work was opened: it is received already, under a handle of `work`. */
  | { kind: 'work-file'; handle: string; fileName: string }
  | { kind: 'place'; place: Place }
  | { kind: 'command'; command: 'sync-now' | 'work-offline' | 'work-online' | 'search' | 'print' | 'back' | 'forward' };

/** The desktop around the app. The headless host has none: it forgets what it is told, and asks nothing. */
export const system = {
  tell: method<null>()(told),
  /** What was asked since the last call, oldest first. Each is handed out once; the event `asked` says that there is some. */
  take: method<Asked[]>()(z.object({})),
  updates: method<UpdateState>()(z.object({})),
  /** Looks for a newer version now. */
  checkForUpdates: method<UpdateState>()(z.object({})),
  /** Fetches the version that was found; where it is fetched already, the app ends, installs it and opens again. */
  update: method<UpdateState>()(z.object({})),
};
