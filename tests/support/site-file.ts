import type { DemoSite } from '../../electron/demo/site';
import { demoClient } from './demo-client';

/** A file that somebody in the office attached on the server. */
export async function siteFile(
  site: DemoSite,
  file: { doctype: string; name: string; fileName: string } & ({ text: string } | { bytes: Uint8Array }),
): Promise<{ name: string; url: string }> {
  const bytes = 'bytes' in file ? file.bytes : new TextEncoder().encode(file.text);
  const fields = { doctype: file.doctype, docname: file.name, is_private: '1' };
  const answer = await demoClient(site, 'office@example.com').upload(file.fileName, new Uint8Array(bytes), fields);
  // The answer of `upload_file` is the File (recording upload).
  const { message } = (await answer.json()) as { message: { name: string; file_url: string } };
  return { name: message.name, url: message.file_url };
}
