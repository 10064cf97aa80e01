import { describe, expect, test } from 'vitest';
import type { DocType, DocTypeBundle } from '@shared/erp/doctype';
import type { ProfileEntry } from '@shared/sync/profile';
import type { PullProgress } from '@shared/sync/sync-state';
import { changeProfile, readProfile, writeProfile } from '../../renderer/cache/profile';
import { addSample, rateOf } from '../../renderer/views/get-ready/download-rate';
import { doctypesThatFit } from '../../renderer/views/get-ready/doctypes-that-fit';
import { inSight, withChoices, withKept, withMoved } from '../../renderer/views/get-ready/kept';
import { readiness, whileComing } from '../../renderer/views/get-ready/readiness';
import type { ReadinessInput } from '../../renderer/views/get-ready/readiness';
import { testCache } from '../support/cache';

const now = 1_700_000_000_000;
const hour = 3_600_000;
const pull = (doctype: string, changes: Partial<PullProgress> = {}): PullProgress => ({
  doctype,
  state: 'done',
  done: 10,
  total: 10,
  bytes: 1,
  completedAt: now - hour,
  error: null,
  ...changes,
});
const bundle = (name: string, fields: DocType['fields'] = [], children: DocType[] = []): DocTypeBundle => ({
  doctype: { name, modified: '', fields, permissions: [] },
  children,
});
const input = (changes: Partial<ReadinessInput> = {}): ReadinessInput => ({
  profile: ['Customer', 'Item'],
  pulls: { Customer: pull('Customer'), Item: pull('Item') },
  totals: { Customer: 4, Item: 6 },
  bundles: [bundle('Customer'), bundle('Item')],
  persisted: true,
  waiting: 0,
  files: 0,
  attachments: { here: 0, missing: [], refused: [], stopped: null },
  company: null,
  now,
  ...changes,
});

