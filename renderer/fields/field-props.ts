import type { DocField } from '@shared/erp/docfield';
import type { FieldValue } from '@shared/erp/document';
import type { FieldScope } from './form-context';

/** What every field component is given; it answers with `change`. Table fields read their rows from the scope. */
export type FieldProps = {
  field: DocField;
  value: FieldValue | undefined;
  scope: FieldScope;
  readOnly: boolean;
  inputId: string;
  /** Ids of the texts below the field, for assistive technology. */
  describedBy?: string | undefined;
  invalid?: boolean;
  required?: boolean;
  /** In a grid cell: no label above, so the field names itself. */
  inCell?: boolean;
};

export type FieldEmits = { change: [value: FieldValue] };

/** The value as text; rows and absence are an empty one. */
export const textOf = (value: FieldValue | undefined): string => (value === null || value === undefined ? '' : String(value));
