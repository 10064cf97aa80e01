import type { DocField } from '@shared/erp/docfield';
import type { Doc } from '@shared/erp/document';
import type { Context } from './engine';
import type { Meta } from './metadata';
import { cast, text, type Entity } from './values';

function defaultOf(context: Context, field: DocField, parent: Doc): unknown {
  const value = field.default ?? '';
  // A Select without a default starts at its first option, which may be empty.
  if (value === '' && field.fieldtype === 'Select') return field.options?.split('\n')[0];
  if (value === '') return field.fieldname === 'company' && field.options === 'Company' ? defaultCompany(context) : undefined;
  if (value === 'Today') return context.clock.date();
  if (value === 'Now') return context.clock.stamp();
  if (value === '__user') return context.user;
  // `:Company`: the field of this name of the document that the parent links to.
  const source = value.slice(1);
  return value.startsWith(':') ? context.store.get(source, text(parent, source.toLowerCase()))?.[field.fieldname] : value;
}

/** What a new document or row gets where the sender said nothing. */
export function setDefaults(context: Context, meta: Meta, record: Entity, parent: Doc): void {
  for (const field of meta.columns) {
    const value = cast(field, record[field.fieldname] ?? defaultOf(context, field, parent));
    if (value !== undefined) record[field.fieldname] = value;
  }
}

export const defaultCompany = (context: Context): string | undefined =>
  text(context.store.get('Global Defaults', 'Global Defaults'), 'default_company') || context.store.all('Company')[0]?.name;
