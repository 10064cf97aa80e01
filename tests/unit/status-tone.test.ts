import { describe, expect, test } from 'vitest';
import type { DocType } from '@shared/erp/doctype';
import { statusOf, statusTone } from '../../renderer/components/status-tone';

const doctype = (changes: Partial<DocType> = {}): DocType => ({ name: 'Thing', modified: '', fields: [], permissions: [], ...changes });
const field = (fieldname: string, fieldtype: string) => ({ fieldname, fieldtype });

describe('a status has the colour that ERPNext gives it', () => {
  test.each([
    ['Draft', 'bad'],
    ['Overdue', 'bad'],
    ['To Deliver and Bill', 'warn'],
    ['To Bill', 'warn'],
    ['To Receive', 'warn'],
    ['Unpaid', 'warn'],
    ['On Hold', 'warn'],
    ['Partly Paid', 'warn'],
    ['Partially Ordered', 'warn'],
    ['Completed', 'ok'],
    ['Paid', 'ok'],
    ['Enabled', 'ok'],
    ['Cancelled', 'grey'],
    ['Closed', 'grey'],
    ['Disabled', 'grey'],
    ['Return', 'grey'],
    ['Submitted', 'primary'],
    ['Open', 'primary'],
    ['Something of our own', 'grey'],
  ])('%s', (status, tone) => {
    expect(statusTone(status, undefined)).toBe(tone);
  });

  test("a DocType's own states win, whatever their case", () => {
    expect(statusTone('Open', [{ title: 'open', color: 'Red' }])).toBe('bad');
    expect(statusTone('Open', [{ title: 'Open', color: 'Light Blue' }])).toBe('primary');
  });
});

describe('a badge says', () => {
  const order = doctype({ is_submittable: 1, fields: [field('status', 'Select')] });

  test('draft and cancelled by docstatus, whatever the status field holds', () => {
    expect(statusOf({ docstatus: 0, status: 'To Bill' }, order)).toEqual({ key: 'draft', tone: 'bad' });
    expect(statusOf({ status: 'To Bill' }, order)).toEqual({ key: 'draft', tone: 'bad' });
    expect(statusOf({ docstatus: 2, status: 'To Bill' }, order)).toEqual({ key: 'cancelled', tone: 'grey' });
  });

  test('the status of a submitted document, or that it is submitted', () => {
    expect(statusOf({ docstatus: 1, status: 'To Bill' }, order)).toEqual({ text: 'To Bill', tone: 'warn' });
    expect(statusOf({ docstatus: 1 }, order)).toEqual({ key: 'submitted', tone: 'primary' });
  });

  test('the workflow state first', () => {
    const workflow = { name: 'W', state_field: 'workflow_state', states: [], transitions: [] };
    expect(statusOf({ docstatus: 0, workflow_state: 'Approved', status: 'Draft' }, { ...order, workflow })).toEqual({
      text: 'Approved',
      tone: 'ok',
    });
  });

  test('enabled or disabled where there is nothing else, and nothing where there is not even that', () => {
    expect(statusOf({ disabled: 1 }, doctype({ fields: [field('disabled', 'Check')] }))).toEqual({ key: 'disabled', tone: 'grey' });
    expect(statusOf({}, doctype({ fields: [field('disabled', 'Check')] }))).toEqual({ key: 'enabled', tone: 'ok' });
    expect(statusOf({ enabled: 1 }, doctype({ fields: [field('enabled', 'Check')] }))).toEqual({ key: 'enabled', tone: 'ok' });
    expect(statusOf({}, doctype())).toBeNull();
  });
});
