import type { Doc } from '@shared/erp/document';
import type { Engine } from '../engine/engine';
import { round } from '../engine/values';
import { addBasics, addFixtures, company, exchangeRates, stores, van, type Add } from './fixtures';
import { createMaker, type Maker } from './maker';
import { promise } from './promised';
import { addTrade } from './trade';
import { brands, catalogue, givenNames, legalForms, places, services, surnames, trades } from './words';

/** What orders are made of. */
export type Goods = { code: string; name: string; group: string; uom: string; price: number; cost: number; stock: boolean };
export type Party = { name: string; group: string; territory: string; address?: string };

export type Size = { orders: number; customers: number; items: number; suppliers: number };

/**
 * A company grows more customers and items with its orders, but fewer than orders. One of a hundred orders or more
 * has hundreds of both; a smaller one has fewer, yet enough of each for every kind to be there.
 */
export const sizeFor = (orders: number): Size => {
  const share = Math.min(1, Math.max(0.15, orders / 100));
  return {
    orders,
    customers: Math.max(Math.round(260 * share), Math.min(5000, Math.round(orders / 25))),
    items: Math.max(Math.round(320 * share), Math.min(4000, Math.round(orders / 30))),
    suppliers: Math.max(Math.round(45 * share), Math.min(400, Math.round(orders / 300))),
  };
};

const territories = ['North', 'South', 'East', 'West', 'Abroad'];

function addItems({ random }: Engine, maker: Maker, count: number): Goods[] {
  const goods: Goods[] = [];
  const cycle = catalogue.flatMap((line) => line.things.flatMap((thing) => line.variants.map((variant) => ({ line, thing, variant }))));
  for (let index = 0; index < count; index += 1) {
    const at = cycle[(index * 37) % cycle.length];
    if (at === undefined) continue;
    const { line, thing, variant } = at;
    const edition = Math.floor(index / cycle.length);
    const [low, high] = line.price;
    const price = round(low * (high / low) ** random.next(), 2);
    const brand = random.pick(brands);
    const disabled = random.chance(0.02);
    const one: Goods = {
      code: `${line.code}-${String(1000 + index)}`,
      name: `${thing} ${variant}${edition > 0 ? `, series ${edition + 1}` : ''}`,
      group: line.group,
      uom: line.unit ?? 'Nos',
      price,
      cost: round(price * (0.45 + random.next() * 0.3), 2),
      stock: true,
    };
    maker.make(
      'Item',
      one.code,
      {
        item_code: one.code,
        item_name: one.name,
        item_group: one.group,
        stock_uom: one.uom,
        brand,
        is_stock_item: 1,
        is_sales_item: 1,
        is_purchase_item: 1,
        description: `<p>${brand} ${one.name}</p>`,
        valuation_rate: one.cost,
        last_purchase_rate: one.cost,
        standard_rate: price,
        grant_commission: 1,
        include_item_in_manufacturing: 1,
        end_of_life: '2099-12-31',
        default_material_request_type: 'Purchase',
        disabled: disabled ? 1 : 0,
        naming_series: 'STO-ITEM-.YYYY.-',
        uoms: [
          { name: random.hash(), uom: one.uom, conversion_factor: 1 },
          ...(one.uom === 'Nos' ? [{ name: random.hash(), uom: 'Box', conversion_factor: 10 }] : []),
        ],
        item_defaults: [{ name: random.hash(), company: company.name, default_warehouse: stores }],
        ...(random.chance(0.3)
          ? { barcodes: [{ name: random.hash(), barcode: `40${random.int(10_000_000_000, 99_999_999_999)}`, barcode_type: 'EAN' }] }
          : {}),
      },
      { daysAgo: 720 - random.next() * 300, touched: random.next() * 400 },
    );
    // What is sold no more has no price, no stock and no order.
    if (!disabled) goods.push(one);
  }
  for (const [index, name] of services.entries()) {
    const one: Goods = {
      code: `SRV-${String(100 + index)}`,
      name,
      group: 'Services',
      uom: 'Hour',
      price: random.int(35, 120),
      cost: 0,
      stock: false,
    };
    maker.make('Item', one.code, {
      item_code: one.code,
      item_name: name,
      item_group: 'Services',
      stock_uom: 'Hour',
      is_sales_item: 1,
      description: `<p>${name}</p>`,
      uoms: [{ name: random.hash(), uom: 'Hour', conversion_factor: 1 }],
    });
    goods.push(one);
  }
  for (const { code, name, uom, price, cost, stock } of goods) {
    const add = (price_list: string, price_list_rate: number, selling: 0 | 1): Doc =>
      maker.make(
        'Item Price',
        random.hash(),
        {
          item_code: code,
          item_name: name,
          uom,
          price_list,
          price_list_rate,
          selling,
          buying: selling === 1 ? 0 : 1,
          currency: company.currency,
          valid_from: maker.date(500),
        },
        { daysAgo: 500 - random.next() * 300 },
      );
    add('Standard Selling', price, 1);
    if (random.chance(0.5)) add('Trade Selling', round(price * 0.88, 2), 1);
    if (!stock) continue;
    add('Standard Buying', cost, 0);
    for (const warehouse of random.chance(0.3) ? [stores, van] : [stores]) {
      const actual = random.chance(0.06) ? 0 : random.int(3, warehouse === stores ? 900 : 25);
      maker.make(
        'Bin',
        random.hash(),
        {
          item_code: code,
          warehouse,
          stock_uom: uom,
          actual_qty: actual,
          projected_qty: actual,
          valuation_rate: cost,
          stock_value: round(actual * cost, 2),
        },
        { daysAgo: random.next() * 200 },
      );
    }
  }
  return goods;
}

