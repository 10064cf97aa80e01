import { describe, expect, test } from 'vitest';
import type { Doc, DocumentValues } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { rightsOf } from '@shared/erp/permissions';
import { temporaryName } from '@shared/erp/temporary-name';
import { amend } from '@shared/form/amend';
import { withoutBlankRows } from '@shared/form/blank-rows';
import { collapsedSections } from '@shared/form/collapsed';
import { defaultOf } from '@shared/form/defaults';
import { duplicate } from '@shared/form/duplicate';
import { expressionView } from '@shared/form/depends-on';
import { fetchedValues, fetchesOf } from '@shared/form/fetch-from';
import { rowsToMove } from '@shared/form/rows-to-move';
import { fieldState } from '@shared/form/field-state';
import type { FormMode } from '@shared/form/field-state';
import { formButtons } from '@shared/form/form-actions';
import type { FormStanding } from '@shared/form/form-actions';
import { gridColumns } from '@shared/form/in-list-view';
import { formLayout, placeOf } from '@shared/form/layout';
import { newDocument, newRow } from '@shared/form/new-document';
import { selectOptions } from '@shared/form/select-options';
import { validate } from '@shared/form/validate';
import { bundleOf, metaOf, session } from '../support/form-fixtures';
import salesOrders from '../contract/seed/Sales Order.json';

const person = { user: session.user, roles: session.roles };
const sources = { session, company: { default_currency: 'INR', cost_center: 'Main - WP' } };
const fieldOf = (doctype: string, fieldname: string) => {
  const field = metaOf(doctype).fields.find((each) => each.fieldname === fieldname);
  if (field === undefined) throw new Error(`no field ${fieldname}`);
  return field;
};
const mode = (doctype: string, over: Partial<FormMode> = {}): FormMode => ({
  rights: rightsOf(metaOf(doctype), person, undefined),
  docstatus: 0,
  isNew: true,
  locked: false,
  ...over,
});
const stateOf = (doctype: string, fieldname: string, values: DocumentValues, over: Partial<FormMode> = {}) => {
  const view = expressionView(values, metaOf(doctype).fields, over.isNew ?? true);
  return fieldState(fieldOf(doctype, fieldname), values, { doc: view, parent: view, session }, mode(doctype, over));
};

describe('layout', () => {
  test('a Sales Order has the tabs of its metadata, the first without a name', () => {
    const tabs = formLayout(metaOf('Sales Order').fields);
    expect(tabs.map((tab) => tab.label)).toEqual([null, 'Address & Contact', 'Terms', 'More Info']);
    expect(tabs[0]?.sections[0]?.columns.length).toBeGreaterThan(1);
  });

  test.each(['Customer', 'Item', 'Sales Invoice', 'Payment Entry', 'Journal Entry', 'Stock Entry'])(
    'no value field of %s is lost',
    (doctype) => {
      const laid = formLayout(metaOf(doctype).fields).flatMap((tab) =>
        tab.sections.flatMap((section) => section.columns.flatMap((column) => column.fields)),
      );
      const breaks = new Set(['Tab Break', 'Section Break', 'Column Break', 'Fold']);
      expect(laid).toEqual(metaOf(doctype).fields.filter((field) => !breaks.has(field.fieldtype)));
    },
  );

  test('a collapsible section begins open while something in it has to be filled in', () => {
    const tabs = formLayout(metaOf('Payment Entry').fields);
    const scope = { doc: {}, parent: {}, session };
    const closed = (missing: string) => [...collapsedSections(tabs, scope, (field) => field.fieldname === missing)];
    expect(closed('')).toContain('payment_accounts_section');
    expect(closed('paid_from')).toEqual(closed('').filter((key) => key !== 'payment_accounts_section'));
  });

  test('a field is found again by its place', () => {
    const tabs = formLayout(metaOf('Sales Order').fields);
    expect(placeOf(tabs, 'customer')).toEqual({ tab: tabs[0]?.key, section: 'customer_section' });
    expect(placeOf(tabs, 'no_such_field')).toBeNull();
  });
});

