import { z } from 'zod';
import { accountId } from './accounts';
import { method } from './method';

/** Why nothing listens to the site just now. `resting`: the window is hidden and the device on battery, or no page is open. */
export type LiveOff = 'no-account' | 'demo' | 'signed-out' | 'sign-in' | 'chosen-offline' | 'not-asked' | 'resting';

/**
 * How the device hears of what others change on the site of the active account: by the site's realtime service (`live`), or,
 * where that cannot be reached (`polling`), by asking now and then. `by`: over a WebSocket, or by long requests where no
 * WebSocket gets through. `why`: nobody answered, it did not take the sign-in, or it knows the site by another name.
 */
export type LiveState =
  | { at: 'off'; why: LiveOff }
  | { at: 'connecting' }
  | { at: 'live'; since: number; by: 'websocket' | 'polling'; address: string }
  | { at: 'polling'; why: LiveFailure; nextTryAt: number };

export type LiveFailure = 'unreachable' | 'refused' | 'namespace';

/**
 * That something may have changed on the site; never what. `list`: a document of a DocType, by whom where that is known;
 * `document`: one that is open here; `missed`: nobody knows what, since `connectedAt` (ms) it would have been told.
 */
export type LiveHint =
  | { kind: 'list'; doctype: string; name: string | null; user: string | null }
  | { kind: 'document'; doctype: string; name: string; modified: string | null }
  | { kind: 'missed'; connectedAt: number };

/** Who has a document open, by their user names; the person themselves may be among them. */
export type Viewers = { doctype: string; name: string; users: string[] };

const doctype = z.string().min(1).max(140);
const name = z.string().min(1).max(255);

export const live = {
  state: method<LiveState>()(z.object({})),
  /** The engine of an account wants hints about these DocTypes, all of those that it keeps. */
  follow: method<LiveState>()(z.object({ account: accountId, doctypes: z.array(doctype).max(1000) })),
  /**
   * A window tells what it shows, at each change and at least once a minute; one that is silent for longer is taken for closed.
   * `onBattery`: null where the page cannot know. Answers who else has that document open, as far as it was told.
   */
  attend: method<{ viewers: string[] }>()(
    z.object({
      window: z.uuid(),
      account: accountId,
      hidden: z.boolean(),
      onBattery: z.boolean().nullable(),
      document: z.object({ doctype, name }).nullable(),
    }),
  ),
  /** Where the account's realtime service is, if not where it usually is; null for the usual places. */
  address: method<{ address: string | null }>()(z.object({ account: accountId })),
  /** `bad-parameters` for what is no address, or one that is less protected than the site itself. */
  setAddress: method<{ address: string | null }>()(z.object({ account: accountId, address: z.string().max(500).nullable() })),
};
