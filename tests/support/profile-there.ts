import type { DemoSite } from '../../electron/demo/site';

type Upload = { as?: string; fileName?: string; isPrivate?: boolean; attachedTo?: { doctype: string; name: string } };

/** Somebody puts a profile on the site, as a private file on a document that others may read. */
export async function profileThere(site: DemoSite, profile: object | string, upload: Upload = {}): Promise<string> {
  const { as = 'office@example.com', fileName = 'sales.fieldbook-profile.json', isPrivate = true } = upload;
  const to = upload.attachedTo ?? { doctype: 'Customer', name: site.documents('Customer')[0]?.name ?? '' };
  const text =
    typeof profile === 'string' ? profile : JSON.stringify({ format: 'fieldbook-profile', version: 1, name: 'Field sales', ...profile });
  const form = new FormData();
  form.set('file', new Blob([text]), fileName);
  for (const [key, value] of Object.entries({ doctype: to.doctype, docname: to.name, is_private: isPrivate ? '1' : '0' }))
    form.set(key, value);
  const person = site.people.find((one) => one.name === as);
  const headers = { authorization: `token ${person?.apiKey}:${person?.apiSecret}` };
  const answer = await site.fetch(new Request('https://demo.test/api/method/upload_file', { method: 'POST', body: form, headers }));
  if (!answer.ok) throw new Error(`the demo site refused ${fileName}: ${await answer.text()}`);
  return String(site.files().findLast(({ doc }) => doc.owner === as)?.doc['file_url']);
}

/** The file is gone from the site. */
export function removeFileThere(site: DemoSite, url: string): void {
  const file = site.files().find(({ doc }) => doc['file_url'] === url);
  if (file !== undefined) site.as('Administrator').delete('File', file.doc.name);
}
