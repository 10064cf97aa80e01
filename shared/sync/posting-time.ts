import type { DocType } from '../erp/doctype';
import type { DocumentValues } from '../erp/document';

/**
 * Where a DocType has `set_posting_time`, the user's own date and time are sent with it: otherwise the server books the
 * document on the day of the sync (recording `values-rewritten`). `madeAt` is when it was made, in site time.
 */
export function withPostingTime(values: DocumentValues, doctype: DocType | undefined, madeAt: string): DocumentValues {
  const has = (fieldname: string): boolean => doctype?.fields.some((field) => field.fieldname === fieldname) === true;
  if (!has('set_posting_time')) return values;
  const [date = '', time = ''] = madeAt.split(' ');
  return {
    ...values,
    set_posting_time: 1,
    posting_date: values['posting_date'] ?? date,
    ...(has('posting_time') ? { posting_time: values['posting_time'] ?? time } : {}),
  };
}

/** What a person typed, without the switch that is ours to set: a form begins with it at 0. */
export function withoutPostingSwitch(values: DocumentValues): DocumentValues {
  const { set_posting_time: _, ...typed } = values;
  return typed;
}
