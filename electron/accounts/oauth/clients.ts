import { z } from 'zod';
import type { Store } from '../../settings/store';

const key = 'oauthClients';
const stored = z.record(z.string(), z.string());

const all = (store: Store): Record<string, string> => {
  const parsed = stored.safeParse(store.get(key) ?? {});
  return parsed.success ? parsed.data : {};
};

/** The client ID that a site's administrator gave, no secret: typed once, known for everybody who signs in there. */
export const clientIdOf = (store: Store, siteUrl: string): string | null => all(store)[siteUrl] ?? null;

export const keepClientId = (store: Store, siteUrl: string, clientId: string): void =>
  store.set(key, { ...all(store), [siteUrl]: clientId });
