import { describe, expect, test } from 'vitest';
import { exchangeRate } from '@shared/form/exchange-rate';
import { bestPrice } from '@shared/form/item-price';
import { isListRate, itemRowValues } from '@shared/form/item-row';
import type { Cause, ItemFacts, RowSetting } from '@shared/form/item-row';
import { inDocumentCurrency, missingRates, rateValues } from '@shared/form/price-currency';
import type { CurrencyFacts } from '@shared/form/price-currency';
import { factorOf } from '@shared/form/unit-factor';
import { metaOf } from '../support/form-fixtures';

const order = metaOf('Sales Order');
const child = metaOf('Sales Order Item');
const bolt = {
  item_code: 'BOLT',
  item_name: 'Bolt',
  stock_uom: 'Nos',
  uoms: [
    { name: 'u1', uom: 'Nos', conversion_factor: 1 },
    { name: 'u2', uom: 'Box', conversion_factor: 10 },
  ],
};

describe('the unit of a row', () => {
  test.each([
    ['the stock unit', 'Nos', 1],
    ['a unit of the item', 'Box', 10],
    ['a unit of its template', 'Pallet', 400],
    ['a unit that nobody here knows', 'Crate', null],
    ['no unit', '', null],
  ])('%s', (_, unit, factor) => {
    const template = { stock_uom: 'Nos', uoms: [{ name: 'u', uom: 'Pallet', conversion_factor: 400 }] };
    expect(factorOf({ item: bolt, template }, unit)).toBe(factor);
  });
});

describe('the price that serves', () => {
  const wanted = { uom: 'Box', stockUom: 'Nos', party: 'Jane', on: '2026-11-23' };
  const perBox = { uom: 'Box', price_list_rate: 90 };
  const perPiece = { uom: 'Nos', price_list_rate: 10 };
  test.each([
    ['of the unit before that of the stock unit', [perPiece, perBox], 90],
    ['of the stock unit, where the unit has none', [perPiece], 10],
    ['without a unit before that of the stock unit', [perPiece, { price_list_rate: 8 }], 8],
    ["of the party before everybody's", [perBox, { ...perBox, customer: 'Jane', price_list_rate: 80 }], 80],
    ['not of another party', [{ ...perBox, customer: 'Tom' }], null],
    ['not of a batch', [{ ...perBox, batch_no: 'B1' }], null],
    ['not of another unit', [{ uom: 'Pair', price_list_rate: 5 }], null],
    ['not before its day', [{ ...perBox, valid_from: '2026-11-24' }], null],
    ['on its last day', [{ ...perBox, valid_upto: '2026-11-23' }], 90],
    ['not after it', [{ ...perBox, valid_upto: '2026-11-22' }], null],
    [
      'of the latest day',
      [
        { ...perBox, valid_from: '2026-01-01' },
        { ...perBox, valid_from: '2026-06-01', price_list_rate: 95 },
      ],
      95,
    ],
  ])('%s', (_, prices, rate) => {
    expect(bestPrice(prices, wanted)?.rate ?? null).toBe(rate);
  });
});

describe('a price of packing units', () => {
  const wanted = { uom: 'Nos', stockUom: 'Nos', party: 'Jane', on: '2026-11-23' };
  const everybodys = { uom: 'Nos', price_list_rate: 10, packing_unit: 12 };
  const janes = { ...everybodys, customer: 'Jane', price_list_rate: 8 };
  test.each([
    ['serves whole ones', [janes], 24, 'Jane', 8],
    ['serves nothing between, nor does another in its place', [janes, everybodys], 20, 'Jane', null],
    ['that is everybody’s is not asked for them once there is a party', [everybodys], 20, 'Jane', 10],
    ['that is everybody’s serves whole ones while there is none', [everybodys], 20, null, null],
    ['of none serves any number', [{ ...janes, packing_unit: 0 }], 0.5, 'Jane', 8],
    ['of broken ones', [{ ...janes, packing_unit: 0.1 }], 0.3, 'Jane', 8],
  ])('%s', (_, prices, qty, party, rate) => {
    expect(bestPrice(prices, { ...wanted, party, qty })?.rate ?? null).toBe(rate);
  });
});

