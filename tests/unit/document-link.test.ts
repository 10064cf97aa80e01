import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldbookLink, parseFieldbookLink, parseLink, parseSiteAddress } from '@shared/system/document-link';
import { linkTarget, linkedDocType } from '@shared/system/link-target';

const site = 'https://erp.example.com';
const order = { site, user: null, doctype: { name: 'Sales Order' }, show: { at: 'document', name: 'SO-0001' } };
const asked = 'site=https://erp.example.com&doctype=Sales%20Order';

describe('a fieldbook:// link', () => {
  it('names a document, a list, or a new document of a site', () => {
    expect(parseFieldbookLink(`fieldbook://open?${asked}&name=SO-0001`)).toEqual(order);
    expect(parseFieldbookLink(`FIELDBOOK://Open/?${asked}&name=SO-0001`)).toEqual(order);
    expect(parseFieldbookLink(`fieldbook://open?${asked}&user=anna%40example.com`)).toEqual({
      ...order,
      user: 'anna@example.com',
      show: { at: 'list' },
    });
    expect(parseFieldbookLink(`fieldbook://new?${asked}`)).toEqual({ ...order, show: { at: 'new' } });
  });

  it('may carry the address that an e-mail has', () => {
    const address = encodeURIComponent(`${site}/app/sales-order/SO-0001`);
    expect(parseFieldbookLink(`fieldbook://open?url=${address}`)).toEqual({ ...order, doctype: { slug: 'sales-order' } });
  });

  it.each([
    ['another action', `fieldbook://run?${asked}&name=x`],
    ['an action behind a path', `fieldbook://open/../run?${asked}&name=x`],
    ['no query', 'fieldbook://open'],
    ['something that is not known', `fieldbook://open?${asked}&name=x&cmd=calc`],
    ['something given twice', `fieldbook://open?${asked}&name=x&name=y`],
    ['a site that is no web address', 'fieldbook://open?site=file:///etc/passwd&doctype=User&name=x'],
    ['a site with a script', 'fieldbook://open?site=javascript:alert(1)&doctype=User&name=x'],
    ['a site with a path', 'fieldbook://open?site=https://erp.example.com/x&doctype=User&name=x'],
    ['a site with a password', 'fieldbook://open?site=https://a:b@erp.example.com&doctype=User&name=x'],
    ['no DocType', `fieldbook://open?site=${site}&name=x`],
    ['an empty name', `fieldbook://open?${asked}&name=%20`],
    ['a name with a line break', `fieldbook://open?${asked}&name=a%0Ab`],
    ['a name that is too long', `fieldbook://open?${asked}&name=${'x'.repeat(141)}`],
    ['an address beside a name', `fieldbook://open?url=${encodeURIComponent(`${site}/app/user/x`)}&name=x`],
    ['an address of nothing', `fieldbook://open?url=${encodeURIComponent('file:///etc/passwd')}`],
    ['a name for what is new', `fieldbook://new?${asked}&name=x`],
    ['a fragment', `fieldbook://open?${asked}&name=x#y`],
    ['another scheme', `app://fieldbook/?${asked}&name=x`],
    ['too much', `fieldbook://open?${asked}&name=x&user=${'u'.repeat(2000)}`],
    ['a name of every object', 'fieldbook://open?__proto__=x'],
  ])('with %s is none', (_, link) => {
    expect(parseFieldbookLink(link)).toBeNull();
  });

  it('comes back from the link that is made of it, whatever the names are', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((text) => text.trim() !== '' && !/[\u0000-\u001f\u007f]/.test(text));
    fc.assert(
      fc.property(name, name, (doctype, of) => {
        expect(parseFieldbookLink(fieldbookLink({ site, doctype, name: of }))).toEqual({
          ...order,
          doctype: { name: doctype },
          show: { at: 'document', name: of },
        });
      }),
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        fc.constantFrom('', 'fieldbook://open?', 'fieldbook://', `${site}/app/`, `${site}/printview?`),
        (text, start) => {
          parseLink(start + text);
        },
      ),
    );
  });
});