describe('defaults', () => {
  test('a new Sales Order starts as the desk starts it', () => {
    const values = newDocument(metaOf('Sales Order'), sources);
    expect(values).toMatchObject({
      doctype: 'Sales Order',
      docstatus: 0,
      naming_series: 'SAL-ORD-.YYYY.-',
      transaction_date: '2026-11-23',
      order_type: 'Sales',
      company: 'Wind Power LLC',
      currency: 'INR',
      conversion_rate: 1,
      status: 'Draft',
    });
    expect(values['title']).toBeUndefined();
  });

  test('what is given wins', () => {
    expect(newDocument(metaOf('Customer'), sources, { customer_name: 'Jane' })['customer_name']).toBe('Jane');
  });

  test('special words are read by the type of the field', () => {
    const field = (fieldtype: string, value: string) => ({ fieldname: 'x', fieldtype, default: value });
    expect(defaultOf(field('Datetime', 'now'), sources)).toBe('2026-11-23 09:05:00');
    expect(defaultOf(field('Time', 'now'), sources)).toBe('09:05:00');
    expect(defaultOf(field('Link', '__user'), sources)).toBe('field@example.com');
    expect(defaultOf(field('Data', 'Today'), sources)).toBe('Today');
    expect(defaultOf({ fieldname: 'cost_center', fieldtype: 'Link', options: 'Cost Center', default: ':Company' }, sources)).toBe(
      'Main - WP',
    );
    expect(defaultOf(field('Check', '1'), sources)).toBe(1);
  });

  test('a row takes its dates from the document', () => {
    const row = newRow(metaOf('Sales Order Item'), { delivery_date: '2026-12-01' }, sources, 'row-1', 1);
    expect(row).toMatchObject({ name: 'row-1', idx: 1, delivery_date: '2026-12-01' });
  });
});

test('a Time begins with now, as on the desk: a Delivery Note asks for its posting time', () => {
  expect(defaultOf(fieldOf('Delivery Note', 'posting_time'), sources)).toBe('09:05:00');
});

describe('blank rows', () => {
  const fresh = (parent: DocumentValues, given = {}) => ({
    ...newRow(metaOf('Sales Order Item'), parent, sources, temporaryName('0b1d5a3e-6a55-4f2c-8f6e-1d2f3a4b5c6d'), 2),
    ...given,
  });
  const order = (row: object): DocumentValues => ({
    delivery_date: '2026-12-01',
    items: [
      { name: 'kept', idx: 1, item_code: 'A' },
      { ...fresh({ delivery_date: '2026-12-01' }), ...row },
    ],
  });
  const rowsAfter = (row: object) => rowsOf(withoutBlankRows(bundleOf('Sales Order'), order(row), sources), 'items').length;

  test('a row that was added and left alone is dropped, computed zeros and handed down dates notwithstanding', () => {
    expect(rowsAfter({})).toBe(1);
    expect(rowsAfter({ amount: 0, base_amount: 0, stock_qty: 0 })).toBe(1);
  });

  test('a row in which something was typed stays, and so does one that the server has', () => {
    expect(rowsAfter({ qty: 3 })).toBe(2);
    expect(rowsAfter({ description: 'later' })).toBe(2);
    expect(rowsAfter({ name: 'of-the-server' })).toBe(2);
  });

  test('a document without blank rows is the same', () => {
    const values = order({ item_code: 'B' });
    expect(withoutBlankRows(bundleOf('Sales Order'), values, sources)).toBe(values);
  });
});

