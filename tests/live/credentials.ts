export type Credentials = { url: string; apiKey: string; apiSecret: string };

/** Whose server is tried: null where the environment names none. */
export function credentials(environment: Record<string, string | undefined> = process.env): Credentials | null {
  const { ERPNEXT_URL: url, ERPNEXT_API_KEY: apiKey, ERPNEXT_API_SECRET: apiSecret } = environment;
  return url && apiKey && apiSecret ? { url, apiKey, apiSecret } : null;
}

export const withoutCredentials = 'ERPNEXT_URL, ERPNEXT_API_KEY and ERPNEXT_API_SECRET are not all set';

/** An administrator of the same site, for the few cases that need one. */
export function administrator(environment: Record<string, string | undefined> = process.env): Credentials | null {
  const { ERPNEXT_URL: url, ERPNEXT_ADMIN_API_KEY: apiKey, ERPNEXT_ADMIN_API_SECRET: apiSecret } = environment;
  return url && apiKey && apiSecret ? { url, apiKey, apiSecret } : null;
}

/** The same user by password, for the cases of the other ways to sign in; `clientId` of an OAuth Client of the site. */
export type PersonalCredentials = { user: string; password: string; clientId: string | null };

export function personal(environment: Record<string, string | undefined> = process.env): PersonalCredentials | null {
  const { ERPNEXT_USER: user, ERPNEXT_PASSWORD: password, ERPNEXT_OAUTH_CLIENT_ID: clientId } = environment;
  return user && password ? { user, password, clientId: clientId || null } : null;
}
