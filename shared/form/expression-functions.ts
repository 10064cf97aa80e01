import { addDays, daysBetween } from '../erp/calendar';
import type { FormSession } from './form-session';

/** What a call may reach by name. Arguments are plain values; nothing here has an effect. */
export type ExpressionFunction = (args: readonly unknown[], session: FormSession) => unknown;

/** Frappe's `cint`: the leading integer, or 0. */
export function cint(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const number = Number.parseInt(String(value ?? ''), 10);
  return Number.isNaN(number) ? 0 : number;
}

/** Frappe's `flt` without its formats: the leading number, or 0. */
export function flt(value: unknown): number {
  if (typeof value === 'number') return Number.isNaN(value) ? 0 : value;
  const number = Number.parseFloat(String(value ?? ''));
  return Number.isNaN(number) ? 0 : number;
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const today: ExpressionFunction = (_args, session) => session.today;
const now: ExpressionFunction = (_args, session) => session.now;

export const expressionFunctions: ReadonlyMap<string, ExpressionFunction> = new Map<string, ExpressionFunction>([
  ['in_list', ([values, value]) => (Array.isArray(values) ? values.includes(value) : list(value).includes(values))],
  ['has_common', ([a, b]) => list(a).some((value) => list(b).includes(value))],
  ['cint', ([value]) => cint(value)],
  [
    'flt',
    ([value, precision]) => (precision === undefined ? flt(value) : Number(flt(value).toFixed(Math.min(9, Math.max(0, cint(precision)))))),
  ],
  ['cstr', ([value]) => text(value)],
  ['strip', ([value]) => text(value).trim()],
  ['is_null', ([value]) => value === null || value === undefined || text(value).trim() === ''],
  ['parseInt', ([value]) => cint(value)],
  ['parseFloat', ([value]) => flt(value)],
  ['Boolean', ([value]) => Boolean(value)],
  ['Math.abs', ([value]) => Math.abs(flt(value))],
  ['Math.min', (args) => Math.min(...args.map(flt))],
  ['Math.max', (args) => Math.max(...args.map(flt))],
  ['Math.round', ([value]) => Math.round(flt(value))],
  ['frappe.datetime.get_today', today],
  ['frappe.datetime.nowdate', today],
  ['frappe.datetime.now_date', today],
  ['frappe.datetime.now_datetime', now],
  ['frappe.datetime.add_days', ([date, days]) => addDays(text(date), cint(days))],
  ['frappe.datetime.get_diff', ([a, b]) => daysBetween(text(b), text(a))],
  ['frappe.datetime.get_day_diff', ([a, b]) => daysBetween(text(b), text(a))],
  ['frappe.user.has_role', ([role], session) => session.roles.includes(text(role))],
  ['frappe.defaults.get_default', ([key], session) => defaultOf(session, text(key))],
  ['frappe.defaults.get_user_default', ([key], session) => defaultOf(session, text(key))],
]);

const defaultOf = (session: FormSession, key: string): string | null =>
  Object.hasOwn(session.defaults, key) ? (session.defaults[key] ?? null) : null;
