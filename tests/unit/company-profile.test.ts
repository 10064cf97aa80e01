import { describe, expect, test } from 'vitest';
import { asCompanySays, ownWays, withCompany } from '@shared/profile/company-profile';
import { profileChanges, withGiven } from '@shared/profile/profile-changes';
import { isProfileFile, newestOf, profileAddress, profileFileName } from '@shared/profile/site-profile';
import type { SiteProfileFile } from '@shared/profile/site-profile';
import type { ProfileEntry } from '@shared/sync/profile';
import { defaultEntries, defaultProfile } from '../../renderer/cache/profile';

const all = (doctype: string): ProfileEntry => ({ doctype, filters: [] });
const draft = (doctype: string): ProfileEntry => ({ doctype, filters: [['docstatus', '=', 0]] });
const theirs = (entry: ProfileEntry): ProfileEntry => ({ ...entry, from: 'company' });
const merged = (mine: ProfileEntry[], base: ProfileEntry[] | null, company: ProfileEntry[]): ProfileEntry[] =>
  withCompany({ mine, base, company, defaults: defaultProfile });

describe("the company's profile", () => {
  const company = [all('Customer'), draft('Quotation')];

  test('takes the place of what nobody chose', () => {
    expect(merged(defaultEntries(), null, company)).toEqual(company.map(theirs));
  });

  test('leaves what a person had chosen before: what they added, and filters of their own', () => {
    const mine = [...defaultEntries().filter(({ doctype }) => doctype !== 'Customer'), draft('Customer'), all('Task')];
    expect(merged(mine, null, company)).toEqual([draft('Customer'), theirs(draft('Quotation')), all('Task')]);
  });

  test('is followed where it changes, comes and goes', () => {
    const now = merged(defaultEntries(), null, company);
    const next = [draft('Customer'), all('Item')];
    expect(merged(now, company, next)).toEqual(next.map(theirs));
  });

  test('does not undo what a person changed, added or took out', () => {
    const mine = [{ ...draft('Customer') }, all('Task'), all('Brand')];
    const next = [all('Customer'), all('Quotation'), all('Item')];
    // Quotation was the company's and was taken out; Brand would be kept by default, but was added by hand.
    expect(merged(mine, company, next)).toEqual([draft('Customer'), theirs(all('Item')), all('Task'), all('Brand')]);
  });

  test('taken twice is as taken once', () => {
    const once = merged([all('Task')], null, company);
    expect(merged(once, company, company)).toEqual(once);
  });

  test('says where this device goes its own way, and can be gone back to', () => {
    const mine = [draft('Customer'), all('Task')];
    expect(ownWays(mine, company)).toEqual({ takenOut: ['Quotation'], changed: ['Customer'] });
    expect(asCompanySays(mine, company, ['Customer', 'Quotation'])).toEqual([
      theirs(all('Customer')),
      all('Task'),
      theirs(draft('Quotation')),
    ]);
  });
});

describe('what a profile would change', () => {
  const now = [all('Customer'), draft('Item'), all('Task')];
  const given = [{ ...all('Customer'), links: true, window: null }, all('Item'), draft('Quotation')];

  test('instead of what is kept', () => {
    const { added, changed, removed } = profileChanges(now, withGiven(now, given, 'replace'));
    expect(added).toEqual([draft('Quotation')]);
    // A window that is none and Links that are followed are no change.
    expect(changed.map(({ to }) => to.doctype)).toEqual(['Item']);
    expect(removed).toEqual([all('Task')]);
  });

  test('besides what is kept', () => {
    const next = withGiven(now, given, 'add');
    expect(next.map(({ doctype }) => doctype)).toEqual(['Customer', 'Item', 'Task', 'Quotation']);
    expect(profileChanges(now, next).removed).toEqual([]);
  });

  test('sees a choice of Links or attachments', () => {
    expect(profileChanges([all('Item')], [{ ...all('Item'), links: false }]).changed).toHaveLength(1);
    expect(profileChanges([all('Item')], [{ ...all('Item'), files: true }]).changed).toHaveLength(1);
  });
});

describe('the file of the site that is followed', () => {
  const url = '/private/files/sales.fieldbook-profile.json';
  const file = (changes: Partial<SiteProfileFile> = {}): SiteProfileFile => ({
    url,
    fileName: 'sales.fieldbook-profile.json',
    owner: 'boss@example.com',
    modified: '2026-01-01 00:00:00.000000',
    version: 'a',
    facts: { size: 1, md5: null },
    ...changes,
  });
  const followed = { url, fileName: 'sales.fieldbook-profile.json', owner: 'boss@example.com' };

  test('is that at the address', () => {
    expect(newestOf([file({ url: '/private/files/other.json', fileName: 'other.json' }), file()], followed)).toEqual(file());
    expect(newestOf([], followed)).toBeNull();
  });

  test('is the newer one that the same person put there, which the server called a little otherwise', () => {
    const newer = file({
      url: '/private/files/sales.fieldbook-profileab12cd.json',
      fileName: 'sales.fieldbook-profileab12cd.json',
      modified: '2026-02-01 00:00:00.000000',
    });
    expect(newestOf([file(), newer], followed)).toEqual(newer);
  });

  test("is never somebody else's of that name, or another one of the same person", () => {
    const planted = file({ url: '/private/files/x.json', owner: 'field@example.com', modified: '2026-02-01 00:00:00.000000' });
    const other = file({ url: '/private/files/y.json', fileName: 'stock.fieldbook-profile.json', modified: '2026-02-01 00:00:00.000000' });
    expect(newestOf([file(), planted, other], followed)).toEqual(file());
    expect(newestOf([planted, other], followed)).toBeNull();
  });

  test('is known by its name', () => {
    expect(['a.fieldbook-profile.json', 'a.b.fieldbook-profile012abc.JSON'].every(isProfileFile)).toBe(true);
    expect(['fieldbook-profile.json', 'a.fieldbook-profile.json.exe', 'a.json'].some(isProfileFile)).toBe(false);
    expect(profileFileName(' Field  sales ')).toBe('field-sales.fieldbook-profile.json');
  });

  test('has an address on the site and nowhere else', () => {
    expect(profileAddress(` https://erp.example${url}?fid=12 `)).toBe(url);
    expect(profileAddress('/private/files/a%20b.json')).toBe('/private/files/a b.json');
    for (const bad of ['/files/public.json', 'javascript:alert(1)', 'https://evil.example/x', '', '//private/files/x'])
      expect(profileAddress(bad)).toBeNull();
  });
});
