import type { SiteWebhook } from '@shared/bridge/webhooks';
import { AppError } from '@shared/errors';
import { z } from 'zod';
import type { ErpClient } from '../../erp/client';
import type { Asking } from '../../erp/connection';

/** What is wanted on the site: where calls go, the secret that signs them, and this device's part of the names. */
export type Wanted = { url: string; secret: string; device: string };

/** The events that a submittable DocType has besides saving and deleting. */
const events = (submittable: boolean): string[] => ['on_update', 'on_trash', ...(submittable ? ['on_submit', 'on_cancel'] : [])];

/** Says that a document changed and who did it, nothing else of it: a hint needs no more. Rendered by Jinja, `tojson` is its own. */
const webhookJson = '{"doctype": {{ doc.doctype | tojson }}, "name": {{ doc.name | tojson }}, "user": {{ doc.modified_by | tojson }}}';

/** Where names follow a series, this one is not kept: they are found by their address as well. */
const nameOf = (device: string, doctype: string, event: string): string => `Fieldbook ${device} ${doctype} ${event}`;

const rows = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      webhook_doctype: z.string(),
      webhook_docevent: z.string().nullish(),
      request_url: z.string().nullish(),
      enabled: z.number().nullish(),
    }),
  ),
});

/** Every `Webhook` on the site that is this device's, whatever address it sends to. Rejects with `forbidden` for who is no System Manager. */
export async function listSiteWebhooks(client: ErpClient, { url, device }: Wanted, asking: Asking): Promise<SiteWebhook[]> {
  const { text } = await client.list(
    {
      doctype: 'Webhook',
      fields: ['name', 'webhook_doctype', 'webhook_docevent', 'request_url', 'enabled'],
      filters: [],
      orFilters: [
        ['name', 'like', `Fieldbook ${device} %`],
        ['request_url', 'like', `%/fieldbook/${device}/%`],
      ],
      orderBy: 'webhook_doctype asc, webhook_docevent asc',
      limit: 1000,
    },
    asking,
  );
  const answer: unknown = JSON.parse(text);
  const { success, data } = rows.safeParse(isMessage(answer) ? { data: answer.message } : answer);
  if (!success) throw new AppError('not-frappe', 'The site lists its webhooks as Fieldbook does not know them.');
  return data.data.map((row) => ({
    name: row.name,
    doctype: row.webhook_doctype,
    event: row.webhook_docevent ?? '',
    enabled: row.enabled === 1,
    current: row.request_url === url,
  }));
}

const isMessage = (answer: unknown): answer is { message: unknown } =>
  typeof answer === 'object' && answer !== null && !('data' in answer) && 'message' in answer;

/** Makes those that are missing, and has those that are there send to the present address, signed with the present secret. */
export async function installSiteWebhooks(
  client: ErpClient,
  wanted: Wanted,
  doctypes: readonly { doctype: string; submittable: boolean }[],
  asking: Asking,
): Promise<void> {
  const known = await listSiteWebhooks(client, wanted, asking);
  for (const { doctype, submittable } of doctypes) {
    for (const event of events(submittable)) {
      const there = known.find((hook) => hook.doctype === doctype && hook.event === event);
      const body = {
        ...{ request_url: wanted.url, enabled: 1, enable_security: 1, webhook_secret: wanted.secret },
        ...{ request_method: 'POST', request_structure: 'JSON', webhook_json: webhookJson, timeout: 5 },
      };
      if (there !== undefined) await client.update('Webhook', there.name, body, asking);
      else {
        const made = { name: nameOf(wanted.device, doctype, event), webhook_doctype: doctype, webhook_docevent: event };
        await client.create('Webhook', { ...made, ...body }, asking);
      }
    }
  }
}

export async function removeSiteWebhooks(client: ErpClient, wanted: Wanted, asking: Asking): Promise<void> {
  for (const { name } of await listSiteWebhooks(client, wanted, asking)) await client.remove('Webhook', name, asking);
}
