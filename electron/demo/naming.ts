import type { Doc } from '@shared/erp/document';
import type { Context } from './engine';
import { thrown } from './errors';
import type { Meta } from './metadata';
import { text } from './values';

/** `SAL-ORD-.YYYY.-` → `SAL-ORD-2026-00001`: parts between dots, digits for `#`, five of them if none are asked for. */
function fromSeries(context: Context, series: string, doc: Doc): string {
  const pattern = series.includes('#') ? series : `${series}.#####`;
  const [year = '', month = '', day = ''] = context.clock.date().split('-');
  let name = '';
  for (const part of pattern.split('.')) {
    if (/^#+$/.test(part)) name += String(context.store.series(name)).padStart(part.length, '0');
    else if (part === 'YYYY') name += year;
    else if (part === 'YY') name += year.slice(2);
    else if (part === 'MM') name += month;
    else if (part === 'DD') name += day;
    else name += part.replace(/\{(\w+)\}/g, (_, fieldname: string) => text(doc, fieldname));
  }
  return name;
}

function fromFormat(context: Context, format: string, doc: Doc): string {
  const series = format.replace(/\{(#+)\}/g, '.$1.').replace(/\{(YYYY|YY|MM|DD)\}/g, '.$1.');
  return fromSeries(context, series.includes('#') ? series : `${series}.#####`, doc);
}

/** `X` amended is `X-1`, `X-1` amended is `X-2`. */
function amended(from: string, original: string | undefined): string {
  const count = original === undefined ? undefined : /-(\d+)$/.exec(from)?.[1];
  return count === undefined ? `${from}-1` : from.replace(/\d+$/, String(Number(count) + 1));
}

export function nameFor(context: Context, meta: Meta, doc: Doc, asked: string | undefined): string {
  // A name in the body is kept whatever the rule of the DocType (create-with-name).
  if (asked !== undefined && asked !== '') return asked.trim();
  const from = text(doc, 'amended_from');
  if (from !== '') {
    const original = context.store.get(meta.name, from);
    return amended(from, original === undefined ? undefined : text(original, 'amended_from') || undefined);
  }
  const byRule = context.rules[meta.name]?.autoname?.(context, doc);
  if (byRule !== undefined && byRule !== '') return byRule.trim();
  const rule = meta.autoname ?? 'hash';
  if (rule === 'naming_series:') return fromSeries(context, text(doc, 'naming_series') || firstSeries(meta), doc);
  if (rule.startsWith('field:')) {
    const name = text(doc, rule.slice(6)).trim();
    if (name === '') throw thrown('ValidationError', `${meta.byName.get(rule.slice(6))?.label ?? rule.slice(6)} is required`);
    return name;
  }
  if (rule.startsWith('format:')) return fromFormat(context, rule.slice(7), doc);
  if (rule.toLowerCase() === 'prompt') throw thrown('ValidationError', 'Please set the document name');
  if (rule === 'autoincrement') return String(context.store.series(`${meta.name}#`));
  if (rule.includes('#')) return fromSeries(context, rule, doc);
  return context.random.hash();
}

const firstSeries = (meta: Meta): string =>
  meta.byName
    .get('naming_series')
    ?.options?.split('\n')
    .find((line) => line !== '') ?? `${meta.name}-`;
