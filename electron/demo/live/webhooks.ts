import { createHmac } from 'node:crypto';
import type { Doc } from '@shared/erp/document';
import { passwordKey } from '../engine/engine';
import { text } from '../engine/values';
import type { PushSite } from './push-site';

/** Sends the site's `Webhook` documents after each commit, as a background job of Frappe's would. Answers what ends it. */
export function sendWebhooks(site: PushSite): () => void {
  const stopping = new AbortController();
  const stop = site.onChange(({ doc, events }) => {
    const hooks = site.engine.store.by('Webhook', 'webhook_doctype', doc.doctype);
    for (const hook of hooks)
      if (hook['enabled'] && events.some((event) => event === hook['webhook_docevent'])) void send(site, hook, doc, stopping.signal);
  });
  return () => {
    stop();
    stopping.abort();
  };
}

async function send(site: PushSite, hook: Doc, doc: Doc, signal: AbortSignal): Promise<void> {
  const body = JSON.stringify(JSON.parse(rendered(text(hook, 'webhook_json') || '{}', doc)));
  const secret = site.engine.passwords.get(passwordKey('Webhook', hook.name, 'webhook_secret'));
  const signature =
    hook['enable_security'] && secret !== undefined ? createHmac('sha256', secret).update(body).digest('base64') : undefined;
  // One that cannot be delivered is noted in the site's log, and nobody hears of it.
  await fetch(text(hook, 'request_url'), {
    method: text(hook, 'request_method') || 'POST',
    body,
    headers: signature === undefined ? {} : { 'X-Frappe-Webhook-Signature': signature },
    signal,
  }).catch(() => undefined);
}

/** The one thing of Jinja that webhooks of an app need: a field of the document, as JSON. */
const rendered = (template: string, doc: Doc): string =>
  template.replace(/\{\{\s*doc\.(\w+)\s*\|\s*tojson\s*\}\}/g, (_, fieldname: string) => JSON.stringify(doc[fieldname] ?? null));
