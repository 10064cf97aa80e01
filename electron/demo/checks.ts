import type { DocField } from '@shared/erp/docfield';
import type { Doc } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import type { Context } from './engine';
import { FrappeError, thrown, type LogMessage } from './errors';
import type { Meta } from './metadata';
import { cast, isNumeric, same, text, toNumber, type Entity } from './values';

const shortText = new Set(['Data', 'Link', 'Dynamic Link', 'Select', 'Password', 'Read Only', 'Phone', 'Autocomplete', 'Color', 'Icon']);

/** The document and each of its rows, with the structure of each. */
export function* entities(context: Context, meta: Meta, doc: Doc): Generator<{ meta: Meta; entity: Entity; row: string }> {
  yield { meta, entity: doc, row: '' };
  for (const table of meta.tables) {
    const child = context.metadata.get(table.options ?? '');
    if (child !== undefined)
      for (const entity of rowsOf(doc, table.fieldname)) yield { meta: child, entity, row: `Row #${entity.idx ?? 0}` };
  }
}

/** Links must lead somewhere; what is fetched through them is filled in. */
export function checkLinks(context: Context, meta: Meta, doc: Doc): void {
  const missing: string[] = [];
  for (const { meta: own, entity, row } of entities(context, meta, doc))
    for (const field of own.columns) {
      if (field.fieldtype !== 'Link' && field.fieldtype !== 'Dynamic Link') continue;
      const value = text(entity, field.fieldname);
      const target = field.fieldtype === 'Link' ? (field.options ?? '') : text(entity, field.options ?? '');
      const fetched = own.fetching.get(field.fieldname) ?? [];
      const linked = value === '' ? undefined : context.store.get(target, value);
      if (linked !== undefined) entity[field.fieldname] = linked.name;
      // A Link through which others are fetched is not checked (link-not-checked); nor is one to a DocType the site lacks.
      else if (value !== '' && fetched.length === 0 && context.metadata.get(target) !== undefined && target !== 'DocType')
        missing.push(`${row === '' ? '' : `${row}: `}${field.label ?? field.fieldname}: ${value}`);
      if (linked !== undefined)
        for (const { source, field: into } of fetched) {
          if (into.fetch_if_empty && text(entity, into.fieldname) !== '') continue;
          const found = cast(into, linked[source]);
          if (found !== undefined) entity[into.fieldname] = found;
        }
    }
  if (missing.length > 0) throw thrown('LinkValidationError', `Could not find ${missing.join(', ')}`);
}

const isEmpty = (doc: Entity, field: DocField): boolean => {
  const value = doc[field.fieldname];
  if (Array.isArray(value)) return value.length === 0;
  return !isNumeric(field) && (value === undefined || value === null || String(value).trim() === '');
};

export function checkMandatory(context: Context, meta: Meta, doc: Doc): void {
  const messages: LogMessage[] = [];
  const fieldnames: string[] = [];
  for (const { meta: own, entity, row } of entities(context, meta, doc))
    for (const field of [...own.columns, ...own.tables]) {
      if (!field.reqd || !isEmpty(entity, field)) continue;
      fieldnames.push(field.fieldname);
      const label = field.label ?? field.fieldname;
      const message =
        row === ''
          ? `Error: Value missing for ${own.name}: ${label}`
          : `Error: <strong>${own.name}</strong> ${row}: Value missing for: ${label}`;
      messages.push({ message, title: 'Message' });
    }
  if (fieldnames.length > 0)
    throw new FrappeError(417, 'MandatoryError', {
      exception: `frappe.exceptions.MandatoryError: [${doc.doctype}, ${doc.name}]: ${fieldnames.join(', ')}`,
      messages,
    });
}

const email = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

/** Select options, dates, lengths, signs and mail addresses. */
export function checkValues(context: Context, meta: Meta, doc: Doc): void {
  for (const { meta: own, entity, row } of entities(context, meta, doc))
    for (const field of own.columns) {
      const value = text(entity, field.fieldname);
      if (value === '') continue;
      const label = field.label ?? field.fieldname;
      if (field.fieldtype === 'Select' && field.options && field.fieldname !== 'naming_series') {
        const options = field.options.split('\n').map((option) => option.trim());
        if (!options.includes(value.trim())) {
          const list = options.flatMap((option) => (option === '' ? [] : `"${option}"`)).join(', ');
          throw thrown('ValidationError', `${row} ${label} cannot be "${value}". It should be one of ${list}`);
        }
      }
      if (shortText.has(field.fieldtype) && value.length > (field.length || 140)) {
        const message = `${doc.doctype} ${doc.name}: '${label}' (${value}) will get truncated, as max characters allowed is ${field.length || 140}`;
        throw thrown('CharacterLengthExceededError', message, { title: 'Value too big' });
      }
      if (field.non_negative && toNumber(value) < 0)
        throw thrown('NonNegativeError', `Value cannot be negative for <strong>${label}</strong>`, { title: 'Negative Value' });
      const isAddress = field.fieldtype === 'Data' && field.options === 'Email';
      if (isAddress && !value.split(',').every((one) => email.test(one.trim())))
        throw thrown('InvalidEmailAddressError', `<strong>${value}</strong> is not a valid Email Address`);
    }
}

