import { app } from 'electron';
import { AppUpdates } from '../system/app-updates';
import type { AppUpdatesOptions } from '../system/app-updates';
import { noDesktop } from '../system/ports';
import type { Updates } from '../system/ports';
import { policyFile, updateSource } from '../system/release-facts';
import { isSigned } from '../system/signed-release';
import { netFetch } from './net-fetch';
import { openUpdater, signatureOf } from './updater';

/** Milliseconds: the first look lets the app come up; then a few times a working day. */
const firstLookMs = 60_000;
const nextLookMs = 4 * 3_600_000;

type Options = Pick<AppUpdatesOptions, 'choice' | 'told' | 'changed' | 'log'>;

export type HostUpdates = Updates & { toldAgain: () => void };

/** Updates of the installed app; of one that runs from its sources, or was packaged without a feed, there are none. */
export async function openUpdates({ choice, told, changed, log }: Options): Promise<HostUpdates> {
  const source = app.isPackaged ? await updateSource(app.getAppPath(), policyFile(process.platform, process.env)) : null;
  if (source === null) {
    const why = app.isPackaged ? 'no-feed' : 'unsupported';
    return { ...noDesktop.updates, state: () => ({ at: 'off', why }), toldAgain: () => undefined };
  }
  const updates = new AppUpdates({
    updater: await openUpdater(source.feed, log),
    isSigned: async (release) => isSigned(release, await signatureOf(netFetch, source.feed), source.key),
    choice,
    told,
    changed,
    now: () => Date.now(),
    log,
  });
  const look = () => void updates.check();
  setTimeout(look, firstLookMs);
  setInterval(look, nextLookMs);
  return {
    state: () => updates.state(),
    check: () => updates.check(),
    update: () => updates.update(),
    toldAgain: () => void updates.toldAgain(),
  };
}
