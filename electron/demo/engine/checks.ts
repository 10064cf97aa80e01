import type { DocField } from '@shared/erp/docfield';
import type { Doc } from '@shared/erp/document';
import type { Difference } from './differences';
import { partsOf, targetOf, type Context, type Part } from './engine';
import { FrappeError, refusal } from './errors';
import type { Meta } from './metadata';
import { cast, isNumeric, text, toNumber } from './values';

const labelOf = ({ label, fieldname }: DocField): string => label ?? fieldname;
const place = ({ table, entity }: Part): string => (table === undefined ? '' : `Row #${entity.idx ?? 0}`);

/** Links must lead somewhere; what is fetched through them is filled in. */
export function checkLinks(context: Context, meta: Meta, doc: Doc): void {
  const missing: string[] = [];
  for (const part of partsOf(context, meta, doc))
    for (const field of part.meta.columns) {
      const { entity } = part;
      const target = targetOf(field, entity);
      const value = target === '' ? '' : text(entity, field.fieldname);
      if (value === '') continue;
      const fetched = part.meta.fetching.get(field.fieldname) ?? [];
      const linked = context.store.get(target, value);
      if (linked === undefined) {
        // A Link through which others are fetched is not checked (link-not-checked); nor is one to a DocType the site lacks.
        if (fetched.length === 0 && context.metadata.get(target) !== undefined && target !== 'DocType')
          missing.push([place(part), labelOf(field), value].filter((word) => word !== '').join(': '));
        continue;
      }
      entity[field.fieldname] = linked.name;
      for (const { source, field: into } of fetched) {
        const found = into.fetch_if_empty && text(entity, into.fieldname) !== '' ? undefined : cast(into, linked[source]);
        if (found !== undefined) entity[into.fieldname] = found;
      }
    }
  if (missing.length > 0) throw new FrappeError('LinkValidationError', `Could not find ${missing.join(', ')}`);
}

export function checkMandatory(context: Context, meta: Meta, doc: Doc): void {
  const missing = partsOf(context, meta, doc).flatMap((part) =>
    [...part.meta.columns, ...part.meta.tables]
      .filter((field) => field.reqd && !isNumeric(field) && String(part.entity[field.fieldname] ?? '').trim() === '')
      .map((field) => ({ field, part })),
  );
  if (missing.length === 0) return;
  const notes = missing.map(({ field, part }) => {
    const where =
      part.table === undefined
        ? `Value missing for ${part.meta.name}`
        : `<strong>${part.meta.name}</strong> ${place(part)}: Value missing for`;
    return { message: `Error: ${where}: ${labelOf(field)}`, title: 'Message' };
  });
  const fieldnames = missing.map(({ field }) => field.fieldname).join(', ');
  throw new FrappeError('MandatoryError', `[${doc.doctype}, ${doc.name}]: ${fieldnames}`, { notes });
}

const shortText = new Set(['Data', 'Link', 'Dynamic Link', 'Select', 'Password', 'Read Only', 'Phone', 'Autocomplete', 'Color', 'Icon']);
const email = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

/** Fills what is empty from where the rules say. */
export function fill(context: Context, meta: Meta, doc: Doc): void {
  for (const { meta: own, entity } of partsOf(context, meta, doc)) {
    const read = (source: string): string => {
      const [link = '', fieldname] = source.split('.');
      if (fieldname === undefined) return source.startsWith('=') ? source.slice(1) : text(entity, source);
      const field = own.byName.get(link) ?? meta.byName.get(link);
      const holder = own.byName.has(link) ? entity : doc;
      return field === undefined ? '' : text(context.store.get(targetOf(field, holder), text(holder, link)), fieldname);
    };
    for (const [fieldname, sources] of Object.entries(context.rules[own.name]?.fills ?? {})) {
      const into = own.byName.get(fieldname);
      if (into !== undefined && !entity[fieldname]) entity[fieldname] = cast(into, sources.split(', ').map(read).find(Boolean));
    }
  }
}

