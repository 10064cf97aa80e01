import { z } from 'zod';
import { accountId } from './accounts';
import { method } from './method';

/** What became of a call that reached the receiver. Only `taken` did anything. */
export type CallVerdict = 'taken' | 'bad-signature' | 'unreadable' | 'too-large' | 'too-many' | 'unknown';

/** `at` in ms; `doctype` of a call that was taken. */
export type WebhookCall = { at: number; verdict: CallVerdict; doctype: string | null };

/** An address of this device that the receiver can listen at; loopback is for a relay on the same device. */
export type NetworkAddress = { address: string; name: string; loopback: boolean };

export type WebhooksState = {
  on: boolean;
  host: string;
  port: number;
  /** Where the site sends to instead: a relay in the office that passes calls on to this device. */
  relay: string | null;
  /** `failed` with a sentence that says why nothing listens although it is on. */
  listening: { at: 'off' } | { at: 'listening' } | { at: 'failed'; message: string };
  /** Where the site of the account sends its calls; its path is secret. Null before there is one. */
  url: string | null;
  addresses: NetworkAddress[];
  /** The last calls, newest first, and how many of each kind came since the start. */
  calls: WebhookCall[];
  counts: Partial<Record<CallVerdict, number>>;
};

/** A `Webhook` of this device on the site. `current`: it sends to where this device listens now. */
export type SiteWebhook = { name: string; doctype: string; event: string; enabled: boolean; current: boolean };

const base = { account: accountId };
const doctypes = z.array(z.object({ doctype: z.string().min(1).max(140), submittable: z.boolean() })).max(300);

export const webhooks = {
  state: method<WebhooksState>()(z.object(base)),
  /** Changes only what is given. `host` is one of the addresses of this device. */
  set: method<WebhooksState>()(
    z.object({
      ...base,
      on: z.boolean().optional(),
      host: z.union([z.ipv4(), z.ipv6()]).optional(),
      port: z.number().int().min(1024).max(65535).optional(),
      relay: z
        .url({ protocol: /^https?$/ })
        .max(500)
        .nullable()
        .optional(),
    }),
  ),
  /** Those of this device that are on the site. Only a System Manager may see them: `forbidden` for others. */
  onSite: method<SiteWebhook[]>()(z.object(base)),
  /** Makes those that are missing and mends those that send elsewhere. */
  install: method<SiteWebhook[]>()(z.object({ ...base, doctypes })),
  remove: method<SiteWebhook[]>()(z.object(base)),
};
