import type { Told } from '@shared/bridge/system';
import type { UpdateState } from '@shared/system/updates';

/** Newer versions of the app itself. */
export type Updates = {
  state(): UpdateState;
  check(): Promise<UpdateState>;
  update(): Promise<UpdateState>;
};

/** The desktop that a host may have around the window. */
export type Desktop = { told(told: Told): void; updates: Updates };

const off: UpdateState = { at: 'off', why: 'unsupported' };

/** A host without a desktop of its own: the browser has tabs, and whoever started it keeps it up to date. */
export const noDesktop: Desktop = {
  told: () => undefined,
  updates: { state: () => off, check: () => Promise.resolve(off), update: () => Promise.resolve(off) },
};
