import type { DemoSite } from '../../electron/demo/site';

export type DemoAnswer = { status: number; body: { [key: string]: unknown }; headers: Headers };

/** Speaks to a demo site as one of its users, in process. */
export function demoClient(site: DemoSite, user = 'field@example.com') {
  const person = site.people.find(({ name }) => name === user);
  if (person === undefined) throw new Error(`${user} is no user of the demo`);
  const authorization = `token ${person.apiKey}:${person.apiSecret}`;
  const send = async (method: string, path: string, body?: unknown): Promise<DemoAnswer> => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await site.fetch(new Request(new URL(path, 'http://demo'), { method, headers, ...json }));
    // Frappe's answers are objects; what is not shows as an empty one.
    return { status: response.status, headers: response.headers, body: (await response.json().catch(() => ({}))) as DemoAnswer['body'] };
  };
  const resource = (doctype: string, name?: string): string =>
    `/api/resource/${encodeURIComponent(doctype)}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
  return {
    send,
    list: (doctype: string, query: { [name: string]: unknown } = {}) => {
      const search = Object.entries(query).map(([name, value]): [string, string] => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]);
      return send('GET', `${resource(doctype)}?${new URLSearchParams(search).toString()}`);
    },
    get: (doctype: string, name: string) => send('GET', resource(doctype, name)),
    create: (doctype: string, values: unknown) => send('POST', resource(doctype), values),
    update: (doctype: string, name: string, values: unknown) => send('PUT', resource(doctype, name), values),
    delete: (doctype: string, name: string) => send('DELETE', resource(doctype, name)),
    call: (method: string, args: unknown) => send('POST', `/api/method/${method}`, args),
    upload(fileName: string, bytes: Uint8Array<ArrayBuffer>, fields: { [name: string]: string } = {}): Promise<Response> {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set('file', new Blob([bytes]), fileName);
      return site.fetch(new Request('http://demo/api/method/upload_file', { method: 'POST', headers: { authorization }, body: form }));
    },
  };
}