describe('what a row is filled with', () => {
  const setting: RowSetting = {
    child,
    doctype: order,
    parent: { currency: 'EUR', conversion_rate: 1, plc_conversion_rate: 1, price_list_currency: 'EUR' },
    side: 'selling',
    party: null,
    on: '2026-11-23',
    listCurrency: 'EUR',
    decimals: () => 2,
  };
  const facts = (...prices: object[]): ItemFacts => ({
    item: bolt,
    template: null,
    prices: prices.map((each) => ({ ...each })),
    templatePrices: [],
  });
  const fill = (cause: Cause, row: object, known: ItemFacts, keeps: readonly string[] = [], over: Partial<RowSetting> = {}) => ({
    ...row,
    ...itemRowValues(cause, { name: 'r', ...row }, known, { ...setting, ...over }, (fieldname) => keeps.includes(fieldname)),
  });
  const former = {
    item_code: 'BOLT',
    item_name: 'Nail',
    description: 'A nail',
    brand: 'Acme',
    uom: 'Box',
    stock_uom: 'Kg',
    conversion_factor: 25,
    rate: 7,
    price_list_rate: 8,
    discount_percentage: 12.5,
    qty: 3,
  };

  test('an item without a price leaves nothing of the former one', () => {
    expect(fill('item', former, facts())).toEqual({
      item_code: 'BOLT',
      item_name: 'Bolt',
      description: 'Bolt',
      brand: null,
      uom: 'Nos',
      stock_uom: 'Nos',
      conversion_factor: 1,
      rate: null,
      price_list_rate: null,
      discount_percentage: null,
      qty: 3,
    });
  });

  test('an item that is not on this device leaves nothing of the former one either', () => {
    expect(fill('item', former, null)).toMatchObject({
      item_name: null,
      uom: null,
      conversion_factor: null,
      rate: null,
      price_list_rate: null,
    });
  });

  test.each([
    ['per unit', { uom: 'Box', price_list_rate: 90 }, 90],
    ['per stock unit, times the factor', { uom: 'Nos', price_list_rate: 9.25 }, 92.5],
    ['without a unit, times the factor', { price_list_rate: 9.25 }, 92.5],
    ['of a batch: none', { uom: 'Box', price_list_rate: 90, batch_no: 'B' }, null],
  ])('a unit that was changed brings its factor and a price %s', (_, price, rate) => {
    const row = { item_code: 'BOLT', uom: 'Box', stock_uom: 'Nos', conversion_factor: 1, rate: 9.25, price_list_rate: 9.25, qty: 2 };
    expect(fill('unit', row, facts(price))).toEqual({ ...row, conversion_factor: 10, rate, price_list_rate: rate });
  });

  test('a unit that only the server knows has no factor, so that the server looks it up', () => {
    const row = { item_code: 'BOLT', uom: 'Crate', stock_uom: 'Nos', conversion_factor: 10, rate: 90, price_list_rate: 90 };
    expect(fill('unit', row, facts({ uom: 'Nos', price_list_rate: 9 }))).toMatchObject({
      conversion_factor: null,
      rate: null,
      price_list_rate: null,
    });
  });

  test('what the person gave beside the item stands, and the factor is of their unit', () => {
    const given = { item_code: 'BOLT', uom: 'Box', rate: 77, description: 'As agreed', qty: 4 };
    expect(fill('item', given, facts({ uom: 'Nos', price_list_rate: 9 }), Object.keys(given))).toMatchObject({
      ...given,
      conversion_factor: 10,
      price_list_rate: 90,
    });
  });

  test('another list keeps the discount that was agreed on', () => {
    const row = { item_code: 'BOLT', uom: 'Nos', conversion_factor: 1, rate: 9, price_list_rate: 10, discount_percentage: 10 };
    expect(fill('price', row, facts({ uom: 'Nos', price_list_rate: 20 }))).toMatchObject({ price_list_rate: 20, rate: 18 });
  });

  test("a price of a list in another currency comes in the document's, or not at all", () => {
    const row = { item_code: 'BOLT', uom: 'Nos', conversion_factor: 1 };
    const dollars = {
      listCurrency: 'USD',
      parent: { currency: 'CHF', conversion_rate: 1.1, price_list_currency: 'USD', plc_conversion_rate: 0.9 },
    };
    const price = facts({ uom: 'Nos', price_list_rate: 10, currency: 'USD' });
    expect(fill('price', row, price, [], dollars)).toMatchObject({ price_list_rate: 8.18, rate: 8.18 });
    const unknown = { ...dollars, parent: { ...dollars.parent, plc_conversion_rate: null } };
    expect(fill('price', { ...row, rate: 10, price_list_rate: 10 }, price, [], unknown)).toMatchObject({
      price_list_rate: null,
      rate: null,
    });
  });

  test('a Stock Entry counts in the stock unit and keeps no value of the former item', () => {
    const over = { child: metaOf('Stock Entry Detail'), doctype: metaOf('Stock Entry'), side: null } as const;
    const item = { ...bolt, purchase_uom: 'Box' };
    const known: ItemFacts = { item, template: null, prices: [], templatePrices: [] };
    expect(fill('item', { item_code: 'BOLT', basic_rate: 12 }, known, [], over)).toMatchObject({
      uom: 'Nos',
      conversion_factor: 1,
      basic_rate: null,
    });
  });

  test.each([
    [true, 'empty', {}],
    [true, "the list's", { rate: 10, price_list_rate: 10 }],
    [true, "the list's less the discount", { rate: 9.33, price_list_rate: 10.37, discount_percentage: 10 }],
    [true, "the list's with a margin", { rate: 12, price_list_rate: 10, margin_type: 'Percentage', margin_rate_or_amount: 20 }],
    [false, 'another', { rate: 8, price_list_rate: 10 }],
    [false, 'one where the list has none', { rate: 8 }],
    [false, 'of a free item', { rate: 0, is_free_item: 1, price_list_rate: 10 }],
  ])('%s: the rate of a row is its list price where it is %s', (expected, _, row) => {
    expect(isListRate({ name: 'r', ...row })).toBe(expected);
  });
});