/** What is wrong with a value that is there: its class and sentence. */
function fault(field: DocField, value: string, where: string, title: string): [excType: string, message: string] | undefined {
  const label = labelOf(field);
  const length = field.length || 140;
  const options = field.fieldtype === 'Select' && field.fieldname !== 'naming_series' ? (field.options ?? '') : '';
  const choices = options.split('\n').map((option) => option.trim());
  if (options !== '' && !choices.includes(value.trim())) {
    const list = choices.filter((choice) => choice !== '').map((choice) => `"${choice}"`);
    return ['ValidationError', `${where} ${label} cannot be "${value}". It should be one of ${list.join(', ')}`];
  }
  if (shortText.has(field.fieldtype) && value.length > length)
    return ['CharacterLengthExceededError', `${title}: '${label}' (${value}) will get truncated, as max characters allowed is ${length}`];
  if (field.non_negative && toNumber(value) < 0) return ['NonNegativeError', `Value cannot be negative for <strong>${label}</strong>`];
  const isAddress = field.fieldtype === 'Data' && field.options === 'Email';
  if (isAddress && !value.split(',').every((one) => email.test(one.trim())))
    return ['InvalidEmailAddressError', `<strong>${value}</strong> is not a valid Email Address`];
  return undefined;
}

/** Select options, lengths, signs and mail addresses. */
export function checkValues(context: Context, meta: Meta, doc: Doc): void {
  for (const part of partsOf(context, meta, doc))
    for (const field of part.meta.columns) {
      const value = text(part.entity, field.fieldname);
      const wrong = value === '' ? undefined : fault(field, value, place(part), `${doc.doctype} ${doc.name}`);
      if (wrong !== undefined) throw new FrappeError(...wrong);
    }
}

const date = /^\d{4}-\d\d-\d\d/;
const forms: { [fieldtype: string]: RegExp | undefined } = { Date: date, Datetime: date, Time: /^\d{1,2}:\d\d(:\d\d(\.\d+)?)?$/ };

/** Dates are read by the rules before anything else is checked. */
export function checkDates(context: Context, meta: Meta, doc: Doc): void {
  for (const { meta: own, entity } of partsOf(context, meta, doc))
    for (const { fieldname, fieldtype } of own.columns) {
      const value = text(entity, fieldname);
      if (value !== '' && forms[fieldtype]?.test(value) === false)
        throw refusal(
          `<strong>${value}</strong> is not a valid ${fieldtype === 'Time' ? 'time' : 'date'} string.`,
          'ValidationError',
          'Invalid Date',
        );
      if (fieldtype === 'Date' && value.length > 10) entity[fieldname] = value.slice(0, 10);
    }
}

export function checkUnique(context: Context, meta: Meta, doc: Doc): void {
  for (const field of meta.columns) {
    const value = field.unique ? text(doc, field.fieldname) : '';
    if (value !== '' && context.store.by(meta.name, field.fieldname, value).some((other) => other.name !== doc.name))
      throw new FrappeError('UniqueValidationError', `${labelOf(field)} must be unique`, {
        exception: `frappe.exceptions.UniqueValidationError: ('${meta.name}', '${doc.name}', IntegrityError(1062, "Duplicate entry '${value}' for key '${field.fieldname}'"))`,
      });
  }
}

/** A submitted document takes only fields that are allowed then, its rows included. */
export function checkAfterSubmit({ changed, rows, added, removed }: Difference): void {
  const cell = [...changed, ...rows.flatMap((row) => row.changed)].find(({ field }) => !field.allow_on_submit);
  const table = [...added, ...removed].find((row) => !row.table.allow_on_submit)?.table;
  const field = cell?.field ?? table;
  if (field === undefined) return;
  const values = cell && ` from <strong>${String(cell.from)}</strong> to <strong>${String(cell.to)}</strong>`;
  const message = `Not allowed to change <strong>${labelOf(field)}</strong> after submission${values ?? ''}`;
  throw new FrappeError('UpdateAfterSubmitError', message, { title: 'Cannot Update After Submit' });
}

/** Fields that may be set once refuse another value. */
export function checkFixed({ changed }: Difference): void {
  const constant = changed.find(({ field, from }) => field.set_only_once && String(from ?? '') !== '');
  if (constant !== undefined) throw new FrappeError('CannotChangeConstantError', `Value cannot be changed for ${labelOf(constant.field)}`);
}
