import type { DocField } from '../erp/docfield';
import { checkValue } from './check-value';

/**
 * Where a value leads outside of the app: `mailto:`, `tel:`, `http:` or `https:`, and nothing else. Null for fields of other
 * kinds, and for a value that is not what its field asks for.
 */
export function outsideAddress(field: DocField, value: string): string | null {
  const kind = field.fieldtype === 'Phone' ? 'Phone' : field.fieldtype === 'Data' ? field.options : undefined;
  const text = value.trim();
  if (text === '' || checkValue(field, text) !== null) return null;
  if (kind === 'Email') return mailAddress(text);
  if (kind === 'Phone') return callAddress(text);
  return kind === 'URL' ? webAddress(text) : null;
}

/** Several may stand in one field, each with the name of its person. */
function mailAddress(text: string): string | null {
  const addresses = text
    .split(/[,\n]/)
    .map((part) => (/<([^<>]*)>\s*$/.exec(part)?.[1] ?? part).trim())
    .filter((part) => part !== '');
  return addresses.length === 0 ? null : `mailto:${addresses.map((each) => encodeURIComponent(each).replace('%40', '@')).join(',')}`;
}

/** Several numbers, or one with an extension, are none that can be dialled. */
function callAddress(text: string): string | null {
  return /^\+?[\d\s().\-/]+$/.test(text) ? `tel:${text.replaceAll(/[^\d+]/g, '')}` : null;
}

const webAddress = (text: string): string | null => (/^https?:\/\/[^\s/?#]/i.test(text) ? text : null);
