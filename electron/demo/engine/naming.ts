import type { Doc } from '@shared/erp/document';
import type { Context } from './engine';
import { FrappeError } from './errors';
import type { Meta } from './metadata';
import { text } from './values';

/** `YYYY`, `YY`, `MM` and `DD` of today. */
function datePart(context: Context, part: string): string | undefined {
  const [year = '', month = '', day = ''] = context.clock.date().split('-');
  const dates: { [part: string]: string | undefined } = { YYYY: year, YY: year.slice(2), MM: month, DD: day };
  return dates[part];
}

const counted = (context: Context, prefix: string, digits: string): string =>
  String(context.store.series(prefix)).padStart(digits.length, '0');

/** `SAL-ORD-.YYYY.-` → `SAL-ORD-2026-00001`: parts between dots, digits for `#`, five of them if none are asked for. */
function fromSeries(context: Context, series: string, doc: Doc): string {
  let name = '';
  for (const part of (series.includes('#') ? series : `${series}.#####`).split('.'))
    if (/^#+$/.test(part)) name += counted(context, name, part);
    else name += datePart(context, part) ?? part.replace(/\{(\w+)\}/g, (_, fieldname: string) => text(doc, fieldname));
  return name;
}

/**
 * `VISIT-{YYYY}-{customer}-{##}`: what stands in braces is replaced, everything else is kept, and nothing is counted unless
 * asked for. Frappe reads each brace by itself, so a number has no prefix: all formats of a site count on together.
 */
const fromFormat = (context: Context, meta: Meta, format: string, doc: Doc): string =>
  format.replace(/\{([\w |#]+)\}/g, (_, part: string) => {
    if (part.startsWith('#')) return counted(context, '', part);
    return datePart(context, part) ?? (part in doc || meta.byName.has(part) ? text(doc, part) : part);
  });

/** `X` amended is `X-1`, `X-1` amended is `X-2`. */
function amended(context: Context, doctype: string, from: string): string {
  const again = text(context.store.get(doctype, from), 'amended_from') !== '' && /-\d+$/.test(from);
  return again ? from.replace(/\d+$/, (count) => String(Number(count) + 1)) : `${from}-1`;
}

const firstSeries = (meta: Meta): string => {
  const options = meta.byName.get('naming_series')?.options ?? '';
  return options.split('\n').find((line) => line !== '') ?? `${meta.name}-`;
};

export function nameFor(context: Context, meta: Meta, doc: Doc, asked: string): string {
  // A name in the body is kept whatever the rule of the DocType (create-with-name).
  if (asked !== '') return asked.trim();
  const from = text(doc, 'amended_from');
  if (from !== '') return amended(context, meta.name, from);
  const byRule = context.rules[meta.name]?.autoname?.(context, doc)?.trim() ?? '';
  if (byRule !== '') return byRule;
  const [, kind = '', rest = ''] = /^(\w+:)?(.*)$/.exec(meta.autoname ?? 'hash') ?? [];
  if (kind === 'naming_series:') return fromSeries(context, text(doc, 'naming_series') || firstSeries(meta), doc);
  if (kind === 'format:') return fromFormat(context, meta, rest, doc).trim() || context.random.hash();
  if (kind === 'field:') {
    const name = text(doc, rest).trim();
    if (name === '') throw new FrappeError('ValidationError', `${meta.byName.get(rest)?.label ?? rest} is required`);
    return name;
  }
  if (rest.toLowerCase() === 'prompt') throw new FrappeError('ValidationError', 'Please set the document name');
  return rest.includes('#') ? fromSeries(context, rest, doc) : context.random.hash();
}
