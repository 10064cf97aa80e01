import type { Doc } from '@shared/erp/document';
import type { Context } from './engine';
import { FrappeError } from './errors';
import type { Meta } from './metadata';
import { text } from './values';

/** `SAL-ORD-.YYYY.-` → `SAL-ORD-2026-00001`: parts between dots, digits for `#`, five of them if none are asked for. */
function fromSeries(context: Context, series: string, doc: Doc): string {
  const [year = '', month = '', day = ''] = context.clock.date().split('-');
  const dates: { [part: string]: string | undefined } = { YYYY: year, YY: year.slice(2), MM: month, DD: day };
  let name = '';
  for (const part of (series.includes('#') ? series : `${series}.#####`).split('.'))
    if (/^#+$/.test(part)) name += String(context.store.series(name)).padStart(part.length, '0');
    else name += dates[part] ?? part.replace(/\{(\w+)\}/g, (_, fieldname: string) => text(doc, fieldname));
  return name;
}

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
  if (kind === 'format:') return fromSeries(context, rest.replace(/\{(#+|YYYY|YY|MM|DD)\}/g, '.$1.'), doc);
  if (kind === 'field:') {
    const name = text(doc, rest).trim();
    if (name === '') throw new FrappeError('ValidationError', `${meta.byName.get(rest)?.label ?? rest} is required`);
    return name;
  }
  if (rest.toLowerCase() === 'prompt') throw new FrappeError('ValidationError', 'Please set the document name');
  return rest.includes('#') ? fromSeries(context, rest, doc) : context.random.hash();
}
