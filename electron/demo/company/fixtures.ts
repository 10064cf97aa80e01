import type { Doc } from '@shared/erp/document';
import type { Random } from '../engine/random';
import { brands, catalogue } from './words';

type Values = { [fieldname: string]: Doc[string] };
/** Makes a document; the maker adds its times. */
export type Add = (doctype: string, name: string, values?: Values) => void;

export const company = { name: 'Alder & Finch Supply GmbH', abbr: 'AF', currency: 'EUR', country: 'Germany' };
export const stores = `Stores - ${company.abbr}`;
export const van = `Van 1 - ${company.abbr}`;
const account = (name: string): string => `${name} - ${company.abbr}`;

const accounts: [name: string, parent: string, root: string, type: string][] = [
  ['Assets', '', 'Asset', ''],
  ['Debtors', 'Assets', 'Asset', 'Receivable'],
  ['Cash', 'Assets', 'Asset', 'Cash'],
  ['Bank Account', 'Assets', 'Asset', 'Bank'],
  ['Stock In Hand', 'Assets', 'Asset', 'Stock'],
  ['Liabilities', '', 'Liability', ''],
  ['Creditors', 'Liabilities', 'Liability', 'Payable'],
  ['VAT 19%', 'Liabilities', 'Liability', 'Tax'],
  ['VAT 7%', 'Liabilities', 'Liability', 'Tax'],
  ['Stock Received But Not Billed', 'Liabilities', 'Liability', 'Stock Received But Not Billed'],
  ['Income', '', 'Income', ''],
  ['Sales', 'Income', 'Income', 'Income Account'],
  ['Service', 'Income', 'Income', 'Income Account'],
  ['Expenses', '', 'Expense', ''],
  ['Cost of Goods Sold', 'Expenses', 'Expense', 'Cost of Goods Sold'],
  ['Stock Adjustment', 'Expenses', 'Expense', 'Stock Adjustment'],
  ['Travel Expenses', 'Expenses', 'Expense', ''],
  ['Office Rent', 'Expenses', 'Expense', ''],
  ['Write Off', 'Expenses', 'Expense', ''],
];

const currencies: [name: string, symbol: string, format: string, fraction: string][] = [
  ['EUR', '€', '#.###,##', 'Cent'],
  ['USD', '$', '#,###.##', 'Cent'],
  ['GBP', '£', '#,###.##', 'Penny'],
  ['CHF', 'Fr', "#'###.##", 'Rappen'],
  ['SEK', 'kr', '# ###,##', 'Öre'],
  ['PLN', 'zł', '# ###,##', 'Grosz'],
  ['INR', '₹', '#,##,###.##', 'Paisa'],
];

/** What one of these was worth in the company's currency when it was looked up last. Not all are known. */
export const exchangeRates: [currency: string, rate: number][] = [
  ['USD', 0.92],
  ['GBP', 1.17],
  ['CHF', 1.05],
];

/** What every site has, also one without a company: languages, countries, roles. */
export function addBasics(add: Add, roles: Iterable<string>): void {
  for (const role of roles) add('Role', role, { role_name: role, desk_access: 1 });
  for (const [code, name] of [
    ['en', 'English'],
    ['de', 'Deutsch'],
    ['fr', 'Français'],
    ['pl', 'Polski'],
    ['sv', 'Svenska'],
    ['it', 'Italiano'],
    ['nl', 'Nederlands'],
    ['da', 'Dansk'],
  ])
    add('Language', code ?? '', { language_code: code, language_name: name, enabled: 1 });
  for (const country of [
    'Austria',
    'Denmark',
    'France',
    'Germany',
    'India',
    'Ireland',
    'Italy',
    'Netherlands',
    'Poland',
    'Sweden',
    'Switzerland',
    'United Kingdom',
  ])
    add('Country', country, { country_name: country });
  for (const salutation of ['Mr', 'Ms', 'Mx', 'Dr']) add('Salutation', salutation, { salutation });
  for (const gender of ['Female', 'Male', 'Non-Conforming']) add('Gender', gender, { gender });
}

function tree(add: Add, doctype: string, field: string, root: string, leaves: string[]): void {
  const parent = `parent_${doctype.toLowerCase().replaceAll(' ', '_')}`;
  add(doctype, root, { [field]: root, is_group: 1 });
  for (const leaf of leaves) add(doctype, leaf, { [field]: leaf, [parent]: root, is_group: 0 });
}

