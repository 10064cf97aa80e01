import { holdsValue, isTableField } from '../erp/docfield';
import type { DocField } from '../erp/docfield';
import type { DocType } from '../erp/doctype';
import { valueOf } from '../erp/document';
import type { DocumentValues, FieldValue } from '../erp/document';
import { isEmpty } from './field-state';

/** A value that no other document of the DocType may have. */
export type UniqueValue = { field: DocField; value: FieldValue };

/** The values that have to be the only ones of their kind; of a document that was saved before (`saved`), those that were changed. */
export function uniqueValues(doctype: DocType, values: DocumentValues, saved: DocumentValues | null): UniqueValue[] {
  return doctype.fields
    .filter((field) => field.unique === 1 && holdsValue(field) && !isTableField(field))
    .flatMap((field): UniqueValue[] => {
      const value = valueOf(values, field.fieldname);
      if (value === undefined || Array.isArray(value) || isEmpty(value) || value === 0) return [];
      return saved !== null && valueOf(saved, field.fieldname) === value ? [] : [{ field, value }];
    });
}
