/** The channel over which the engine of an account speaks with every window. */
export const syncChannel = (account: string): string => `fieldbook-sync-${account}`;

/** The lock that the one running engine of an account holds. */
export const engineLock = (account: string): string => `fieldbook-engine-${account}`;