/** The company, its accounts, warehouses, groups, units, terms and taxes. */
export function addFixtures(add: Add, random: Random, year: number): void {
  for (const [name, symbol, number_format, fraction] of currencies)
    add('Currency', name, {
      currency_name: name,
      enabled: 1,
      symbol,
      number_format,
      fraction,
      fraction_units: 100,
      smallest_currency_fraction_value: 0.01,
    });
  add('Company', company.name, {
    company_name: company.name,
    abbr: company.abbr,
    default_currency: company.currency,
    country: company.country,
    cost_center: account('Main'),
    default_receivable_account: account('Debtors'),
    default_payable_account: account('Creditors'),
    default_cash_account: account('Cash'),
    default_bank_account: account('Bank Account'),
    default_income_account: account('Sales'),
    default_expense_account: account('Cost of Goods Sold'),
    stock_adjustment_account: account('Stock Adjustment'),
    stock_received_but_not_billed: account('Stock Received But Not Billed'),
    write_off_account: account('Write Off'),
    phone_no: '+49 30 555 0100',
    email: 'office@alder-finch.example',
    tax_id: 'DE123456789',
  });
  add('Global Defaults', 'Global Defaults', { default_company: company.name, default_currency: company.currency });
  add('System Settings', 'System Settings', {
    time_zone: 'Europe/Berlin',
    date_format: 'dd.mm.yyyy',
    time_format: 'HH:mm',
    number_format: '#.###,##',
    float_precision: '3',
    language: 'en',
  });
  for (const start of [year - 2, year - 1, year, year + 1])
    add('Fiscal Year', String(start), { year: String(start), year_start_date: `${start}-01-01`, year_end_date: `${start}-12-31` });
  for (const [name, parent, root_type, account_type] of accounts)
    add('Account', account(name), {
      account_name: name,
      company: company.name,
      is_group: parent === '' ? 1 : 0,
      root_type,
      account_currency: company.currency,
      ...(parent ? { parent_account: account(parent) } : {}),
      ...(account_type ? { account_type } : {}),
      report_type: root_type === 'Income' || root_type === 'Expense' ? 'Profit and Loss' : 'Balance Sheet',
    });
  add('Cost Center', account('Alder & Finch'), { cost_center_name: 'Alder & Finch', company: company.name, is_group: 1 });
  for (const name of ['Main', 'Workshop'])
    add('Cost Center', account(name), { cost_center_name: name, company: company.name, parent_cost_center: account('Alder & Finch') });
  add('Warehouse', account('All Warehouses'), { warehouse_name: 'All Warehouses', company: company.name, is_group: 1 });
  for (const name of ['Stores', 'Van 1', 'Van 2', 'Goods In Transit', 'Returns'])
    add('Warehouse', account(name), { warehouse_name: name, company: company.name, parent_warehouse: account('All Warehouses') });
  tree(add, 'Customer Group', 'customer_group_name', 'All Customer Groups', ['Trade', 'Commercial', 'Individual', 'Public Sector']);
  tree(add, 'Supplier Group', 'supplier_group_name', 'All Supplier Groups', ['Manufacturer', 'Wholesale', 'Services']);
  tree(add, 'Territory', 'territory_name', 'All Territories', ['North', 'South', 'East', 'West', 'Abroad']);
  tree(add, 'Item Group', 'item_group_name', 'All Item Groups', [...catalogue.map(({ group }) => group), 'Services']);
  tree(add, 'Sales Person', 'sales_person_name', 'Sales Team', ['Frida Field', 'Otto Office', 'Jonas Brandt']);
  for (const brand of brands) add('Brand', brand, { brand });
  for (const uom of ['Nos', 'Box', 'Pair', 'Meter', 'Kg', 'Hour', 'Litre', 'Pallet'])
    add('UOM', uom, { uom_name: uom, enabled: 1, must_be_whole_number: ['Nos', 'Box', 'Pair', 'Pallet'].includes(uom) ? 1 : 0 });
  for (const [name, selling, buying] of [
    ['Standard Selling', 1, 0],
    ['Trade Selling', 1, 0],
    ['Standard Buying', 0, 1],
  ] as const)
    add('Price List', name, { price_list_name: name, currency: company.currency, enabled: 1, selling, buying });
  for (const [name, type, to] of [
    ['Cash', 'Cash', 'Cash'],
    ['Bank Transfer', 'Bank', 'Bank Account'],
    ['Credit Card', 'Bank', 'Bank Account'],
  ] as const)
    add('Mode of Payment', name, {
      mode_of_payment: name,
      type,
      enabled: 1,
      accounts: [{ name: random.hash(), company: company.name, default_account: account(to) }],
    });
  for (const purpose of ['Material Issue', 'Material Receipt', 'Material Transfer', 'Manufacture', 'Repack'])
    add('Stock Entry Type', purpose, { purpose, is_standard: 1 });
  for (const [name, days] of [
    ['Net 14', 14],
    ['Net 30', 30],
  ] as const) {
    add('Payment Term', name, {
      payment_term_name: name,
      invoice_portion: 100,
      due_date_based_on: 'Day(s) after invoice date',
      credit_days: days,
    });
    add('Payment Terms Template', name, {
      template_name: name,
      terms: [
        {
          name: random.hash(),
          payment_term: name,
          invoice_portion: 100,
          due_date_based_on: 'Day(s) after invoice date',
          credit_days: days,
        },
      ],
    });
  }
  for (const rate of [19, 7]) {
    const tax = { charge_type: 'On Net Total', account_head: account(`VAT ${rate}%`), description: `VAT ${rate}%`, rate };
    add('Sales Taxes and Charges Template', account(`VAT ${rate}%`), {
      title: `VAT ${rate}%`,
      company: company.name,
      is_default: rate === 19 ? 1 : 0,
      taxes: [{ name: random.hash(), ...tax }],
    });
    add('Purchase Taxes and Charges Template', account(`VAT ${rate}%`), {
      title: `VAT ${rate}%`,
      company: company.name,
      taxes: [{ name: random.hash(), ...tax, category: 'Total', add_deduct_tax: 'Add' }],
    });
  }
  add('Terms and Conditions', 'Standard', { title: 'Standard', terms: '<p>Goods remain ours until paid for.</p>' });
}