describe('state of a field', () => {
  test('depends_on hides, mandatory_depends_on requires, hidden stays hidden', () => {
    expect(stateOf('Payment Entry', 'party', { payment_type: 'Pay' }).visible).toBe(false);
    expect(stateOf('Payment Entry', 'party', { payment_type: 'Pay', party_type: 'Customer' })).toMatchObject({ visible: true });
    expect(
      stateOf('Payment Entry', 'reference_no', {
        party: 'A',
        paid_from: 'A',
        paid_to: 'B',
        paid_amount: 1,
        received_amount: 1,
        paid_from_account_type: 'Bank',
      }).required,
    ).toBe(true);
    expect(stateOf('Sales Order', 'title', {}).visible).toBe(false);
  });

  test('an empty read-only field is left out, a filled one is shown', () => {
    expect(stateOf('Sales Order', 'customer_name', {}).visible).toBe(false);
    expect(stateOf('Sales Order', 'customer_name', { customer_name: 'A' })).toMatchObject({ visible: true, readOnly: true });
  });

  test('after submit only allow_on_submit fields take edits, after cancel none', () => {
    const submitted = { docstatus: 1, isNew: false };
    expect(stateOf('Sales Order', 'customer', { customer: 'A' }, submitted).readOnly).toBe(true);
    expect(stateOf('Sales Order', 'po_no', { po_no: '1' }, submitted).readOnly).toBe(false);
    expect(stateOf('Sales Order', 'po_no', { po_no: '1' }, { docstatus: 2, isNew: false }).readOnly).toBe(true);
  });

  test('set_only_once holds once it is saved with a value', () => {
    expect(stateOf('Sales Order', 'naming_series', { naming_series: 'A' }).readOnly).toBe(false);
    expect(stateOf('Sales Order', 'naming_series', { naming_series: 'A' }, { isNew: false }).readOnly).toBe(true);
    const typed = { naming_series: 'A' };
    const field = fieldOf('Sales Order', 'naming_series');
    const scope = { doc: typed, parent: typed, session };
    expect(fieldState(field, typed, scope, mode('Sales Order', { isNew: false }), { naming_series: '' }).readOnly).toBe(false);
  });

  test('without the right nothing can be written, and a level without read is hidden', () => {
    const none = { ...rightsOf(metaOf('Sales Order'), { user: 'x', roles: [] }, 'y'), readLevels: new Set([0]) };
    expect(stateOf('Sales Order', 'customer', { customer: 'A' }, { rights: none, isNew: false }).readOnly).toBe(true);
    const field = { ...fieldOf('Sales Order', 'customer'), permlevel: 1 };
    expect(fieldState(field, { customer: 'A' }, { doc: {}, parent: {}, session }, mode('Sales Order', { isNew: false })).visible).toBe(
      false,
    );
  });

  test('a condition that cannot be evaluated leaves the field visible and editable', () => {
    const field = {
      fieldname: 'x',
      fieldtype: 'Data',
      depends_on: 'eval:cur_frm.doc.x',
      read_only_depends_on: 'eval:nothing()',
      mandatory_depends_on: 'eval:nothing()',
    };
    expect(fieldState(field, {}, { doc: {}, parent: {}, session }, mode('Sales Order'))).toEqual({
      visible: true,
      required: false,
      readOnly: false,
    });
  });
});

describe('rights', () => {
  test('roles add up, if_owner counts for own documents only, the administrator may all', () => {
    const doctype = {
      name: 'X',
      modified: '',
      is_submittable: 1 as const,
      fields: [],
      permissions: [
        { role: 'A', read: 1 as const },
        { role: 'A', write: 1 as const, if_owner: 1 as const },
        { role: 'B', submit: 1 as const },
        { role: 'B', permlevel: 1, read: 1 as const },
      ],
    };
    const a = { user: 'a', roles: ['A'] };
    expect(rightsOf(doctype, a, 'someone')).toMatchObject({ read: true, write: false, submit: false });
    expect(rightsOf(doctype, a, 'a').write).toBe(true);
    expect([...rightsOf(doctype, { user: 'b', roles: ['A', 'B'] }, 'a').readLevels].sort()).toEqual([0, 1]);
    expect(rightsOf(doctype, { user: 'Administrator', roles: [] }, 'a')).toMatchObject({ write: true, cancel: true });
  });
});

