import { describe, expect, it } from 'vitest';
import type { DocumentValues } from '@shared/erp/document';
import { isRedundantBase } from '@shared/form/base-currency';
import { companyMoves } from '@shared/form/company-moves';
import { currencyOf } from '@shared/form/currency-of';
import type { DefaultSources } from '@shared/form/defaults';
import { inCompany } from '@shared/form/form-session';
import { newDocument, newRow } from '@shared/form/new-document';
import { bundleOf, session } from '../support/form-fixtures';

const wind = { name: 'Wind Power LLC', default_currency: 'INR', cost_center: 'Main - WP' };
const sun = { name: 'Sun Power Inc', default_currency: 'USD', cost_center: 'Main - SP' };
const of = (company: DocumentValues): DefaultSources => ({ session: inCompany(session, String(company['name']), company), company });

const order = bundleOf('Sales Order');

describe('the company of a document', () => {
  it('gives its own currency and cost centre, not those of the first company there is', () => {
    expect(newDocument(order.doctype, of(sun))).toMatchObject({ company: 'Sun Power Inc', currency: 'USD', conversion_rate: 1 });
    const bill = bundleOf('Purchase Invoice').children.find(({ name }) => name === 'Purchase Invoice Item')!;
    expect(newRow(bill, {}, of(sun), 'r1', 1)['cost_center']).toBe('Main - SP');
  });

  it('changed, moves what still stands as the former company gave it, and leaves what was typed', () => {
    const bill = bundleOf('Purchase Invoice');
    const begun = newDocument(bill.doctype, of(wind));
    const values: DocumentValues = {
      ...begun,
      company: 'Sun Power Inc',
      items: [
        { name: 'r1', idx: 1, cost_center: 'Main - WP' },
        { name: 'r2', idx: 2, cost_center: 'Ads - WP' },
      ],
    };
    const moves = companyMoves(bill, values, of(wind), of(sun));
    expect(moves).toContainEqual({ path: { fieldname: 'currency' }, value: 'USD' });
    expect(moves).toContainEqual({ path: { table: 'items', row: 'r1', fieldname: 'cost_center' }, value: 'Main - SP' });
    expect(moves.filter(({ path }) => 'row' in path && path.row === 'r2')).toEqual([]);
    expect(moves.some(({ path }) => path.fieldname === 'company')).toBe(false);
    const typed = companyMoves(bill, { ...values, currency: 'EUR' }, of(wind), of(sun));
    expect(typed.some(({ path }) => path.fieldname === 'currency')).toBe(false);
  });

  it('that this device does not have takes what the former one gave away: the server fills it in', () => {
    const unknown: DefaultSources = { session: inCompany(session, 'Sea Power', null), company: null };
    const values = { ...newDocument(order.doctype, of(wind)), company: 'Sea Power' };
    expect(companyMoves(order, values, of(wind), unknown)).toContainEqual({ path: { fieldname: 'currency' }, value: null });
  });

  it('is told of the person’s own company by their defaults, where its record is not here', () => {
    expect(inCompany(session, 'Wind Power LLC', null)).toBe(session);
    expect(inCompany(session, null, null)).toBe(session);
    expect(inCompany(session, 'Sea Power', null).defaults).toEqual({ company: 'Sea Power' });
  });

  it('decides which amounts are the same twice over', () => {
    const base = { fieldname: 'base_total', fieldtype: 'Currency' };
    expect(isRedundantBase(base, { currency: 'USD' }, of(sun).session)).toBe(true);
    expect(isRedundantBase(base, { currency: 'INR' }, of(sun).session)).toBe(false);
  });
});

describe('the currency of an amount', () => {
  const known = (company: string) => ({ 'Wind Power LLC': 'INR', 'Sun Power Inc': 'USD' })[company] ?? null;
  const field = (options?: string) => ({ fieldname: 'x', fieldtype: 'Currency', ...(options === undefined ? {} : { options }) });
  it.each([
    ['the field that it names', 'currency', { currency: 'JPY' }, null, 'JPY'],
    ['that field of the document around a row', 'currency', {}, { currency: 'KWD' }, 'KWD'],
    ['the company’s', 'Company:company:default_currency', { company: 'Sun Power Inc' }, null, 'USD'],
    ['the company’s of the document around a row', 'Company:company:default_currency', {}, { company: 'Sun Power Inc' }, 'USD'],
    ['unknown where the company is', 'Company:company:default_currency', { company: 'Sea' }, null, null],
    ['the default where nothing names one', undefined, { currency: 'JPY' }, null, null],
    ['never a member that all objects have', 'constructor', {}, {}, null],
  ])('is %s', (_what, options, doc, parent, currency) => {
    expect(currencyOf(field(options), doc, parent, known)).toBe(currency);
  });
});
