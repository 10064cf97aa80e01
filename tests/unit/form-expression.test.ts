import { describe, expect, test } from 'vitest';
import { dependency, expressionView } from '@shared/form/depends-on';
import { evaluate } from '@shared/form/expression';
import type { FormSession } from '@shared/form/form-session';
import expressions from '../fixtures/erpnext-expressions.json';
import { metaOf } from '../support/form-fixtures';

const session: FormSession = {
  user: 'field@example.com',
  roles: ['Sales User'],
  defaults: { company: 'Wind Power' },
  today: '2026-11-23',
  now: '2026-11-23 09:05:00',
};

const run = (text: string, doc: object = {}, parent: object = doc) => evaluate(text, { doc, parent, session });
const valueOf = (text: string, doc: object = {}, parent: object = doc): unknown => {
  const result = run(text, doc, parent);
  return result.known ? result.value : `unknown: ${result.reason}`;
};

/** Expressions of ERPNext 15 that need a function of its client scripts, which are not fetched. */
const notEvaluated = new Map([
  ['eval: erpnext.stock.is_subcontracting_or_return_transfer(doc)', 'a function of a client script'],
  ['eval:cint(erpnext.is_perpetual_inventory_enabled(parent.company))', 'a function of a client script that reads the company'],
]);

describe('expressions of the metadata', () => {
  test('every one of ERPNext is evaluated, or stands in the list of exceptions', () => {
    const view = expressionView({ doctype: 'Sales Invoice' }, [], true);
    const unknown = expressions
      .filter(
        ({ expression }) =>
          !dependency(expression, { doc: expressionView({ items: [], references: [], advances: [] }, [], false), parent: view, session })
            .known,
      )
      .map(({ expression }) => expression);
    expect(expressions.length).toBeGreaterThan(250);
    expect(unknown.sort()).toEqual([...notEvaluated.keys()].sort());
  });

  test('an unknown function is named as the reason', () => {
    expect(run('erpnext.stock.is_subcontracting_or_return_transfer(doc)')).toEqual({
      known: false,
      reason: 'unknown function erpnext.stock.is_subcontracting_or_return_transfer',
    });
  });

  test.each([
    ['in_list(["Receive", "Pay"], doc.payment_type) && doc.docstatus==0', { payment_type: 'Pay', docstatus: 0 }, true],
    ['in_list(doc.payment_type, ["Pay"])', { payment_type: 'Pay' }, true],
    ["['Credit Note', 'Debit Note'].includes(doc.voucher_type)", { voucher_type: 'Debit Note' }, true],
    ['["On Previous Row Amount"].indexOf(doc.charge_type)!==-1', { charge_type: 'Actual' }, false],
    ['flt(doc.write_off_amount)!=0', { write_off_amount: '0.50' }, true],
    ['!(doc.items && doc.items.length) || (doc.items.length==1 && !doc.items[0].item_code)', { items: [{ name: 'a' }] }, true],
    ["doc.warehouse_type !== 'Transit';", { warehouse_type: 'Transit' }, false],
    ['doc.qty > 5 ? doc.a : doc.b', { qty: 6, a: 'yes', b: 'no' }, 'yes'],
    ['doc.items.some(row => row.qty > 2 && doc.open)', { items: [{ qty: 1 }, { qty: 3 }], open: true }, true],
    ['/^SAL-/i.test(doc.name)', { name: 'sal-ord-1' }, true],
    ['doc.name.startsWith("SAL")', { name: 'SAL' }, true],
    ['doc.a == doc.b', { a: '1', b: 1 }, true],
    ['doc.a === doc.b', { a: '1', b: 1 }, false],
    ['doc.nothing == null', {}, true],
    ['doc.a ?? 4', {}, 4],
    ['doc.a?.b', {}, undefined],
    ['frappe.session.user', {}, 'field@example.com'],
    ['frappe.user_roles.includes("Sales User")', {}, true],
    ['frappe.user.has_role("System Manager")', {}, false],
    ['doc.date < frappe.datetime.get_today()', { date: '2026-11-22' }, true],
    ['frappe.datetime.add_days("2026-02-28", 1)', {}, '2026-03-01'],
    ['1 + 2 * 3 - 4 / 2 % 3', {}, 5],
    ['"a" + 1', {}, 'a1'],
    ['!doc.a && -1 < 0', {}, true],
  ])('%s', (text, doc, expected) => {
    expect(valueOf(text, doc)).toEqual(expected);
  });

  test.each(['doc.constructor', 'doc.__proto__', 'doc["__proto__"]', 'doc.items.constructor', 'doc.toString'])(
    '%s reaches no prototype',
    (text) => {
      const result = run(text, { items: [] });
      expect(result.known ? result.value : undefined).toBeUndefined();
    },
  );

  test.each([
    'window',
    'globalThis.process',
    'this',
    'doc.constructor("return 1")()',
    'eval("1")',
    'Function("return 1")()',
    'doc.a = 1',
    'x => x',
    'doc.items.forEach(r => r)',
    '"a".repeat(1e9)',
    'new Date()',
    'a; b',
    'doc.a.b',
    '(',
    '',
    'frappe.call("x")',
    'doc.a ? x => x : y => y',
    '/(a+)+$/.test(doc.name)',
  ])('%s is not evaluated', (text) => {
    expect(run(text, { items: [{ x: 0 }], name: 'aaaa' }).known).toBe(false);
  });

  test('a field of that very name is a field', () => {
    const doc = expressionView(
      Object.fromEntries([
        ['constructor', 'x'],
        ['__proto__', 'y'],
      ]),
      [],
      false,
    );
    expect(valueOf('doc.constructor + doc.__proto__', doc)).toBe('xy');
  });

  test('an evaluation that would take too long is given up', () => {
    const items = Array.from({ length: 400 }, () => ({ x: 0 }));
    expect(run('doc.items.some(a => doc.items.some(b => b.x > 1))', { items })).toEqual({ known: false, reason: 'too many steps' });
  });
});

describe('conditions', () => {
  const scope = (doc: object) => ({ doc, parent: doc, session });

  test('a bare fieldname asks for a value, of a table for a row', () => {
    expect(dependency('customer', scope({ customer: 'A' }))).toEqual({ known: true, holds: true });
    expect(dependency('customer', scope({}))).toEqual({ known: true, holds: false });
    expect(dependency('taxes', scope({ taxes: [] }))).toEqual({ known: true, holds: false });
  });

  test('a client script function is unknown', () => {
    expect(dependency('fn:check', scope({})).known).toBe(false);
  });

  test('zeros that the cache leaves out are there again, and new documents are local', () => {
    const stored = expressionView({ customer: 'A', due_date: null }, metaOf('Sales Invoice').fields, false);
    expect(dependency('eval:doc.is_pos === 0 && doc.items.length === 0 && doc.docstatus === 0', scope(stored))).toEqual({
      known: true,
      holds: true,
    });
    expect(dependency('eval:!doc.__islocal', scope(stored))).toEqual({ known: true, holds: true });
    expect(dependency('eval:doc.__islocal', scope(expressionView({}, [], true)))).toEqual({ known: true, holds: true });
  });
});