describe('validation', () => {
  const problemsOf = (doctype: string, values: DocumentValues) =>
    validate(bundleOf(doctype), values, mode(doctype), session).map(({ path, key, row }) => ({
      ...path,
      key,
      ...(row === undefined ? {} : { line: row }),
    }));

  test('an empty Sales Order lacks a customer and rows, and nothing that the server fills in', () => {
    expect(problemsOf('Sales Order', newDocument(metaOf('Sales Order'), sources))).toEqual([
      { fieldname: 'customer', key: 'missing' },
      { fieldname: 'items', key: 'missingRows' },
    ]);
  });

  test('a filled one is right', () => {
    const items = [{ name: 'r1', item_code: 'SKU001', qty: 2, rate: 5, delivery_date: '2026-12-01' }];
    expect(
      problemsOf('Sales Order', { ...newDocument(metaOf('Sales Order'), sources), customer: 'A', delivery_date: '2026-12-01', items }),
    ).toEqual([]);
  });

  test('a cell of a row is named by table, row and line', () => {
    const items = [
      { name: 'r1', item_code: 'SKU001', qty: 2 },
      { name: 'r2', qty: 1, item_name: 'x', uom: 'Nos', conversion_factor: 1 },
    ];
    expect(problemsOf('Sales Invoice', { ...newDocument(metaOf('Sales Invoice'), sources), customer: 'A', items })).toContainEqual({
      table: 'items',
      row: 'r2',
      fieldname: 'income_account',
      key: 'missing',
      line: 2,
    });
  });

  test('a field of a type that a form here does not know is the server’s to judge, in rows too', () => {
    const unknown = { fieldname: 'x', fieldtype: 'Hologram', reqd: 1 as const, length: 3 };
    const child = {
      name: 'Row',
      modified: '',
      permissions: [],
      fields: [unknown, { fieldname: 'y', fieldtype: 'Data', reqd: 1 as const }],
    };
    const table = { fieldname: 'rows', fieldtype: 'Table', options: 'Row' };
    const doctype = {
      name: 'X',
      modified: '',
      fields: [unknown, table],
      permissions: [{ role: 'All', read: 1 as const, create: 1 as const, write: 1 as const }],
    };
    const whole = { rights: rightsOf(doctype, person, undefined), docstatus: 0, isNew: true, locked: false };
    const found = validate({ doctype, children: [child] }, { rows: [{ name: 'r' }] }, whole, session);
    expect(found.map(({ path }) => path)).toEqual([{ table: 'rows', row: 'r', fieldname: 'y' }]);
    expect(validate({ doctype, children: [child] }, { x: 'as long as it takes' }, whole, session)).toEqual([]);
  });

  test.each([
    [{ fieldtype: 'Data', options: 'Email' }, 'no address', 'email'],
    [{ fieldtype: 'Data', options: 'Phone' }, 'call me', 'phone'],
    [{ fieldtype: 'Data', options: 'URL' }, 'www', 'url'],
    [{ fieldtype: 'Data' }, 'x'.repeat(141), 'tooLong'],
    [{ fieldtype: 'Data', length: 5 }, 'abcdef', 'tooLong'],
    [{ fieldtype: 'Int' }, 1.5, 'notWhole'],
    [{ fieldtype: 'Float', non_negative: 1 as const }, -1, 'negative'],
    [{ fieldtype: 'Currency' }, 'ten', 'notANumber'],
    [{ fieldtype: 'Select', options: 'A\nB' }, 'C', 'notAnOption'],
    [{ fieldtype: 'Date' }, '2026-02-30', 'notADate'],
    [{ fieldtype: 'Time' }, 'noon', 'notATime'],
    [{ fieldtype: 'Datetime' }, '2026-02-01 noon', 'notADatetime'],
    [{ fieldtype: 'JSON' }, '{', 'json'],
  ])('%j refuses %s', (field, value, key) => {
    const doctype = {
      name: 'X',
      modified: '',
      fields: [{ fieldname: 'x', ...field }],
      permissions: [{ role: 'All', read: 1 as const, create: 1 as const, write: 1 as const }],
    };
    const rights = rightsOf(doctype, person, undefined);
    const problems = (given: typeof value | null) =>
      validate({ doctype, children: [] }, { x: given }, { rights, docstatus: 0, isNew: true, locked: false }, session);
    expect(problems(value).map((problem) => problem.key)).toEqual([key]);
    expect(problems(null)).toEqual([]);
  });

  test.each([
    [{ fieldtype: 'Data', options: 'Email' }, 'Jane <jane@example.com>, bob@example.com'],
    [{ fieldtype: 'Data', options: 'Phone' }, '+91 (22) 1234-567'],
    [{ fieldtype: 'Select', options: '\nA' }, 'A'],
    [{ fieldtype: 'Select' }, 'put there by a script'],
    [{ fieldtype: 'Datetime' }, '2026-02-01 09:05:00.123456'],
    [{ fieldtype: 'Small Text' }, 'x'.repeat(10_000)],
  ])('%j takes %s', (field, value) => {
    const doctype = {
      name: 'X',
      modified: '',
      fields: [{ fieldname: 'x', ...field }],
      permissions: [{ role: 'All', read: 1 as const, create: 1 as const }],
    };
    expect(
      validate(
        { doctype, children: [] },
        { x: value },
        { rights: rightsOf(doctype, person, undefined), docstatus: 0, isNew: true, locked: false },
        session,
      ),
    ).toEqual([]);
  });
});

