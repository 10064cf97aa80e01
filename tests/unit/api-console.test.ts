import { describe, expect, test } from 'vitest';
import { bridge } from '@shared/bridge';
import { parseArgs } from '@shared/console/parse-args';
import { parseTarget, targetText } from '@shared/console/parse-target';
import { resultTable } from '@shared/console/result-table';
import { withoutSecrets } from '@shared/console/without-secrets';
import { forgetCalls, noteCall, readConsole } from '../../renderer/cache/console-history';
import { testAccount, testCache } from '../support/cache';

const site = 'https://erp.example/sub';
const parse = (text: string) => parseTarget(text, site);

describe('the path of a call', () => {
  test('is a method, with or without its path, or a DocType or document, as they are read or as they are sent', () => {
    const method = { target: { method: 'frappe.client.get_list' }, args: {} };
    for (const text of ['frappe.client.get_list', ' /api/method/frappe.client.get_list ', 'api/method/frappe.client.get_list/'])
      expect(parse(text)).toEqual(method);
    expect(parse('/api/resource/Sales Order')).toEqual({ target: { doctype: 'Sales Order' }, args: {} });
    const named = { target: { doctype: 'Sales Order', name: 'SO/1 50%' }, args: {} };
    expect(parse('/api/resource/Sales%20Order/SO%2F1%2050%25')).toEqual(named);
    expect(parse('/api/resource/Sales Order/SO/1 50%')).toEqual(named);
    expect(targetText(named.target)).toBe('/api/resource/Sales Order/SO/1 50%');
  });

  test('may be pasted from the site with its query, whose JSON stays JSON', () => {
    expect(parse('HTTPS://erp.example/sub/api/resource/Item?fields=["name"]&limit=5&q=a%26b+c')).toEqual({
      target: { doctype: 'Item' },
      args: { fields: ['name'], limit: '5', q: 'a&b c' },
    });
  });

  test.each([
    ['', 'empty'],
    ['https://evil.example/api/method/ping', 'other-site'],
    ['https://erp.example.evil.example/sub/api/method/ping', 'other-site'],
    ['file:///etc/passwd', 'other-site'],
    ['/private/files/a.pdf', 'not-api'],
    ['/api/method/../login', 'not-api'],
    ['//evil.example/api/method/ping', 'not-api'],
    ['frappe client get', 'method'],
    ['upload_file', 'file'],
    [`/api/resource/${'x'.repeat(141)}`, 'too-deep'],
  ])('%s is not called: %s', (text, problem) => {
    expect(parse(text)).toEqual({ problem });
  });

  test('crosses the bridge as names alone: no path, and a DocType is only read', () => {
    const accepts = (http: string, target: unknown) =>
      bridge.erp.run.params.safeParse({ account: testAccount, http, target, args: {} }).success;
    expect(accepts('POST', { method: 'frappe.client.insert' })).toBe(true);
    expect(accepts('GET', { doctype: 'Item', name: '../../x' })).toBe(true);
    expect(accepts('POST', { doctype: 'Item' })).toBe(false);
    expect(accepts('DELETE', { doctype: 'Item' })).toBe(false);
    for (const target of ['/api/method/x', { path: '/login' }, { method: 'a/../b' }, { method: 'a?b' }, { method: 'x', host: 'evil' }])
      expect(accepts('GET', target)).toBe(false);
  });
});

describe('arguments', () => {
  test('are an object, or nothing', () => {
    expect(parseArgs(' ')).toEqual({ args: {} });
    expect(parseArgs('{"a": [1]}')).toEqual({ args: { a: [1] } });
    expect(parseArgs('[1]')).toEqual({ problem: 'object' });
    expect(parseArgs('null')).toEqual({ problem: 'object' });
  });

  test('that are no JSON tell where', () => {
    expect(parseArgs('{\n  "a": 1,\n  b\n}')).toEqual({ problem: 'json', at: { line: 3, column: 3 } });
    expect(parseArgs('{"a": 1')).toMatchObject({ problem: 'json', at: { line: 1 } });
  });
});

describe('what is kept of a call', () => {
  test('has no value under a key that sounds like a secret, however deep, in text that is JSON, and where another argument names it', () => {
    const args = {
      usr: 'a',
      pwd: 'hidden1',
      doc: { new_password: 'hidden2', rows: [{ api_secret: 'hidden3', note: 'kept' }] },
      text: '{"access_token": "hidden4", "x": 1}',
      fieldname: 'api_key',
      value: 'hidden5',
      passport_number: 'hidden-by-caution',
    };
    const { value, left } = withoutSecrets(args);
    expect(left).toBe(true);
    expect(JSON.stringify(value)).not.toMatch(/hidden\d/);
    expect(value).toMatchObject({ usr: 'a', doc: { rows: [{ note: 'kept' }] }, pwd: '' });
    expect(withoutSecrets({ doctype: 'Item', value: 'x', fieldname: 'item_name' })).toEqual({
      value: { doctype: 'Item', value: 'x', fieldname: 'item_name' },
      left: false,
    });
  });

  test('is at most fifty calls, the newest first, the same one once', async () => {
    const { cache } = testCache();
    const call = (path: string, at: number) => ({
      http: 'GET' as const,
      path,
      args: { password: 'hidden' },
      at,
      ended: 'answered' as const,
    });
    for (let n = 0; n < 60; n += 1) await noteCall(cache, call(`a.b${n}`, n));
    await noteCall(cache, call('a.b30', 99));
    const kept = await readConsole(cache);
    expect(kept).toHaveLength(50);
    expect(kept[0]).toMatchObject({ path: 'a.b30', at: 99, left: true, args: { password: '' } });
    expect(kept.filter(({ path }) => path === 'a.b30')).toHaveLength(1);
    expect(JSON.stringify(await cache.meta.toArray())).not.toContain('hidden');
    await forgetCalls(cache);
    expect(await readConsole(cache)).toEqual([]);
    await cache.meta.put({ key: 'console', value: [{ from: 'another version' }] });
    expect(await readConsole(cache)).toEqual([]);
  });
});

test('an answer is a table where it is a list of records, or what a report view answers', () => {
  expect(
    resultTable([
      { a: 1, b: null },
      { a: 'x', c: { d: 1 } },
    ]),
  ).toEqual({
    columns: ['a', 'b', 'c'],
    rows: [
      [1, '', ''],
      ['x', '', '{"d":1}'],
    ],
  });
  expect(resultTable({ keys: ['name', 'qty'], values: [['A', 2], ['B']] })).toEqual({
    columns: ['name', 'qty'],
    rows: [
      ['A', 2],
      ['B', ''],
    ],
  });
  for (const other of [[], 'pong', { a: 1 }, [1, 2], null]) expect(resultTable(other)).toBeNull();
});
