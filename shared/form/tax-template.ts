import type { DocField } from '../erp/docfield';
import type { DocType } from '../erp/doctype';
import type { ChildRow, DocumentValues } from '../erp/document';
import { rowsOf } from '../erp/document';
import { copyRow } from './copy-document';
import type { NameRow } from './copy-document';

/** Is this the field by which a person chooses the taxes of a transaction? */
export const isTaxTemplate = (field: DocField): boolean => field.fieldtype === 'Link' && field.fieldname === 'taxes_and_charges';

/** The rows that a template of taxes brings, under new names, as ERPNext's `get_taxes_and_charges`: they take the place of those there. */
export const taxRows = (child: DocType, template: DocumentValues, nameRow: NameRow): ChildRow[] =>
  rowsOf(template, 'taxes').map((row, index) => copyRow(child, row, nameRow(), index + 1));
