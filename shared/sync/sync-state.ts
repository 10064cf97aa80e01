import type { LiveHint, LiveState } from '../bridge/live';
import type { ErrorCode } from '../errors';

/** How the device stands to the server, decided by real answers and a light ping. */
export type Connectivity =
  | { kind: 'online' }
  | { kind: 'offline'; since: number; nextTryAt: number | null }
  | { kind: 'chosen-offline' }
  /** 429 or 503: the server asked for a pause until `until`. */
  | { kind: 'busy'; until: number }
  /** The requests that the person lets sync make in an hour are used up until `until`; what a person waits for is asked. */
  | { kind: 'budget'; until: number }
  | { kind: 'sign-in' };

/**
 * What on this device itself keeps it from sending. `start`: its unsent work could not be read yet, so that syncing has not
 * begun; `storage`: it cannot write down what it sends. Tried again by itself.
 */
export type DeviceTrouble = { at: 'start' | 'storage'; code: ErrorCode; message: string };

/**
 * The copy of unsent work that the main process keeps, its journal. `failing`: why it could not be written, null where it could;
 * tried again by itself. Found in it at start: `unreadable`, changes that are in it alone and that this version cannot read;
 * `damaged`, places of its file that are not as they were written.
 */
export type SafetyCopy = { failing: { code: ErrorCode; message: string } | null; unreadable: number; damaged: number };

export type PullProgress = {
  doctype: string;
  state: 'never' | 'waiting' | 'downloading' | 'done' | 'failed';
  /** Documents stored so far in this run, and how many there are to store (null: not counted yet). */
  done: number;
  total: number | null;
  bytes: number;
  /** When the last complete run ended (ms), or null. */
  completedAt: number | null;
  error: { code: ErrorCode; message: string } | null;
};

/**
 * The last comparison of one DocType by names: when it ended (ms), what it cost, and what it found: documents to fetch
 * because they are new or changed, changed without a new `modified`, renamed, and gone: deleted
 * there, or hidden from this user.
 */
export type Comparison = {
  at: number;
  requests: number;
  names: number;
  found: { fetched: number; silent: number; renamed: number; gone: number };
};

/**
 * The round of fetching attachments that is under way, or was last: how many of how many addresses were asked for. `stopped`:
 * what did not fit, into what files may take or onto the disk.
 */
export type FilesProgress = { done: number; total: number; stopped: 'quota' | 'disk' | null };

/** What the engine says of itself to every window. Counts of waiting and parked entries are read from the cache, live. */
export type SyncState = {
  account: string;
  connectivity: Connectivity;
  trouble: DeviceTrouble | null;
  safetyCopy: SafetyCopy;
  /** Last answer of the server (ms), or null. */
  lastContact: number | null;
  /** How far this device's clock is from the server's (ms; positive: ahead); null where it is near, or not known. */
  clockOff: number | null;
  /** When the last full round ended without error (ms), or null. */
  lastSync: number | null;
  activity:
    | { kind: 'idle' }
    | { kind: 'sending'; done: number; total: number }
    /** `part`: how much of the round is done, from 0 to 1, each DocType counting alike. Never falls within a round. */
    | { kind: 'downloading'; part: number };
  /** A person paused the download; it goes on when they say so, or at the next start. */
  downloadPaused: boolean;
  pulls: Record<string, PullProgress>;
  /** `fetching`: under way now. Null before the first round that had something to fetch. */
  files: (FilesProgress & { fetching: boolean }) | null;
  /** What the last comparison of names cost: when its round began (ms), requests, names compared, and how long it took (ms); null before the first. */
  comparison: { startedAt: number; requests: number; names: number; ms: number } | null;
  /** By DocType, since the engine started. */
  comparisons: Record<string, Comparison>;
  /** Pauses since the engine started: the last began at `at` and lasts `ms`; `asked`: the server said for how long. */
  pauses: { count: number; last: { at: number; ms: number; asked: boolean } | null };
  traffic: { requests: number; bytes: number; failed: number };
  /** How often (ms) the profile is looked through just now; null before the first round, and while that rests. */
  pollEveryMs: number | null;
};

/** Before anything was asked or answered. */
export const initialState = (account: string): SyncState => ({
  account,
  connectivity: { kind: 'online' },
  trouble: null,
  safetyCopy: { failing: null, unreadable: 0, damaged: 0 },
  lastContact: null,
  clockOff: null,
  lastSync: null,
  activity: { kind: 'idle' },
  downloadPaused: false,
  pulls: {},
  files: null,
  comparison: null,
  comparisons: {},
  pauses: { count: 0, last: null },
  traffic: { requests: 0, bytes: 0, failed: 0 },
  pollEveryMs: null,
});

/** What a window may ask of the engine. */
export type SyncCommand =
  | { kind: 'sync-now' }
  | { kind: 'saved' } // the outbox grew: send soon
  | { kind: 'download'; doctypes?: string[] }
  /** A person opened it: read it again with its comments and files, and keep them. Nothing happens offline. */
  | { kind: 'refresh'; doctype: string; name: string }
  | { kind: 'pause-download' }
  /**
   * What is to be kept of attachments changed. `again`: a person asks for those that are missing, also for those that were
   * refused; a paused download goes on.
   */
  | { kind: 'fetch-files'; again: boolean }
  /** Looks at the company's profile now, whenever that was done last. */
  | { kind: 'check-profile' }
  /** Forgets every document without unsent work and brings all of them again; waits for a connection. */
  | { kind: 'rebuild' }
  | { kind: 'work-offline'; on: boolean }
  /** The battery is low: rounds by themselves become rare, and attachments wait. */
  | { kind: 'save-power'; on: boolean }
  /** The device woke, or its network is back. */
  | { kind: 'wake' }
  /** A person came back to the window. */
  | { kind: 'focus' }
  | { kind: 'signed-in' }
  /** The site says that something may have changed. */
  | { kind: 'hint'; hint: LiveHint }
  /** How the site is listened to changed; while that rests, nothing is asked now and then either. */
  | { kind: 'live'; state: LiveState }
  /** The budget of requests changed: whoever waited for it looks again. */
  | { kind: 'budget-changed' };
