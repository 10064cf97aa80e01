import { inject, provide } from 'vue';
import type { ComputedRef, InjectionKey, Ref, ShallowRef } from 'vue';
import type { DocField } from '@shared/erp/docfield';
import type { DocType } from '@shared/erp/doctype';
import type { ChildRow, DocumentValues, FieldValue } from '@shared/erp/document';
import type { FieldState } from '@shared/form/field-state';
import type { FormSession } from '@shared/form/form-session';
import type { CellPath, RowPath } from '@shared/sync/outbox-entry';
import type { OwnFile } from '../cache/attachments';
import type { Gathered } from '../components/dropped-files';
import type { AlikeAnswer } from '../search/look-up';

/** What stands under a field: its state, what is wrong with it, and whether its value is the server's word. */
export type CellState = FieldState & { problem: string | null; provisional: boolean };

/** The document or the row that fields stand on. */
export type FieldScope = {
  values: DocumentValues;
  /** The document around a row; null for the document itself. */
  parent: DocumentValues | null;
  /** The row that the fields stand in; null for the document itself. */
  at: RowPath | null;
  /** Makes ids of inputs unique on the page. */
  idPrefix: string;
  stateOf(field: DocField): CellState;
  set(fieldname: string, value: FieldValue): void;
};

export type RowScope = FieldScope & {
  /** Several values that a person gave at once, as by pasting: what one brings does not replace another. */
  setAll(given: Readonly<Record<string, FieldValue>>): void;
};

export type NewRows = { at: number; values?: Record<string, FieldValue>[] };

/** Documents that are called like the new one, and the field that its name was typed in last. */
export type CalledAlike = AlikeAnswer & { fieldname: string };

/** What a form gives to its fields. Implemented by `stores/document-form.ts`. */
export type FormContext = {
  doctype: string;
  name: ComputedRef<string | null>;
  session: ComputedRef<FormSession>;
  /** The form's document as a scope. */
  scope: ComputedRef<FieldScope>;
  /** A cell of a table to go to; the table sets it back to null once it is there. */
  target: Ref<CellPath | null>;
  childOf(table: DocField): DocType | undefined;
  rowScope(table: DocField, row: ChildRow): RowScope;
  addRows(table: DocField, rows: NewRows): ChildRow[];
  copyRow(table: DocField, row: ChildRow): void;
  removeRows(table: DocField, names: ReadonlySet<string>): void;
  moveRow(table: DocField, name: string, by: number): void;
  /** The fields that a new document is named by; none for one that has a name. */
  namedBy: ComputedRef<ReadonlySet<string>>;
  /** Null where none is, or too little was typed. */
  alike: Readonly<ShallowRef<CalledAlike | null>>;
  /** What is done with one of them: it is looked at, what was typed being kept aside, or taken instead of a new one. */
  alikes: { kind: 'open' | 'take'; choose(name: string): void };
  /** Resolves when what follows from the last typing, as far as this device knows it, stands in the values. */
  settled(): Promise<void>;
  /** Opens another document; asks first where typing would be lost. */
  open(doctype: string, name: string): void;
  /** Lets a person make the document that a Link field wants, beginning with what was typed; its name, or null if they did not. */
  createLinked(doctype: string, typed: string): Promise<string | null>;
  /** Keeps the first of these files for an Attach field of the document or of a row; false where it could not be, which was said then. */
  attachTo(field: DocField, given: Gathered, at: RowPath | null): Promise<boolean>;
  /** The file that an Attach field was given last, until the server has it; null where there is none on its way. */
  waitingFor(field: DocField, at: RowPath | null): OwnFile | null;
};

const key: InjectionKey<FormContext> = Symbol('form');

export const provideForm = (form: FormContext): void => provide(key, form);

export function useForm(): FormContext {
  const form = inject(key);
  if (form === undefined) throw new TypeError('A field stands outside of a form.');
  return form;
}