describe('currencies of a document', () => {
  const worths: Record<string, number> = { USD: 0.9 };
  const facts: CurrencyFacts = { companyCurrency: 'EUR', listCurrency: 'EUR', worth: (currency) => worths[currency] ?? null };
  const later = { conversion: false, list: false };
  const chosen = { conversion: true, list: true };

  test.each([
    ['one that is known here', { currency: 'USD', conversion_rate: 1 }, facts, chosen, { conversion_rate: 0.9 }],
    ['one that nobody knows is asked for, never 1', { currency: 'CHF', conversion_rate: 1 }, facts, chosen, { conversion_rate: null }],
    ["the company's own", { currency: 'EUR', conversion_rate: 0.9 }, facts, chosen, { conversion_rate: 1 }],
    ['one that was agreed on stands', { currency: 'USD', conversion_rate: 0.95 }, facts, later, {}],
    ['an empty one is looked up', { currency: 'USD' }, facts, later, { conversion_rate: 0.9 }],
  ])('the exchange rate: %s', (_, values, known, anew, expected) => {
    const patch = rateValues(order, { price_list_currency: 'EUR', plc_conversion_rate: 1, ...values }, known, anew);
    expect(Object.fromEntries(Object.entries(patch).filter(([fieldname]) => fieldname === 'conversion_rate'))).toEqual(expected);
  });

  test("a price list of another currency brings it and its rate; one in the document's goes by the document's", () => {
    const values = { currency: 'EUR', conversion_rate: 1, price_list_currency: 'EUR', plc_conversion_rate: 1 };
    expect(rateValues(order, values, { ...facts, listCurrency: 'USD' }, later)).toEqual({
      price_list_currency: 'USD',
      plc_conversion_rate: 0.9,
    });
    expect(rateValues(order, values, { ...facts, listCurrency: 'CHF' }, later)).toEqual({
      price_list_currency: 'CHF',
      plc_conversion_rate: null,
    });
    const inDollars = { ...values, currency: 'USD', conversion_rate: 0.97 };
    expect(rateValues(order, inDollars, { ...facts, listCurrency: 'USD' }, later)).toEqual({
      price_list_currency: 'USD',
      plc_conversion_rate: 0.97,
    });
  });

  test('rates that are of another list than the one a price is from convert nothing', () => {
    const values = { currency: 'EUR', conversion_rate: 1, price_list_currency: 'EUR', plc_conversion_rate: 1 };
    expect(inDocumentCurrency(10, 'USD', order, values)).toBeNull();
  });

  test('a list in the currency of the document needs no exchange rate', () => {
    expect(inDocumentCurrency(10, 'CHF', order, { currency: 'CHF', conversion_rate: null })).toBe(10);
  });

  test('the person is asked for what is missing', () => {
    const values = { currency: 'CHF', conversion_rate: null, price_list_currency: 'USD', plc_conversion_rate: null };
    expect(missingRates(order, values, 'EUR')).toEqual([
      { fieldname: 'conversion_rate', from: 'CHF', to: 'EUR' },
      { fieldname: 'plc_conversion_rate', from: 'USD', to: 'EUR' },
    ]);
    expect(missingRates(order, { ...values, currency: 'EUR', price_list_currency: 'EUR' }, 'EUR')).toEqual([]);
  });

  const exchange = { from_currency: 'USD', to_currency: 'EUR', for_buying: 1, for_selling: 1 };
  test.each([
    [
      'the latest before the day',
      [
        { date: '2026-11-01', exchange_rate: 0.9 },
        { date: '2026-11-20', exchange_rate: 0.92 },
      ],
      0.92,
    ],
    ['not one of a later day', [{ date: '2026-11-24', exchange_rate: 0.9 }], null],
    ['not one for the other side', [{ date: '2026-11-01', exchange_rate: 0.9, for_selling: 0 }], null],
    ['not one of the other way round', [{ date: '2026-11-01', exchange_rate: 1.1, from_currency: 'EUR', to_currency: 'USD' }], null],
  ])('an exchange rate of the site: %s', (_, records, rate) => {
    const all = records.map((each) => ({ ...exchange, ...each }));
    expect(exchangeRate(all, { from: 'USD', to: 'EUR', on: '2026-11-23', side: 'selling' })).toBe(rate);
  });
});
