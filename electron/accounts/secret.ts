import { z } from 'zod';

/** What signs an account in. Never logged, never in an error, never on the bridge's way back. */
export type Secret = { apiKey: string; apiSecret: string };

export const secretSchema = z.object({ apiKey: z.string().min(1), apiSecret: z.string().min(1) });

/** The header `Authorization` of Frappe's token sign-in (recording auth). */
export const authorizationOf = (secret: Secret): string => `token ${secret.apiKey}:${secret.apiSecret}`;
