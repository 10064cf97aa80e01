import type { ComputedRef, ShallowRef } from 'vue';
import type { DocField } from '@shared/erp/docfield';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { ChildRow, DocumentValues, FieldValue } from '@shared/erp/document';
import type { FormSession } from '@shared/form/form-session';

/** Values to be written, by fieldname. */
export type Patch = Record<string, FieldValue>;

/** The working copy that is filled in. */
export type Filled = {
  bundle: ComputedRef<DocTypeBundle | undefined>;
  session: ComputedRef<FormSession>;
  /** The currency of the company that the document belongs to; null where it is not known here. */
  companyCurrency: ComputedRef<string | null>;
  values: Readonly<ShallowRef<DocumentValues>>;
  /** Another one once the document was saved, dropped or replaced by a newer version. */
  version: () => number;
  nameRow: () => string;
  write: (patch: Patch) => void;
  writeRows: (table: DocField, rows: ChildRow[]) => void;
  compute: () => void;
};
