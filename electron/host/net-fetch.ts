import { net } from 'electron';

/** `fetch` through Chromium's network stack: the system's proxy and certificates. */
export const netFetch: typeof fetch = (input, init) => net.fetch(input instanceof URL ? input.href : input, init);