describe('an address of a site', () => {
  it.each([
    ['/app/sales-order/SO-0001', 'sales-order', 'SO-0001'],
    ['/app/sales-order/SO%2F0001?x=1', 'sales-order', 'SO/0001'],
    ['/desk/sales-order/SO-0001', 'sales-order', 'SO-0001'],
    ['/app/customer/M%C3%BCller%20%26%20S%C3%B6hne', 'customer', 'Müller & Söhne'],
  ])('%s is a document', (path, slug, name) => {
    expect(parseSiteAddress(site + path)).toEqual({ site, user: null, doctype: { slug }, show: { at: 'document', name } });
  });

  it.each([
    '/app/Form/Sales%20Order/SO-0001',
    '/desk#Form/Sales Order/SO-0001',
    '/app/print/Sales%20Order/SO-0001',
    '/printview?doctype=Sales+Order&name=SO-0001&key=abc',
  ])('%s is one with the name of its DocType', (path) => {
    expect(parseSiteAddress(site + path)).toEqual(order);
  });

  it('may be a list, or a new document', () => {
    expect(parseSiteAddress(`${site}/app/sales-order`)?.show).toEqual({ at: 'list' });
    expect(parseSiteAddress(`${site}/app/sales-order/view/list?status=Draft`)?.show).toEqual({ at: 'list' });
    expect(parseSiteAddress(`${site}/app/sales-order/new-sales-order-abcdef`)?.show).toEqual({ at: 'new' });
  });

  it.each([
    '/',
    '/orders/SO-0001',
    '/app',
    '/app/query-report/General Ledger',
    '/api/resource/User/x',
    '/app/%ZZ/x',
    '/app/Form/Sales%20Order',
  ])('%s is none of a document', (path) => {
    expect(parseSiteAddress(site + path)).toBeNull();
  });

  it('is found in what was copied with the marks around it', () => {
    expect(parseLink(`  <${site}/app/sales-order/SO-0001>, `)).toEqual({ ...order, doctype: { slug: 'sales-order' } });
    expect(parseLink('Sales Order SO-0001')).toBeNull();
  });
});

describe('whose a link is', () => {
  const accounts = [
    { id: 'a', siteUrl: site, user: 'anna@example.com' },
    { id: 'b', siteUrl: site, user: 'ben@example.com' },
    { id: 'c', siteUrl: 'http://erp.lan:8000', user: 'anna@example.com' },
  ];

  it('is the account in use, if it is of that site', () => {
    expect(linkTarget({ site, user: null }, accounts, 'b')).toEqual({ account: 'b' });
    expect(linkTarget({ site, user: null }, accounts, 'c')).toEqual({ account: 'a' });
    expect(linkTarget({ site, user: 'Ben@Example.com' }, accounts, 'a')).toEqual({ account: 'b' });
    expect(linkTarget({ site: 'https://erp.lan:8000', user: null }, accounts, 'a')).toEqual({ account: 'c' });
  });

  it('is nobody’s where the site or the person is not here', () => {
    expect(linkTarget({ site: 'https://other.example.com', user: null }, accounts, 'a')).toEqual({
      missing: 'site',
      host: 'other.example.com',
    });
    expect(linkTarget({ site: 'https://erp.example.com:8443', user: null }, accounts, 'a')).toEqual({
      missing: 'site',
      host: 'erp.example.com:8443',
    });
    expect(linkTarget({ site, user: 'carl@example.com' }, accounts, 'a')).toEqual({ missing: 'user', host: 'erp.example.com' });
  });

  it('finds a DocType by how addresses write it, and guesses one that is not known', () => {
    expect(linkedDocType({ slug: 'bom' }, ['BOM', 'Sales Order'])).toBe('BOM');
    expect(linkedDocType({ slug: 'purchase-order' }, ['BOM'])).toBe('Purchase Order');
    expect(linkedDocType({ name: 'UOM' }, [])).toBe('UOM');
  });
});
