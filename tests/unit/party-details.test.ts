import { describe, expect, test } from 'vitest';
import { groupOf, partyValues } from '@shared/form/party-details';
import { metaOf } from '../support/form-fixtures';

const order = metaOf('Sales Order').fields;
const acme = { name: 'Acme', customer_name: 'Acme', customer_group: 'Export' };

describe('what a chosen customer brings', () => {
  test('its own currency, price list, terms, sales partner and language', () => {
    const customer = {
      ...acme,
      ...{ default_currency: 'USD', default_price_list: 'Export list', payment_terms: 'Net 30', tax_category: 'Abroad' },
      ...{ default_sales_partner: 'Harbour Agents', default_commission_rate: 5, language: 'de' },
    };
    expect(partyValues(order, { currency: 'EUR', language: 'de' }, customer, { default_price_list: 'of the group' })).toEqual({
      currency: 'USD',
      selling_price_list: 'Export list',
      payment_terms_template: 'Net 30',
      tax_category: 'Abroad',
      sales_partner: 'Harbour Agents',
      commission_rate: 5,
    });
  });

  test('the price list of its group where it has none', () => {
    expect(groupOf(acme)).toEqual({ doctype: 'Customer Group', name: 'Export' });
    expect(groupOf({ ...acme, default_price_list: 'Own' })).toBeNull();
    expect(partyValues(order, {}, acme, { default_price_list: 'Export list' })).toEqual({ selling_price_list: 'Export list' });
  });

  test('nothing that it leaves open, and nothing that the document lacks', () => {
    expect(partyValues(order, { currency: 'EUR' }, { ...acme, default_currency: '', default_commission_rate: null })).toEqual({});
    expect(partyValues(metaOf('Customer').fields, {}, { ...acme, payment_terms: 'Net 30' })).toEqual({});
  });
});
