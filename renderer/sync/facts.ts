import type { Ports } from './ports';

/** What the engine must know of the account and the person's choices. */
export type Facts = {
  user: string;
  fullName: string;
  /** IANA name, in which the site writes its dates and times. */
  timeZone: string;
  allowIdxMarker: boolean;
};

/** Asked at each start of a round: the person may have changed their mind, or the site its time zone. */
export async function readFacts(ports: Pick<Ports, 'bridge' | 'account'>): Promise<Facts> {
  const [{ accounts }, settings] = await Promise.all([ports.bridge.accounts.state({}), ports.bridge.settings.get({})]);
  const account = accounts.find((candidate) => candidate.id === ports.account);
  return {
    user: account?.user ?? '',
    fullName: account?.fullName ?? '',
    timeZone: account?.timeZone ?? 'UTC',
    allowIdxMarker: settings.createMarker === 'negative-idx',
  };
}
