import type { SiteProbe } from '@shared/bridge/accounts';
import type { Fetch } from '../erp/transport';
import type { Store } from '../settings/store';
import { clientIdOf } from './oauth/clients';
import { discoverAuthorize } from './oauth/discovery';
import type { SiteFound } from './probe';

type Looking = { fetch: Fetch; store: Store; probe: (address: string, signal: AbortSignal) => Promise<SiteFound> };

/** What stands at an address, and which ways to sign in it offers. Asked as a guest. */
export async function lookAtSite({ fetch, store, probe }: Looking, address: string, signal: AbortSignal): Promise<SiteProbe> {
  const found = await probe(address, signal);
  const offered = (await discoverAuthorize(fetch, found.siteUrl, signal)) !== null;
  return { ...found, browser: offered ? { clientId: clientIdOf(store, found.siteUrl) } : null };
}