function addressAndContact(
  { random }: Engine,
  maker: Maker,
  party: string,
  doctype: 'Customer' | 'Supplier',
  index: number,
  daysAgo: number,
): { address: string; contact: string; mobile: string; email: string } {
  const place = random.pick(places);
  const link = () => [{ name: random.hash(), link_doctype: doctype, link_name: party, link_title: party }];
  const address = `${party}-Billing`;
  maker.make(
    'Address',
    address,
    {
      address_title: party,
      address_type: 'Billing',
      address_line1: `${place.street} ${random.int(1, 180)}${random.chance(0.2) ? random.pick(['a', 'b', ' / Hof 2']) : ''}`,
      city: place.city,
      pincode: place.code,
      country: place.country,
      is_primary_address: 1,
      links: link(),
      ...(random.chance(0.7) ? { phone: `+49 30 555 ${1000 + index}` } : {}),
    },
    { daysAgo },
  );
  if (random.chance(0.25))
    maker.make(
      'Address',
      `${party}-Shipping`,
      {
        address_title: party,
        address_type: 'Shipping',
        address_line1: `Site office, ${place.street} ${random.int(200, 400)}`,
        city: place.city,
        pincode: place.code,
        country: place.country,
        is_shipping_address: 1,
        links: link(),
      },
      { daysAgo: daysAgo * 0.9 },
    );
  const [first, last] = [random.pick(givenNames), random.pick(surnames)];
  const [email, mobile] = [
    `${first}.${last}`
      .normalize('NFD')
      .replace(/[^a-zA-Z.]/g, '')
      .toLowerCase() + `${index}@example.com`,
    `+49 170 ${5_550_000 + index}`,
  ];
  const contact = `${first} ${last}-${party}`;
  maker.make(
    'Contact',
    contact,
    {
      first_name: first,
      last_name: last,
      full_name: `${first} ${last}`,
      email_id: email,
      mobile_no: mobile,
      is_primary_contact: 1,
      status: 'Passive',
      links: link(),
      email_ids: [{ name: random.hash(), email_id: email, is_primary: 1 }],
      phone_nos: [{ name: random.hash(), phone: mobile, is_primary_mobile_no: 1 }],
    },
    { daysAgo },
  );
  return { address, contact, mobile, email };
}

