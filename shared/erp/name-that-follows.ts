import type { DocType } from './doctype';
import type { DocumentValues } from './document';

/** What a new document is named after: a name that its person gives, or one of its fields; null where the server counts. */
export function namedAfter({ autoname = '' }: DocType): 'prompt' | { field: string } | null {
  if (autoname.toLowerCase() === 'prompt') return 'prompt';
  return autoname.startsWith('field:') ? { field: autoname.slice('field:'.length) } : null;
}

/** The name that the server will give a new document, where it can be told from what is sent. */
export function nameThatFollows(doctype: DocType | undefined, values: DocumentValues): string | null {
  const named = doctype === undefined ? null : namedAfter(doctype);
  return named === null ? null : text(values[named === 'prompt' ? 'name' : named.field]);
}

function text(value: DocumentValues[string]): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