describe('copies', () => {
  let count = 0;
  const nameRow = () => `row-${(count += 1)}`;
  // The recording is JSON of the server's own documents.
  const order = salesOrders[0] as unknown as Doc;

  test('a duplicate is a draft without what is not copied, its rows under new names', () => {
    const copy = duplicate(bundleOf('Sales Order'), order, sources, nameRow);
    expect(copy['name']).toBeUndefined();
    expect(copy['owner']).toBeUndefined();
    expect(copy).toMatchObject({ docstatus: 0, status: 'Draft', customer: order['customer'], naming_series: 'SAL-ORD-.YYYY.-' });
    const rows = rowsOf(copy, 'items');
    expect(rows).toHaveLength(rowsOf(order, 'items').length);
    expect(rows[0]?.name).toMatch(/^row-/);
    expect(rows[0]?.['item_code']).toBe(rowsOf(order, 'items')[0]?.['item_code']);
    expect(rows[0]?.['parent']).toBeUndefined();
    expect(rows[0]?.['delivered_qty']).toBeUndefined();
  });

  test('an amendment names the document it amends', () => {
    const copy = amend(bundleOf('Sales Order'), { ...order, docstatus: 2, status: 'Cancelled' }, nameRow);
    expect(copy).toMatchObject({ amended_from: order.name, docstatus: 0, status: 'Draft', naming_series: order['naming_series'] });
  });
});

describe('fetch_from', () => {
  test('choosing a customer brings its name, clearing it takes it away', () => {
    const fetches = fetchesOf(metaOf('Sales Order').fields, 'customer');
    expect(fetchedValues(fetches, {}, { name: 'C', customer_name: 'Jane', represents_company: null })).toMatchObject({
      customer_name: 'Jane',
      represents_company: null,
    });
    expect(fetchedValues(fetches, { customer_name: 'Jane' }, null)).toMatchObject({ customer_name: null });
  });

  test('fetch_if_empty keeps what was typed', () => {
    const fetches = fetchesOf([{ fieldname: 'uom', fieldtype: 'Link', fetch_from: 'item.stock_uom', fetch_if_empty: 1 }], 'item');
    expect(fetchedValues(fetches, { uom: 'Box' }, { stock_uom: 'Nos' })).toEqual({});
    expect(fetchedValues(fetches, {}, { stock_uom: 'Nos' })).toEqual({ uom: 'Nos' });
  });
});