function addCustomers(engine: Engine, maker: Maker, count: number): Party[] {
  const { random, store } = engine;
  const parties: Party[] = [];
  for (let index = 0; parties.length < count; index += 1) {
    const person = random.chance(0.22);
    const base = person
      ? `${random.pick(givenNames)} ${random.pick(surnames)}`
      : `${random.pick(surnames)} ${random.chance(0.12) ? `& ${random.pick(surnames)} ` : ''}${random.pick(trades)} ${random.pick(legalForms)}`;
    let name = base;
    for (let twin = 1; store.has('Customer', name); twin += 1) name = `${base} - ${twin}`;
    const [group, territory] = [
      person ? 'Individual' : random.pick(['Trade', 'Trade', 'Commercial', 'Public Sector']),
      random.pick(territories),
    ];
    const daysAgo = 720 - random.next() * 650;
    const { address, contact, mobile, email } = addressAndContact(engine, maker, name, 'Customer', index, daysAgo);
    maker.make(
      'Customer',
      name,
      {
        naming_series: 'CUST-.YYYY.-',
        customer_name: base,
        customer_type: person ? 'Individual' : 'Company',
        customer_group: group,
        territory,
        language: random.pick(['en', 'de', 'de', 'fr']),
        customer_primary_contact: contact,
        customer_primary_address: address,
        mobile_no: mobile,
        email_id: email,
        ...(person
          ? {}
          : {
              tax_id: `DE${random.int(100_000_000, 999_999_999)}`,
              website: random.chance(0.5) ? `https://customer${index}.example` : undefined,
            }),
        ...(group === 'Trade' ? { default_price_list: 'Trade Selling' } : {}),
        ...(random.chance(0.6) ? { payment_terms: random.pick(['Net 14', 'Net 30']) } : {}),
        ...(random.chance(0.15)
          ? {
              customer_details: random.pick([
                'Gate code 42, ring twice.',
                'Deliveries only before 10:00.',
                'Beware of the dog 🐕',
                'Invoice by post & e-mail',
              ]),
            }
          : {}),
      },
      { daysAgo, touched: random.next() * daysAgo },
    );
    parties.push({ name, group, territory, address });
  }
  return parties;
}

function addSuppliers(engine: Engine, maker: Maker, count: number): Party[] {
  const { random, store } = engine;
  const parties: Party[] = [];
  for (let index = 0; parties.length < count; index += 1) {
    const name = `${random.pick(surnames)} ${random.pick(['Werkzeuge', 'Wholesale', 'Industries', 'Import', 'Fabrik', 'Components', 'Logistik'])} ${random.pick(legalForms)}`;
    if (store.has('Supplier', name)) continue;
    const group = random.pick(['Manufacturer', 'Wholesale', 'Services']);
    addressAndContact(engine, maker, name, 'Supplier', 50_000 + index, 600);
    maker.make(
      'Supplier',
      name,
      {
        naming_series: 'SUP-.YYYY.-',
        supplier_name: name,
        supplier_group: group,
        supplier_type: 'Company',
        country: random.pick(places).country,
        language: 'en',
      },
      { daysAgo: 700 - random.next() * 300 },
    );
    parties.push({ name, group, territory: '' });
  }
  return parties;
}

/** The parts of a site that are there without a company, too. */
export function basics(engine: Engine): void {
  const maker = createMaker(engine);
  const add: Add = (doctype, name, values = {}) => void maker.make(doctype, name, values);
  const roles = new Set([
    'All',
    'Guest',
    'Desk User',
    'System Manager',
    ...[...engine.metadata.all()].flatMap(({ permissions }) => permissions.map(({ role }) => role)),
  ]);
  addBasics(add, roles);
  for (const { name, fullName } of engine.people.values())
    add('User', name, { email: name, full_name: fullName, enabled: 1, user_type: 'System User' });
  for (const { name, module, istable = 0, issingle = 0, is_submittable: submittable = 0 } of engine.metadata.all())
    add('DocType', name, { module, istable, issingle, is_submittable: submittable });
}

/** A believable trading company, the same for the same seed, its dates told from today. */
export function generateCompany(engine: Engine, size: Size): void {
  const maker = createMaker(engine);
  addFixtures(
    (doctype, name, values = {}) => void maker.make(doctype, name, values),
    engine.random,
    Number(engine.clock.date().slice(0, 4)),
  );
  const goods = addItems(engine, maker, size.items);
  const customers = addCustomers(engine, maker, size.customers);
  const suppliers = addSuppliers(engine, maker, size.suppliers);
  addTrade(engine, maker, {
    goods,
    stocked: goods.filter(({ stock }) => stock),
    customers,
    suppliers,
    orders: size.orders,
    share: Math.min(1, Math.sqrt(5000 / size.orders)),
  });
  promise(engine);
  for (const [from, rate] of exchangeRates) {
    const date = maker.date(400);
    maker.make(
      'Currency Exchange',
      `${date}-${from}-${company.currency}`,
      { date, from_currency: from, to_currency: company.currency, exchange_rate: rate, for_buying: 1, for_selling: 1 },
      { daysAgo: 400 },
    );
  }
}
