import type { DocType } from './doctype';
import type { DocumentValues } from './document';

/** The name that the server will give a new document, where it can be told from what is sent. */
export function nameThatFollows(doctype: DocType | undefined, values: DocumentValues): string | null {
  const autoname = doctype?.autoname ?? '';
  if (autoname.toLowerCase() === 'prompt') return text(values['name']);
  if (autoname.startsWith('field:')) return text(values[autoname.slice('field:'.length)]);
  return null;
}

function text(value: DocumentValues[string]): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