describe('grid and select', () => {
  test('a grid shows the fields marked for it', () => {
    expect(gridColumns(metaOf('Sales Order Item')).map(({ field }) => field.fieldname)).toEqual(
      expect.arrayContaining(['item_code', 'qty', 'rate', 'amount']),
    );
    expect(gridColumns({ name: 'X', modified: '', permissions: [], fields: [{ fieldname: 'a', fieldtype: 'Data' }] })).toHaveLength(1);
  });

  test('a leading empty option may be chosen, others are dropped', () => {
    expect(selectOptions({ fieldname: 'x', fieldtype: 'Select', options: '\nA\nB\n' })).toEqual(['', 'A', 'B']);
    expect(selectOptions({ fieldname: 'x', fieldtype: 'Select' })).toEqual([]);
  });
});

describe('buttons', () => {
  const all = { ...rightsOf(metaOf('Sales Order'), { user: 'Administrator', roles: [] }, 'x'), print: false };
  const standing = (over: Partial<FormStanding>): FormStanding => ({
    doctype: metaOf('Sales Order'),
    values: { docstatus: 0 },
    rights: all,
    roles: [],
    isNew: false,
    dirty: false,
    unsent: [],
    ...over,
  });
  const kinds = (over: Partial<FormStanding>) => {
    const { primary, more } = formButtons(standing(over));
    return [primary?.action.kind ?? null, ...more.map(({ action }) => action.kind)];
  };

  test('printing is offered by its own right, in every state, once it is saved', () => {
    const rights = { ...all, print: true };
    for (const docstatus of [0, 1, 2]) expect(kinds({ rights, values: { docstatus } })).toContain('print');
    expect(kinds({ rights, isNew: true })).not.toContain('print');
    const dirty = formButtons(standing({ rights, dirty: true })).more.find(({ action }) => action.kind === 'print');
    expect(dirty?.blocked).toBe('saveFirst');
  });

  test('by docstatus', () => {
    expect(kinds({ isNew: true })).toEqual(['save']);
    expect(kinds({})).toEqual(['submit', 'duplicate', 'delete']);
    expect(kinds({ dirty: true })).toEqual(['save', 'submit', 'duplicate', 'delete']);
    expect(kinds({ values: { docstatus: 1 } })).toEqual([null, 'cancel', 'duplicate']);
    expect(kinds({ values: { docstatus: 1 }, dirty: true })).toEqual(['save', 'cancel', 'duplicate']);
    expect(kinds({ values: { docstatus: 2 } })).toEqual(['amend', 'duplicate', 'delete']);
  });

  test('a step on unsaved typing asks to save first', () => {
    expect(formButtons(standing({ dirty: true })).more[0]).toEqual({ action: { kind: 'submit' }, blocked: 'saveFirst' });
  });

  test('a waiting submit closes the form and can be taken back', () => {
    const unsent = [{ kind: 'submit' as const, at: 'queued' as const }];
    expect(kinds({ values: { docstatus: 1 }, unsent })).toEqual([null, 'undo', 'duplicate']);
    expect(formButtons(standing({ unsent: [{ kind: 'update', at: 'sending' }] })).more).toContainEqual({
      action: { kind: 'undo' },
      blocked: 'sending',
    });
  });

  test('a document whose cancellation is unsent can be amended at once, unless the server refused the cancellation', () => {
    const values = { docstatus: 1 };
    const cancel = (at: 'queued' | 'sending' | 'parked') => ({ values, unsent: [{ kind: 'cancel' as const, at }] });
    expect(kinds(cancel('queued'))).toEqual(['amend', 'undo', 'duplicate']);
    expect(kinds(cancel('sending'))).toEqual(['amend', 'undo', 'duplicate']);
    expect(kinds(cancel('parked'))).toEqual([null, 'undo', 'duplicate']);
    expect(kinds({ ...cancel('queued'), rights: { ...all, amend: false } })).toEqual([null, 'undo', 'duplicate']);
  });

  test('a cancelled document that waits to be deleted cannot be amended', () => {
    expect(kinds({ values: { docstatus: 2 }, unsent: [{ kind: 'delete', at: 'queued' }] })).toEqual([null, 'undo', 'duplicate']);
  });

  test('without a right there is no button', () => {
    const none = { ...all, write: false, submit: false, create: false, delete: false, amend: false, cancel: false };
    expect(kinds({ rights: none })).toEqual([null]);
    expect(kinds({ rights: none, isNew: true })).toEqual([null]);
  });

  test('a workflow takes the place of submit and cancel, by state and role', () => {
    const workflow = {
      name: 'W',
      state_field: 'workflow_state',
      states: [
        { state: 'Draft', doc_status: '0' as const, allow_edit: 'Sales User' },
        { state: 'Approved', doc_status: '1' as const, allow_edit: 'Sales Manager' },
      ],
      transitions: [{ state: 'Draft', action: 'Approve', next_state: 'Approved', allowed: 'Sales User' }],
    };
    const doctype = { ...metaOf('Sales Order'), workflow };
    const values = { docstatus: 0, workflow_state: 'Draft' };
    const { primary } = formButtons(standing({ doctype, values, roles: ['Sales User'] }));
    expect(primary?.action).toEqual({
      kind: 'workflow',
      action: 'Approve',
      stateField: 'workflow_state',
      fromState: 'Draft',
      toState: 'Approved',
    });
    expect(kinds({ doctype, values, roles: ['Stock User'] })).toEqual([null, 'duplicate']);

    // An unsent step leads nowhere else here.
    const unsent = [{ kind: 'workflow' as const, at: 'queued' as const, toState: 'Approved' }];
    expect(kinds({ doctype, values, roles: ['Sales User'], unsent })).toEqual([null, 'undo', 'duplicate']);
  });

  test('a workflow goes on from where an unsent step leads, unless that needs a person', () => {
    const step = (state: string, action: string, next: string) => ({ state, action, next_state: next, allowed: 'Sales User' });
    const workflow = {
      ...{ name: 'W', state_field: 'workflow_state' },
      states: ['Draft', 'Checked', 'Approved'].map((state) => ({ state, doc_status: '0' as const, allow_edit: 'Sales Manager' })),
      transitions: [step('Draft', 'Check', 'Checked'), step('Checked', 'Approve', 'Approved')],
    };
    const doctype = { ...metaOf('Sales Order'), workflow };
    const values = { docstatus: 0, workflow_state: 'Draft' };
    const next = (at: 'queued' | 'sending' | 'parked') =>
      formButtons(standing({ doctype, values, roles: ['Sales User'], unsent: [{ kind: 'workflow', at, toState: 'Checked' }] })).primary
        ?.action;
    // A state that only others may edit has its steps all the same, as on the desk.
    expect(formButtons(standing({ doctype, values, roles: ['Sales User'] })).primary?.action).toMatchObject({ action: 'Check' });
    expect(next('queued')).toMatchObject({ action: 'Approve', fromState: 'Checked', toState: 'Approved' });
    expect(next('sending')).toMatchObject({ action: 'Approve' });
    expect(next('parked')).toBeUndefined();
  });
});

describe('marked rows that are moved by one place', () => {
  const rows = ['a', 'b', 'c', 'd'].map((name) => ({ name }));
  test.each([
    [['b', 'c'], -1, ['b', 'c']],
    [['b', 'c'], 1, ['c', 'b']],
    [['a', 'b'], -1, []],
    [['a', 'c'], -1, ['c']],
    [['b', 'd'], 1, ['b']],
    [['a', 'b', 'c', 'd'], 1, []],
  ] as const)('%o by %i: each past its neighbour, none past another', (marked, by, moved) => {
    expect(rowsToMove(rows, new Set(marked), by)).toEqual(moved);
  });
});
