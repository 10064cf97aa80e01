import type { DocField } from '@shared/erp/docfield';
import type { Doc, FieldValue } from '@shared/erp/document';
import type { Context } from './engine';
import type { Meta } from './metadata';
import { cast, text, type Entity } from './values';

function defaultOf(context: Context, field: DocField, parent: Doc): FieldValue | undefined {
  const value = field.default;
  if (value === undefined || value === '') {
    // A Select without a default starts at its first option, which may be empty.
    if (field.fieldtype === 'Select' && field.options !== undefined) return field.options.split('\n')[0];
    if (field.fieldtype === 'Link' && field.options === 'Company' && field.fieldname === 'company') return defaultCompany(context);
    return undefined;
  }
  if (value === 'Today') return context.clock.date();
  if (value === 'Now') return context.clock.stamp();
  if (value === '__user') return context.user;
  if (value.startsWith(':')) {
    const source = context.store.get(value.slice(1), text(parent, value.slice(1).toLowerCase()));
    return source === undefined ? undefined : cast(field, source[field.fieldname]);
  }
  return cast(field, value);
}

/** What a new document or row gets where the sender said nothing. */
export function setDefaults(context: Context, meta: Meta, record: Entity, parent: Doc): void {
  for (const field of meta.columns)
    if (record[field.fieldname] === undefined || record[field.fieldname] === null) {
      const value = defaultOf(context, field, parent);
      if (value !== undefined) record[field.fieldname] = value;
    }
}

export function defaultCompany(context: Context): string | undefined {
  const settings = context.store.get('Global Defaults', 'Global Defaults');
  return (settings && text(settings, 'default_company')) || context.store.all('Company')[0]?.name;
}