const dates: { [fieldtype: string]: RegExp | undefined } = {
  Date: /^\d{4}-\d\d-\d\d/,
  Datetime: /^\d{4}-\d\d-\d\d/,
  Time: /^\d{1,2}:\d\d(:\d\d(\.\d+)?)?$/,
};

/** Dates are read by the rules before anything else is checked. */
export function checkDates(context: Context, meta: Meta, doc: Doc): void {
  for (const { meta: own, entity } of entities(context, meta, doc))
    for (const field of own.columns) {
      const value = text(entity, field.fieldname);
      const pattern = dates[field.fieldtype];
      if (value !== '' && pattern !== undefined && !pattern.test(value))
        throw thrown(
          'ValidationError',
          `<strong>${value}</strong> is not a valid ${field.fieldtype === 'Time' ? 'time' : 'date'} string.`,
          { title: 'Invalid Date', app: true },
        );
      if (field.fieldtype === 'Date' && value.length > 10) entity[field.fieldname] = value.slice(0, 10);
    }
}

export function checkUnique(context: Context, meta: Meta, doc: Doc): void {
  for (const field of meta.columns) {
    const value = text(doc, field.fieldname);
    if (!field.unique || value === '') continue;
    if (context.store.by(meta.name, field.fieldname, value).some((other) => other.name !== doc.name))
      throw new FrappeError(417, 'UniqueValidationError', {
        exception: `frappe.exceptions.UniqueValidationError: ('${meta.name}', '${doc.name}', IntegrityError(1062, "Duplicate entry '${value}' for key '${field.fieldname}'"))`,
        messages: [{ message: `${field.label} must be unique`, title: 'Message' }],
      });
  }
}

const refuseChange = (row: string, field: DocField, before: unknown, after: unknown): FrappeError => {
  const message = `${row} Not allowed to change <strong>${field.label}</strong> after submission from <strong>${String(before ?? '')}</strong> to <strong>${String(after ?? '')}</strong>`;
  return thrown('UpdateAfterSubmitError', message, { title: 'Cannot Update After Submit' });
};

/** A submitted document takes only fields that are allowed then, its rows included. */
export function checkAfterSubmit(context: Context, meta: Meta, before: Doc, after: Doc): void {
  for (const field of meta.columns)
    if (!field.allow_on_submit && !same(field, before[field.fieldname], after[field.fieldname]))
      throw refuseChange('', field, before[field.fieldname], after[field.fieldname]);
  for (const table of meta.tables) {
    const child = context.metadata.get(table.options ?? '');
    const rows = new Map(rowsOf(before, table.fieldname).map((row) => [row.name, row]));
    const next = rowsOf(after, table.fieldname);
    if (!table.allow_on_submit && (next.length !== rows.size || next.some((row) => !rows.has(row.name))))
      throw thrown('UpdateAfterSubmitError', `Not allowed to change <strong>${table.label}</strong> after submission`, {
        title: 'Cannot Update After Submit',
      });
    for (const row of next) {
      const stored = rows.get(row.name);
      for (const field of stored === undefined ? [] : (child?.columns ?? []))
        if (!field.allow_on_submit && !same(field, stored?.[field.fieldname], row[field.fieldname]))
          throw refuseChange(`Row #${row.idx ?? 0}:`, field, stored?.[field.fieldname], row[field.fieldname]);
    }
  }
}

/** Fields of a higher permission level keep their value, fields that may be set once refuse another. */
export function checkFixed(meta: Meta, before: Doc, after: Doc, mayWrite: (level: number) => boolean): void {
  for (const field of meta.columns) {
    if (field.permlevel && !mayWrite(field.permlevel)) after[field.fieldname] = before[field.fieldname];
    else if (field.set_only_once && text(before, field.fieldname) !== '' && !same(field, before[field.fieldname], after[field.fieldname]))
      throw thrown('CannotChangeConstantError', `Value cannot be changed for ${field.label}`);
  }
}
