import type { DocField } from '../erp/docfield';
import { tableTypes } from '../erp/docfield';
import type { DocumentValues } from '../erp/document';
import { rowsOf, valueOf } from '../erp/document';
import { htmlTypes, numericTypes } from '../erp/fieldtypes';
import { plainText } from '../erp/plain-text';
import type { OperationKind } from '../sync/outbox-entry';
import { isEmpty } from './field-state';

/** Fieldtypes that are never on paper: a secret, and what only a screen can do. */
const neverPrinted: ReadonlySet<string> = new Set(['Password', 'Button', 'Fold']);

/** May it be printed at all? `print_hide` is the metadata's own word. */
export const isPrintable = (field: DocField): boolean => field.print_hide !== 1 && !neverPrinted.has(field.fieldtype);

/** ERPNext's fields of amounts in words, which the server alone writes. */
const inWords: ReadonlySet<string> = new Set(['in_words', 'base_in_words']);

/** With an edit that is not sent yet they are the words of another amount. */
export const isOutdated = ({ fieldname }: DocField, unsent: readonly { kind: OperationKind }[]): boolean =>
  inWords.has(fieldname) && unsent.some(({ kind }) => kind === 'create' || kind === 'update');

/** HTML of the metadata that a template engine of the site would have to fill in first. */
const isTemplate = (html: string): boolean => /\{[{%]/.test(html);

/** Is there anything to print? A number that is zero and a box that is not ticked say no more on paper than their absence. */
export function holdsPrint(field: DocField, values: DocumentValues): boolean {
  const { fieldtype, fieldname, options = '' } = field;
  if (tableTypes.has(fieldtype)) return rowsOf(values, fieldname).length > 0;
  if (fieldtype === 'Heading') return (field.label ?? '') !== '';
  if (fieldtype === 'HTML') return plainText(options) !== '' && !isTemplate(options);
  if (fieldtype === 'Image') return !isEmpty(valueOf(values, options));
  const value = valueOf(values, fieldname);
  if (isEmpty(value)) return false;
  if (numericTypes.has(fieldtype)) return Number(value) !== 0;
  if (htmlTypes.has(fieldtype)) return plainText(String(value)) !== '';
  return true;
}