describe('the readiness check', () => {
  test('is green when everything is here and fresh', () => {
    const items = readiness(input());
    expect(items.every((item) => item.level === 'green')).toBe(true);
    expect(items[0]).toMatchObject({ about: 'documents', documents: 10, doctypes: 2 });
  });

  test('names what was never downloaded, with a download that mends it', () => {
    const items = readiness(input({ pulls: { Customer: pull('Customer') } }));
    expect(items).toContainEqual({ level: 'amber', about: 'missing', doctypes: ['Item'], mend: { kind: 'download', doctypes: ['Item'] } });
  });

  test('ticks nothing off that the rest of a download may overturn, and calls nothing missing that is on its way', () => {
    const some = whileComing(readiness(input({ pulls: { Customer: pull('Customer') } })));
    expect(some.map(({ about }) => about)).toEqual(['documents', 'storage']);
    const whole = readiness(input());
    expect(whileComing(whole)).toEqual(whole);
  });

  test('names attachments that are missing, says why, and offers to fetch them', () => {
    const attachments = { here: 2, missing: ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'], refused: [], stopped: null };
    const about = (changes: Partial<ReadinessInput['attachments']>) =>
      readiness(input({ attachments: { ...attachments, ...changes } })).filter((item) => /attachments/i.test(item.about));
    const names = ['a.jpg', 'b.jpg', 'c.jpg'];
    const lacking = { level: 'amber', mend: { kind: 'files' }, about: 'noAttachments', count: 4, names, why: 'not-yet' };
    expect(about({})).toEqual([lacking]);
    expect(about({ stopped: 'quota' })).toEqual([{ ...lacking, why: 'quota' }]);
    expect(about({ missing: [], refused: ['e.pdf'] })).toEqual([{ ...lacking, count: 1, names: ['e.pdf'], why: 'refused' }]);
    expect(about({ missing: [] })).toEqual([{ level: 'green', mend: null, about: 'attachments', here: 2 }]);
    expect(about({ missing: [], here: 0 })).toEqual([]);
  });

  test('tells a failed download in its own words', () => {
    const failed = pull('Item', { state: 'failed', completedAt: null, error: { code: 'server-error', message: 'It broke.' } });
    expect(readiness(input({ pulls: { Customer: pull('Customer'), Item: failed } }))).toContainEqual({
      level: 'amber',
      about: 'failed',
      doctype: 'Item',
      message: 'It broke.',
      mend: { kind: 'download', doctypes: ['Item'] },
    });
  });

  test('does not hold a DocType against the person that they may not read', () => {
    const forbidden = pull('Item', { state: 'failed', completedAt: null, error: { code: 'forbidden', message: '' } });
    expect(readiness(input({ pulls: { Customer: pull('Customer'), Item: forbidden } })).every((item) => item.level === 'green')).toBe(true);
  });

  test('a download older than a day is amber, and the oldest is named', () => {
    const items = readiness(input({ pulls: { Customer: pull('Customer', { completedAt: now - 30 * hour }), Item: pull('Item') } }));
    expect(items).toContainEqual(expect.objectContaining({ level: 'amber', about: 'age', doctype: 'Customer', age: 30 * hour }));
  });

  test('says how many of the changes that wait are files', () => {
    expect(readiness(input({ waiting: 3, files: 1 }))).toContainEqual({
      level: 'amber',
      about: 'waiting',
      count: 3,
      files: 1,
      mend: { kind: 'send' },
    });
  });

  test('misses only masters that a form must link to', () => {
    const fields = [
      { fieldname: 'territory', fieldtype: 'Link', options: 'Territory', reqd: 1 as const },
      { fieldname: 'project', fieldtype: 'Link', options: 'Project' },
      { fieldname: 'items', fieldtype: 'Table', options: 'Row', reqd: 1 as const },
    ];
    const row: DocType = {
      name: 'Row',
      modified: '',
      permissions: [],
      fields: [{ fieldname: 'uom', fieldtype: 'Link', options: 'UOM', reqd: 1 }],
    };
    const items = readiness(input({ bundles: [bundle('Customer', fields, [row]), bundle('Item')] }));
    expect(items).toContainEqual({
      level: 'amber',
      about: 'linked',
      doctypes: ['Territory', 'UOM'],
      mend: { kind: 'add', doctypes: ['Territory', 'UOM'] },
    });
  });

  test('names forms that are missing, unsent work, and a storage that may be cleared', () => {
    const items = readiness(input({ bundles: [bundle('Customer')], waiting: 2, persisted: false }));
    expect(items.filter((item) => item.level === 'amber').map((item) => item.about)).toEqual(['forms', 'waiting', 'storage']);
  });
});

describe('what is kept', () => {
  const window = { field: 'transaction_date', days: 92 };
  const order = { doctype: 'Sales Order', filters: [['status', '=', 'Draft']] satisfies ProfileEntry['filters'], window };
  const item = { doctype: 'Item', filters: [] };

  test('stays in sight with its filters and its window when it is taken out, and is put back with them', () => {
    const out = withKept({ profile: [order, item], taken: [] }, 'Sales Order', false);
    expect(out.profile).toEqual([item]);
    expect(inSight(out)).toEqual([item, order]);
    const back = withKept(out, 'Sales Order', true);
    expect(back.profile).toEqual([item, order]);
    expect(inSight(back)).toEqual([item, order]);
  });

  test('takes other choices whether it is kept now or not', () => {
    const wider = { ...order, window: { ...window, days: 366 } };
    expect(withChoices({ profile: [order, item], taken: [] }, 'Sales Order', { window: wider.window }).profile).toEqual([wider, item]);
    const out = withChoices(withKept({ profile: [order, item], taken: [] }, 'Sales Order', false), 'Sales Order', { window: wider.window });
    expect(withKept(out, 'Sales Order', true).profile).toEqual([item, wider]);
  });

  test('what was never here comes without a filter', () => {
    expect(withKept({ profile: [item], taken: [] }, 'Task', true).profile).toEqual([item, { doctype: 'Task', filters: [] }]);
  });
});

test('of two changes in one moment both count', async () => {
  const { cache } = testCache();
  await writeProfile(cache, [{ doctype: 'Sales Order', filters: [] }]);
  await Promise.all([
    changeProfile(
      cache,
      (profile) => withChoices({ profile, taken: [] }, 'Sales Order', { window: { field: 'modified', days: 30 } }).profile,
    ),
    changeProfile(cache, (profile) => withChoices({ profile, taken: [] }, 'Sales Order', { filters: [['status', '=', 'Open']] }).profile),
  ]);
  expect(await readProfile(cache)).toEqual([
    { doctype: 'Sales Order', filters: [['status', '=', 'Open']], window: { field: 'modified', days: 30 } },
  ]);
});

describe('the rate of a download', () => {
  test('is not told from one sample', () => {
    expect(rateOf(addSample([], { at: 0, done: 0 }))).toBeNull();
  });

  test('is taken over the last twenty seconds', () => {
    const samples = [0, 10, 20, 30].reduce<{ at: number; done: number }[]>(
      (all, second) => addSample(all, { at: second * 1000, done: second < 20 ? second : second * 100 }),
      [],
    );
    expect(samples[0]).toEqual({ at: 10_000, done: 10 });
    expect(rateOf(samples)).toBe((3000 - 10) / 20);
  });

  test('starts again when a new run counts from the beginning', () => {
    expect(addSample([{ at: 0, done: 500 }], { at: 1000, done: 3 })).toEqual([{ at: 1000, done: 3 }]);
  });
});

describe('the list of DocTypes to choose from', () => {
  const doctypes = [
    { name: 'Maintenance Visit', module: 'Maintenance' },
    { name: 'Sales Order', module: 'Selling' },
    { name: 'Sales Invoice', module: 'Accounts' },
    { name: 'Period Sales', module: 'Accounts' },
  ];
  const found = (typed: string): string[] => doctypesThatFit(doctypes, typed).map(({ name }) => name);

  test('is searched by name and module, what begins so first', () => {
    expect(found('sales')).toEqual(['Sales Order', 'Sales Invoice', 'Period Sales']);
    expect(found('selling')).toEqual(['Sales Order']);
    expect(found('accounts inv')).toEqual(['Sales Invoice']);
    expect(found('nothing')).toEqual([]);
  });
});

describe('the order of download', () => {
  const profile = ['A', 'B', 'C'].map((doctype) => ({ doctype, filters: [] }));
  const moved = (doctype: string, by: -1 | 1): string =>
    withMoved({ profile, taken: [] }, doctype, by)
      .profile.map((one) => one.doctype)
      .join('');

  test('is changed step by step, and not beyond its ends', () => {
    expect([moved('B', -1), moved('B', 1), moved('A', -1), moved('C', 1), moved('X', 1)]).toEqual(['BAC', 'ACB', 'ABC', 'ABC', 'ABC']);
  });
});

test("a choice for a DocType of the company's profile is the person's own from then on", () => {
  const profile = [{ doctype: 'Item', filters: [], from: 'company' as const }];
  expect(withChoices({ profile, taken: [] }, 'Item', { links: false }).profile).toEqual([{ doctype: 'Item', filters: [], links: false }]);
});

test("the check says that the company's profile cannot be read, and offers to look again", () => {
  expect(readiness(input({ company: { since: 5, message: 'Gone.' } }))).toContainEqual({
    level: 'amber',
    about: 'company',
    since: 5,
    message: 'Gone.',
    mend: { kind: 'company' },
  });
});
