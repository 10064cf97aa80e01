import { describe, expect, it } from 'vitest';
import { mayCreate } from '@shared/erp/permissions';
import { checkValue } from '@shared/form/check-value';
import { checkGivenName } from '@shared/form/given-name';
import { dropDraft, keepFirstDraft, readDraft } from '../../renderer/cache/drafts';
import { testCache } from '../support/cache';
import { metaOf, session } from '../support/form-fixtures';

describe('a name that a person gives', () => {
  it.each([
    ['', 'missing'],
    ['   ', 'missing'],
    ['x'.repeat(141), 'tooLong'],
    ['<b>Loud</b>', 'signs'],
    ['Brand “A/B” #1', null],
  ])('%j: %s', (name, problem) => {
    expect(checkGivenName(name)?.key ?? null).toBe(problem);
  });
});

describe('the name of a person', () => {
  const field = { fieldname: 'x', fieldtype: 'Data', options: 'Name' };
  it.each(["Anne-Marie O'Neil", 'Jürgen', 'महेंद्र सिंह', '王伟', 'R2 D2'])('%s is taken', (name) => {
    expect(checkValue(field, name)).toBeNull();
  });
  it.each(['Dr. Who', 'Two  spaces', '-Anne', 'a@b', 'Jane <j@x.de>'])('%s is not: the server refuses it', (name) => {
    expect(checkValue(field, name)).toEqual({ key: 'personName' });
  });
});

describe('a field of the type Phone', () => {
  const field = { fieldname: 'x', fieldtype: 'Phone' };
  it.each(['+49-30 5550100', '+1-2025550123', '+919876543210', '+358-401234567'])('%s is taken', (number) => {
    expect(checkValue(field, number)).toBeNull();
  });
  it.each([
    ['030 5550100', 'countryCode'],
    ['+012 345678', 'countryCode'],
    ['0049 30 5550100', 'countryCode'],
    ['+49 30', 'phone'],
    ['+49 12345678901234567', 'phone'],
    ['call me', 'phone'],
  ])('%s is not: %s', (number, key) => {
    expect(checkValue(field, number)).toEqual({ key });
  });
  it('unlike Data with phone numbers, which takes them as people write them', () => {
    expect(checkValue({ fieldname: 'x', fieldtype: 'Data', options: 'Phone' }, '030 5550100')).toBeNull();
  });
});

it('a copy never takes the place of typing that waits: that is answered and stays', async () => {
  const { cache } = testCache();
  const key = { doctype: 'Sales Order', name: null };
  const draft = (customer: string) => ({ values: { doctype: 'Sales Order', customer }, modified: null, savedAt: 1 });
  expect(await keepFirstDraft(cache, key, draft('A'))).toBeNull();
  expect((await keepFirstDraft(cache, key, draft('B')))?.values['customer']).toBe('A');
  expect((await readDraft(cache, key))?.values['customer']).toBe('A');
  await dropDraft(cache, key);
  expect(await keepFirstDraft(cache, key, draft('B'))).toBeNull();
});

it('a new document is offered to those alone who may make one', () => {
  const customer = metaOf('Customer');
  expect(mayCreate(customer, session)).toBe(customer.permissions.some((rule) => session.roles.includes(rule.role) && rule.create === 1));
  expect(mayCreate({ ...customer, permissions: [{ role: 'Sales User', create: 1 }] }, session)).toBe(true);
  expect(mayCreate({ ...customer, permissions: [{ role: 'Sales User', read: 1, write: 1 }] }, session)).toBe(false);
  expect(mayCreate({ ...customer, permissions: [{ role: 'Sales User', create: 1 }], issingle: 1 }, session)).toBe(false);
  expect(mayCreate({ ...customer, permissions: [{ role: 'Sales User', create: 1 }], istable: 1 }, session)).toBe(false);
});
