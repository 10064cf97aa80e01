/** What requests are counted by: a DocType, a method by its dotted name, files, or the rest. */
export type Endpoint = { kind: 'doctype' | 'method' | 'files' | 'other'; name: string };

const files: ReadonlySet<string> = new Set(['upload_file', 'frappe.utils.print_format.download_pdf']);

/**
 * What a request was about, by how errors tell it (`PUT /api/resource/Customer/…`, `POST /api/method/frappe.client.get_list (Item)`):
 * no document's name stands there, so that none is kept with the figures.
 */
export function endpointOf(label: string): Endpoint {
  const resource = /^\w+ \/api\/resource\/([^/]+)/.exec(label)?.[1];
  if (resource !== undefined) return { kind: 'doctype', name: resource };
  const [, method, doctype] = /^\w+ \/api\/method\/([\w.]+)(?: \((.+)\))?$/.exec(label) ?? [];
  if (doctype !== undefined) return { kind: 'doctype', name: doctype };
  if (method !== undefined && !files.has(method)) return { kind: 'method', name: method };
  return method !== undefined || label.includes('/files/') ? { kind: 'files', name: '' } : otherEndpoint;
}

export const otherEndpoint: Endpoint = { kind: 'other', name: '' };

/** One text for each, to count under. */
export const endpointKey = ({ kind, name }: Endpoint): string => `${kind}:${name}`;

export function endpointOfKey(key: string): Endpoint {
  const [, kind, name = ''] = /^(doctype|method|files):(.*)$/s.exec(key) ?? [];
  return kind === 'doctype' || kind === 'method' || kind === 'files' ? { kind, name } : otherEndpoint;
}
